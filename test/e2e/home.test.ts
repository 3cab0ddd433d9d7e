import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { runCommand, startCommand } from '../helpers/command.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

const addresses = ['127.0.0.31', '127.0.0.32']

let edges: Edges
let place: Workplace
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'edgemanage-home-'))
  edges = await startEdges(addresses)
  place = workplaceFor(edges, addresses)
  place.write('config/edges/other', `${addresses[0]}\n`)
})
afterAll(async () => {
  await edges.close()
  place.remove()
  rmSync(folder, { recursive: true, force: true })
})

/** Where the settings of a folder have their schema, as editors read it. */
function lineOf(dir: string): string {
  const [line = ''] = readFileSync(join(dir, 'edgemanage.yaml'), 'utf8').split('\n')
  return line.replace('# yaml-language-server: $schema=', '')
}

const env = () => ({ EDGEMANAGE_CONFIG: place.config, EDGEMANAGE_LOCAL: place.storage })

test.each([
  ['a name server that is an address', { '--ns': '192.0.2.1' }, /is an address/],
  ['an edge that nobody can reach', { '--edge': '0.0.0.0' }, /clients cannot reach 0\.0\.0\.0/],
  ['a network that cannot be called so', { '--network': 'BAD' }, /edges\/BAD.*a network's name/],
  ['a zone that cannot be called so', { '--zone': 'a..b' }, /empty label/],
])('init with %s leaves nothing behind, and says why', async (_what, changed, words) => {
  const dir = join(place.folder, 'refused')
  const good = {
    '--network': 'net',
    '--host': 'h.example',
    '--edge': '192.0.2.1',
    '--zone': 'a.example',
    '--ns': 'ns1.example.com',
    '--mailbox': 'h.example.com',
  }
  const state = join(dir, '..', 'refused-state')
  const flags = (named: object) => Object.entries(named).flat() as string[]
  const refused = await runInside(['init', dir, ...flags({ ...good, ...changed }), '--local', state])
  expect(refused.status).toBe(2)
  expect(refused.stdout).toBe('')
  expect(refused.stderr).toMatch(words)
  expect(existsSync(state)).toBe(false)
  expect(await runCommand(['init', dir, ...flags(good)])).toMatchObject({ status: 0, stderr: '' })
  rmSync(dir, { recursive: true })
})

test('init makes a folder that validates; flags that are missing are all named', async () => {
  const dir = join(folder, 'site')
  const said = ['--network', 'mynet', '--host', 'www.example.org', '--edge', '192.0.2.1', '--edge', '192.0.2.2']
  const missing = await runInside(['init', dir, ...said])
  expect(missing).toMatchObject({ status: 2, stderr: expect.stringContaining('--zone, --ns, --mailbox') })
  const rest = ['--zone', 'example.org', '--ns', 'ns1.example.net', '--mailbox', 'root@example.net']
  expect(await runInside(['init', dir, ...said, ...rest])).toMatchObject({ status: 0, stderr: '' })
  expect(readFileSync(join(dir, 'edgemanage.yaml'), 'utf8')).toMatch(/^# yaml-language-server: \$schema=/)
  expect(lineOf(dir)).toBe('./edgemanage.schema.json')
  const schema = await runInside(['schema', '-A', 'x', '-c', dir, '--local', 'y', '--stack', 'z'])
  expect(schema).toMatchObject({ status: 0, stderr: '' })
  expect(readFileSync(join(dir, lineOf(dir)), 'utf8')).toBe(schema.stdout)
  const validates = new Ajv().compile(JSON.parse(schema.stdout))
  expect(validates(parse(readFileSync(join(dir, 'edgemanage.yaml'), 'utf8'))), String(validates.errors)).toBe(true)
  // Flags that a command has no use for are the same for all.
  const places = ['-A', 'x', '--local', 'y', '--stack', 'z']
  expect((await runInside(['validate', '-c', dir, ...places])).stdout).toContain('1 network, 0 errors, 0 warnings')
  expect((await runInside(['init', dir, ...said, ...rest])).status).toBe(2)
})

describe('the environment stands for flags', () => {
  test('manage runs every network, side by side; a dry run tells by its exit status whether it plans a change', async () => {
    const planned = await runCommand(['manage', '--dry-run', '--detailed-exitcode', '--json'], env())
    expect(planned.status).toBe(3)
    const names = planned.stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line).network)
    expect(names.sort()).toEqual(['net', 'other'])
    expect((await runCommand(['manage', '--quiet'], env())).stdout).toContain('edges live')
    const quiet = await runInside(['manage', '--quiet', '--force'], { ...env(), EDGEMANAGE_NETWORK: 'net' })
    expect(quiet).toMatchObject({ status: 0, stdout: '' })
    const none = await runInside(['manage', '-n', '--detailed-exitcode'], { ...env(), EDGEMANAGE_NETWORK: 'net' })
    expect(none.status).toBe(0)
  })

  test('flags beat it, and --local with --stack is wrong', async () => {
    expect((await runInside(['query', '-A', 'net'], { ...env(), EDGEMANAGE_NETWORK: 'nobody' })).status).toBe(0)
    expect((await runCommand(['query', '--local', 'a', '--stack', 'b'], env())).status).toBe(2)
    expect((await runCommand(['query', '--local', join(folder, 'missing')], env())).status).toBe(2)
  })

  test('SIGHUP asks for a cycle now', async () => {
    const running = startCommand(['manage', '-A', 'net', '--every', '3600', '--force', '--json'], env())
    await running.printed('"network":"net"')
    running.child.kill('SIGHUP')
    const until = Date.now() + 20_000
    while (running.stdout().trim().split('\n').length < 2 && Date.now() < until) {
      await new Promise(resolve => setTimeout(resolve, 50))
    }
    running.child.kill('SIGTERM')
    const { status, stdout } = await running.ended
    expect([status, stdout.trim().split('\n').length]).toEqual([0, 2])
  })
})

