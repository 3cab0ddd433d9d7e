import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandFile, type Ended, endOf, root } from '../helpers/command.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'

// The chapter "One machine" as a newcomer would follow it. Its folders are below a folder of the test's own, its edges on
// loopback; what only root may do (a user, systemd, the installation) is done by stand-ins, of which that of systemctl runs
// what the units say.

const addresses = ['127.0.53.1', '127.0.53.2', '127.0.53.3']
const prefix = mkdtempSync(join(tmpdir(), 'edgemanage-machine-'))
const chapter = () => {
  const text = readFileSync(join(root, 'functions/cli/README.md'), 'utf8')
  return text.slice(text.indexOf('\n## One machine\n'), text.indexOf('\n## Moving over'))
}

const folders = [
  '/etc/edgemanage',
  '/etc/systemd/system',
  '/etc/profile.d',
  '/var/lib',
  '/var/backups',
  '/opt',
  '/usr/sbin',
]

/** Files of this machine become files of the test's, documentation addresses loopback ones. */
function adapted(text: string): string {
  const placed = folders.reduce((told, path) => told.replaceAll(path, `${prefix}${path}`), text)
  return placed
    .replaceAll(`${prefix}/usr/sbin/nologin`, '/usr/sbin/nologin')
    .replaceAll(/192\.0\.2\.([123])\b/g, '127.0.53.$1')
    .replaceAll('--host www.example.org', '--host www.example.org --proto http')
}

/** Starts, stops and reloads what a unit's ExecStart says, and has systemd check the units where it is there. */
const systemctl = `#!/bin/bash
units=${prefix}/etc/systemd/system
unit() { [ -e "$units/$1" ] && echo "$1" || echo "$1.service"; }
start() {
  case "$1" in *.path) return;; esac
  words=$(sed -n 's/^ExecStart=//p' "$units/$1")
  $words > ${prefix}/$1.log 2>&1 & echo $! > ${prefix}/$1.pid
  for _ in $(seq 200); do [ -e ${prefix}/var/lib/edgemanage/bucket/zones/mynet/manifest.json ] && break; sleep 0.1; done
}
stop() { pid=$(cat ${prefix}/$1.pid); kill -TERM $pid; while kill -0 $pid 2>/dev/null; do sleep 0.05; done; }
verb=$1; shift; [ "$1" = --now ] && shift
case $verb in
  daemon-reload) if command -v systemd-analyze > /dev/null; then systemd-analyze verify --man=no $units/*; fi;;
  enable|start) start $(unit $1);;
  stop) stop $(unit $1);;
  restart) stop $(unit $1); start $(unit $1);;
  reload) kill -HUP $(cat ${prefix}/$(unit $1).pid); sleep 3;;
  *) exit 1;;
esac
`

/** Notes that it was called, and does nothing. */
const noted = (name: string) => `#!/bin/sh\necho ${name} "$@" >> ${prefix}/calls\n`

let edges: Edges

beforeAll(async () => {
  edges = await startEdges(addresses)
  mkdirSync(join(prefix, 'bin'))
  for (const path of [...folders, '/opt/edgemanage'].filter(path => path !== '/etc/edgemanage')) {
    mkdirSync(join(prefix, path), { recursive: true })
  }
  const scripts: Record<string, string> = {
    systemctl,
    useradd: noted('useradd'),
    git: noted('git'),
    // The package is packed and installed by another test (packed.long.test.ts).
    npm: `${noted('npm')}[ "$1" = pack ] && touch edgemanage-0.0.0.tgz\nln -sf ${commandFile} ${prefix}/bin/edgemanage\n`,
    install: `#!/bin/sh\necho install "$@" >> ${prefix}/calls\nfor last; do :; done\nmkdir -p "$last"\n`,
    runuser: `#!/bin/sh\n[ "$1 $2 $3" = '-u edgemanage --' ] && shift 3 && exec "$@"\n`,
    '../usr/sbin/rndc': noted('rndc'),
  }
  for (const [name, text] of Object.entries(scripts)) writeFileSync(join(prefix, 'bin', name), text, { mode: 0o755 })
})

afterAll(async () => {
  for (const file of readdirSync(prefix).filter(name => name.endsWith('.pid'))) {
    try {
      process.kill(Number(readFileSync(join(prefix, file), 'utf8')))
    } catch {
      // It has ended.
    }
  }
  await edges.close()
  rmSync(prefix, { recursive: true, force: true })
})

const profile = join(prefix, 'etc/profile.d/edgemanage.sh')

/** Runs a block as a login shell of the machine would. */
function run(block: string): Promise<Ended> {
  const env = { PATH: `${prefix}/bin:${process.env.PATH}`, HOME: prefix, NO_COLOR: '1' }
  const login = existsSync(profile) ? `. ${profile}\n` : ''
  const script = `${login}${adapted(block)}`
  return endOf(spawn('sh', ['-euc', script], { cwd: prefix, env, stdio: ['ignore', 'pipe', 'pipe'] }))
}

const blocks = [...chapter().matchAll(/^\*\*(.+?)\.?\*\*[\s\S]*?(?=^\*\*|^\| what)/gm)].flatMap(([part, title = '']) =>
  [...part.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) => [title, text] as const),
)

describe('the chapter "One machine"', () => {
  test('has every step', () => {
    const titles = blocks.map(([title]) => title)
    for (const step of ['Install', 'Configure', 'Run it', 'Several networks', 'Backup', 'Upgrade']) {
      expect(titles).toContain(step)
    }
  })

  test('leads to a running service, step by step', { timeout: 240_000 }, async () => {
    for (const [title, text] of blocks) {
      const { status, stdout, stderr } = await run(text)
      expect([title, status, status === 0 ? '' : stdout + stderr]).toEqual([title, 0, ''])
      if (title === 'Configure') {
        // The edges of the test are on a port of their own, and serve an object of their own.
        const settings = join(prefix, 'etc/edgemanage/edgemanage.yaml')
        writeFileSync(settings, readFileSync(settings, 'utf8').replace('# port: 443', `port: ${edges.port} #`))
        writeFileSync(join(prefix, 'etc/edgemanage/objects/edgemanage.txt'), edges.body)
      }
      if (title.startsWith('See what')) expect(stdout).toMatch(/Plan: 2 in, 0 out, 1 zone to write/)
      if (text.startsWith('edgemanage status\n')) {
        expect(stdout).toContain('mynet: All 2 live edges pass.')
        expect(stdout).toContain('EDGE_ALL OK')
      }
      // What systemd has to say about units is said here.
      if (text.includes('daemon-reload')) expect(stderr.replace(/^edgemanage: wrote .*/m, '').trim()).toBe('')
      if (title === 'Several networks') expect(stdout).toContain('second: All 2 live edges pass.')
      if (title === 'Backup') expect(existsSync(join(prefix, 'var/backups/edgemanage.tar.gz'))).toBe(true)
    }
    const calls = readFileSync(join(prefix, 'calls'), 'utf8')
    expect(calls).toMatch(/^useradd --system .* edgemanage$/m)
    expect(calls).toMatch(/^install -d -o edgemanage -g edgemanage -m 755 .*\/var\/lib\/edgemanage$/m)
    const published = readFileSync(join(prefix, 'var/lib/edgemanage/bucket/zones/mynet/example.org.zone'), 'utf8')
    expect(published).toContain('mail 300 IN A 192.0.2.25')
  })
})
