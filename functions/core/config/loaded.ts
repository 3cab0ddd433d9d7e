import type { Templates } from '../zone/render.ts'
import { type Bundle, bundleFiles, readBundleRoot, readZoneIndex } from './bundle.ts'
import { loadConfiguration } from './configuration.ts'
import type { Network } from './network.ts'
import { folderOf } from './network-folder.ts'
import type { Problem } from './problem.ts'
import type { ConfigSource } from './source.ts'
import { blockersOf, problemsFor } from './stopping.ts'

/** A configuration that a cycle can run with. */
export interface Loaded {
  /** The hash of its bundle. */
  readonly hash: string
  readonly network: Network
  readonly templates: Templates
  /** Warnings, and the faults of single canaries and zones. */
  readonly problems: readonly Problem[]
}

/** Reads and checks the files of a bundle (behaviour §11.4); the errors where no cycle can run with them. */
export function loadFiles(
  hash: string,
  name: string,
  files: ReadonlyMap<string, Uint8Array>,
): { readonly loaded: Loaded } | { readonly errors: readonly Problem[] } {
  const templates = folderOf(files, 'templates/')
  const configuration = loadConfiguration(folderOf(files), { absolutePaths: 'warning', templates })
  const errors = blockersOf(configuration, name)
  const network = configuration.networks.find(one => one.name === name)
  if (network === undefined || errors.length > 0) {
    return { errors: errors.length > 0 ? errors : [missing(name)] }
  }
  const problems = problemsFor(configuration, name)
  return { loaded: { hash, network, templates: templatesIn(templates), problems } }
}

/** The same with the files of a bundle that is in memory. */
export function loadBundle(name: string, { hash, objects }: Bundle): ReturnType<typeof loadFiles> {
  const root = readBundleRoot(objects.get(hash) ?? '', name)
  const index = typeof root === 'string' || root.zones === null ? [] : readZoneIndex(objects.get(root.zones) ?? '')
  const files = typeof root === 'string' || index === null ? null : bundleFiles(root, index, objects)
  return files === null ? { errors: [missing(name)] } : loadFiles(hash, name, files)
}

/** The templates in a folder in which they have been found to be whole. */
export function templatesIn(folder: ConfigSource): Templates {
  const read = (name: string) => Buffer.from(folder.read(name) ?? []).toString('utf8')
  return { zone: read('zone.hbs'), namedConf: read('named.conf.hbs') }
}

function missing(network: string): Problem {
  const message = `the bundle has no edge list of ${network}`
  return { severity: 'error', file: `edges/${network}`, line: 1, column: 1, message, network, scope: 'edges' }
}
