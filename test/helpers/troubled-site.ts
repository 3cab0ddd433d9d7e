import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Report } from '../../functions/core/report/report.ts'
import { root, runCommand } from './command.ts'
import { type ConfigurationFolder, configurationFolder } from './configuration.ts'
import { type Edges, startEdges } from './edges.ts'
import { runInside } from './in-process.ts'
import { httpServer, httpsServer, type TestServer } from './servers.ts'
import { putEmbedded } from './stores.ts'
import type { Scene, Troubled } from './troubled-states.ts'

/** A store in which each network is in one of the states, after cycles of its own that brought it there. */
export interface TroubledSite {
  readonly config: string
  readonly storage: string
  readonly addressesOf: (network: string) => readonly string[]
  /** The report of a network's last cycle. */
  readonly reports: ReadonlyMap<string, Report>
  /** What the last cycle of all said with `--quiet`. */
  readonly quiet: string
  readonly close: () => Promise<void>
}

/** A network whose cycles stopped an hour ago: its name begins so. */
const isStopped = (name: string) => name.startsWith('stopped')
const hourAgo = { NODE_OPTIONS: `--require ${join(root, 'test/fixtures/clock.cjs')}`, SHIFT_SECONDS: '-3600' }

/** Makes the site: a first cycle of every network, what goes wrong, and two more. */
export async function startTroubledSite(states: Readonly<Record<string, Troubled>>): Promise<TroubledSite> {
  const names = Object.keys(states)
  const addressesOf = (network: string) => {
    const count = states[network]?.edges ?? 2
    return Array.from({ length: count }, (_, at) => `127.0.${100 + names.indexOf(network)}.${at + 1}`)
  }
  const edges = await startEdges(['127.0.0.1', ...names.flatMap(addressesOf)])
  const pem = (name: string) => readFileSync(join(root, 'test/fixtures/tls', name))
  const reference = await httpServer((_request, response) => response.end())
  const secured = await httpsServer(
    { key: pem('expired.key'), cert: pem('expired.pem') },
    (_request, response) => response.end(edges.body),
    '0.0.0.0',
  )
  const folder = folderFor(states, addressesOf, { edges, reference, secured })
  const storage = join(folder.path, '../', `${folder.path.split('/').at(-1)}-storage`)
  const at = ['-c', folder.path, '--local', storage]
  const live = new Map<string, readonly string[]>()
  const scenes = names.map(network => sceneOf(network, { addressesOf, live, edges, reference, folder, storage, at }))
  const each = async (step: (state: Troubled, scene: Scene) => unknown) => {
    for (const scene of scenes) await step(states[scene.network] as Troubled, scene)
  }

  mkdirSync(storage)
  await each((state, scene) => (isStopped(scene.network) ? undefined : state.before?.(scene)))
  const reports = new Map<string, Report>()
  const cycle = async (...words: string[]) => {
    const line = ['manage', '--json', '--force', ...words, ...at]
    const { stdout, stderr } = await (words.length > 0 ? runCommand(line, hourAgo) : runInside(line))
    if (stdout === '') throw new Error(stderr)
    for (const line of stdout.trim().split('\n')) {
      const report = JSON.parse(line) as Report
      reports.set(report.network, report)
      live.set(report.network, report.live)
    }
  }
  // These cannot have a cycle without one now: their folder is there when they run, and when they are looked at.
  const stopped = scenes.filter(({ network }) => isStopped(network))
  for (const scene of stopped) {
    await cycle('-A', scene.network)
    await states[scene.network]?.between?.(scene)
    await cycle('-A', scene.network)
    rmSync(join(folder.path, 'edges', scene.network))
  }
  await cycle()
  await each((state, scene) => (isStopped(scene.network) ? undefined : state.between?.(scene)))
  await cycle()
  const quiet = await runInside(['manage', '--quiet', '--force', ...at])
  for (const { network, addresses } of stopped) folder.write(`edges/${network}`, `${addresses.join('\n')}\n`)
  const close = async () => {
    await Promise.all([edges.close(), reference.close(), secured.close()])
    folder.remove()
    rmSync(storage, { recursive: true, force: true })
  }
  return { config: folder.path, storage, addressesOf, reports, quiet: quiet.stdout + quiet.stderr, close }
}

interface Servers {
  readonly edges: Edges
  readonly reference: TestServer
  readonly secured: TestServer
}

function folderFor(
  states: Readonly<Record<string, Troubled>>,
  addressesOf: (network: string) => readonly string[],
  { edges, reference, secured }: Servers,
): ConfigurationFolder {
  const networks = Object.fromEntries(Object.entries(states).map(([name, { settings = {} }]) => [name, settings]))
  const testobject = { host: 'site.example', proto: 'http', port: edges.port, uri: '/object', local: 'objects/object' }
  const folder = configurationFolder(Object.keys(states), { testobject, timeout: 3, retry: 1, networks })
  const file = join(folder.path, 'edgemanage.yaml')
  const settled = readFileSync(file, 'utf8')
    .replaceAll('REFERENCE', `http://127.0.0.1:${reference.port}/`)
    .replaceAll('port: TLS', `port: ${secured.port}`)
  folder.write('edgemanage.yaml', settled)
  folder.write('objects/object', edges.body)
  for (const [name, { also = [] }] of Object.entries(states)) {
    folder.write(`edges/${name}`, `${[...addressesOf(name), ...also].join('\n')}\n`)
    folder.write(`zones/${name}/www-${name}.example.zone`, '')
  }
  return folder
}

interface Stage {
  readonly addressesOf: (network: string) => readonly string[]
  readonly live: ReadonlyMap<string, readonly string[]>
  readonly edges: Edges
  readonly reference: TestServer
  readonly folder: ConfigurationFolder
  readonly storage: string
  readonly at: readonly string[]
}

function sceneOf(network: string, { addressesOf, live, edges, reference, folder, storage, at }: Stage): Scene {
  const addresses = addressesOf(network)
  return {
    network,
    addresses,
    get live() {
      return live.get(network) ?? []
    },
    get spare() {
      return addresses.filter(address => live.get(network)?.includes(address) !== true)
    },
    behave: edges.behave,
    stop: async stopped => {
      await Promise.all(stopped.map(edges.stop))
    },
    command: async (...words) => {
      const { status, stderr } = await runInside([...words, '-A', network, ...at])
      if (status !== 0) throw new Error(stderr)
    },
    write: folder.write,
    block: (key, by) => {
      const path = join(storage, 'bucket', key)
      rmSync(path, { recursive: true, force: true })
      if (by === 'file') writeFileSync(path, '')
      else mkdirSync(join(path, 'full'), { recursive: true })
    },
    spoil: sk => putEmbedded(storage, network, sk, { nonsense: { S: 'x' } }),
    cutOff: reference.close,
  }
}
