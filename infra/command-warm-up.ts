import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** Where a network is set up for it: it has one edge, which is this process. */
const network = 'net'
const object = 'warm-up\n'
const settings = (
  port: number,
) => `testobject: { host: localhost, uri: /object, local: object, proto: http, port: ${port} }
dns: { ns_records: [ns1.example.com.], soa_nameserver: ns1.example.com., soa_mailbox: hostmaster.example.com. }
goodenough: 1
edge_count: 1
`

/** What is asked for most: a cycle that publishes, one that finds nothing to do, and looks at what there is. */
const usual: readonly (readonly string[])[] = [
  ['manage', '--force', '--json'],
  ['manage', '--force', '--json'],
  ['query'],
  ['status'],
  ['check', 'all'],
  ['--help'],
]
/** A command that hangs is not waited for. */
const patienceMs = 20_000

/**
 * Runs the built command for its usual work, and has it keep what V8 made of its pieces (functions/cli/pieces.cjs). Everything
 * happens on loopback and in a folder that is removed. What fails costs later commands a moment each, and nothing else.
 * `dist`: the folder of the build.
 */
export async function warmUp(dist: string): Promise<void> {
  try {
    await inNewFolder(folder => atWork(folder, resolve(dist)))
  } catch (error) {
    process.stderr.write(`the command was not warmed up: ${error instanceof Error ? error.message : error}\n`)
  }
}

async function inNewFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'edgemanage-warm-up-'))
  try {
    await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function atWork(folder: string, dist: string): Promise<void> {
  const edge = createServer((_request, response) => response.end(object))
  try {
    await once(edge.listen(0, '127.0.0.1'), 'listening')
    await setUp(folder, (edge.address() as AddressInfo).port)
    const keep = join(folder, 'keep.cjs')
    const pieces = JSON.stringify(join(dist, 'command/pieces.cjs'))
    await writeFile(keep, `process.on('exit', () => require(${pieces}).keepCompiled())\n`)
    const place = ['--config', join(folder, 'config'), '--local', join(folder, 'state')]
    for (const words of usual) {
      await run(['--require', keep, join(dist, 'edgemanage.js'), ...words, ...(words[0] === '--help' ? [] : place)])
    }
  } finally {
    edge.close()
    edge.closeAllConnections()
  }
}

async function setUp(folder: string, port: number): Promise<void> {
  const files = {
    'edgemanage.yaml': settings(port),
    object,
    [`edges/${network}`]: '127.0.0.1\n',
    [`zones/${network}/example.org.zone`]: 'mail IN A 192.0.2.25\n',
  }
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, 'config', name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  }
}

async function run(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, args, { stdio: 'ignore', timeout: patienceMs })
  await once(child, 'close')
}