test('log tells who gave which order and why, and the page and the served paths tell of it', async () => {
  const net = { ...env(), EDGEMANAGE_NETWORK: 'net' }
  await runInside(['conf', addresses[0] as string, '-m', 'unavailable', '-C', 'new disk'], net)
  await runInside(['conf', addresses[0] as string, '-m', 'available', '-C', 'done'], net)
  await runInside(['freeze', '-C', 'launch'], net)
  await runInside(['thaw'], net)
  const lines = (await runInside(['log', '--since', '1h', '--only', 'orders', '--json'], net)).stdout.trim().split('\n')
  expect(lines.map(line => JSON.parse(line).what)).toEqual(['order', 'order-end', 'freeze', 'thaw'])
  expect(lines[0]).toMatch(/unavailable, by .+@.+: \\"new disk\\"/)
  expect((await runInside(['log', '--only', 'rotations'], net)).stdout).toMatch(/\+ 127\.0\.0\.31 in: /)
  const served = startCommand(['status', '--serve', '0'], net)
  await served.printed('http://127.0.0.1:')
  const url = served.stdout().trim()
  expect(await (await fetch(url)).text()).toContain('new disk')
  expect(await (await fetch(`${url}metrics`)).text()).toContain('edgemanage_live_edges{network="net"} 2')
  const health = await fetch(`${url}healthz`)
  expect([health.status, await health.text()]).toEqual([200, 'net: ok\n'])
  expect(await (await fetch(`${url}status.json`)).json()).toMatchObject([{ name: 'net' }])
  served.child.kill('SIGTERM')
  expect((await served.ended).status).toBe(0)
})

test.each([['manage'], ['manage', '--timer'], ['follow']])('units of %s are whole', async (...words) => {
  const { status, stdout } = await runInside(['service', ...words])
  expect(status).toBe(0)
  for (const line of ['NoNewPrivileges=yes', 'ProtectSystem=strict', 'User=edgemanage']) expect(stdout).toContain(line)
  expect(stdout.includes('[Timer]')).toBe(words.includes('--timer'))
})

test('bash completes commands, flags and choices; every shell has its text', async () => {
  const { stdout } = await runInside(['completion', 'bash'])
  const file = join(folder, 'completion.bash')
  writeFileSync(file, stdout)
  const complete = (...words: string[]) => {
    const script = `source ${file}; COMP_WORDS=(${words.map(word => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _edgemanage; echo "\${COMPREPLY[@]}"`
    return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim()
  }
  expect(complete('edgemanage', 'mana')).toBe('manage')
  expect(complete('edgemanage', 'check', 'cert')).toBe('certificate')
  expect(complete('edgemanage', 'conf', 'e', '-m', 'for')).toBe('force')
  expect(complete('edgemanage', 'zones', 'forget', '--loc')).toBe('--local')
  expect((await runInside(['completion', 'fish'])).stdout).toContain(
    "complete -c edgemanage -n '__fish_use_subcommand' -f -a manage",
  )
  expect((await runInside(['completion', 'zsh'])).stdout).toContain('bashcompinit')
  expect((await runCommand(['man'])).stdout).toMatch(/^\.TH EDGEMANAGE 1 [\s\S]*\.SS check certificate/)
})

test('the packed package holds no test and no source', () => {
  const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' })
  const paths: string[] = JSON.parse(listed)[0].files.map(({ path }: { path: string }) => path)
  const strangers = paths.filter(
    path =>
      !/^(dist\/|config\/|templates\/|(package\.json|README\.md|LICENSE)$)/.test(path) || /(?<!\.d)\.ts$/.test(path),
  )
  expect(strangers).toEqual([])
  for (const path of ['dist/edgemanage.js', 'dist/command/main.cjs', 'dist/edgemanage.1', 'dist/library.mjs']) {
    expect(paths).toContain(path)
  }
})
