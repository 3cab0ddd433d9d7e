import { type Bundle, bundleOf } from './bundle.ts'
import { blockersOf, type Configuration, loadConfiguration, problemsFor } from './configuration.ts'
import { type Loaded, templatesIn } from './loaded.ts'
import { networkFolder } from './network-folder.ts'
import type { Problem } from './problem.ts'
import { settingsPath } from './settings-file.ts'
import { type ConfigSource, readText } from './source.ts'

/** One network as a configuration folder has it: ready for a cycle, with its bundle, or what keeps it from being used. */
export type FolderReading =
  | {
      readonly is: 'valid'
      readonly loaded: Loaded
      readonly bundle: Bundle
      /** The whole `edgemanage.yaml`, with what it says about other networks. */
      readonly settings: string
    }
  | { readonly is: 'invalid'; readonly problems: readonly Problem[] }

/** A configuration folder and its templates, as they were at one moment. */
export interface FolderSnapshot {
  readonly source: ConfigSource
  readonly templates: ConfigSource
  readonly configuration: Configuration
}

/** Reads and checks a folder. Each of its files is read once: what is checked is what becomes a bundle. */
export function snapshotOf(folder: ConfigSource, templateFolder: ConfigSource): FolderSnapshot {
  const source = readOnce(folder)
  const templates = readOnce(templateFolder)
  return { source, templates, configuration: loadConfiguration(source, { absolutePaths: 'warning', templates }) }
}

/** A network of such a folder, with its bundle. */
export function readingOf({ source, templates, configuration }: FolderSnapshot, name: string): FolderReading {
  const blockers = blockersOf(configuration, name)
  const network = configuration.networks.find(one => one.name === name)
  if (network === undefined || blockers.length > 0) {
    return { is: 'invalid', problems: blockers.length > 0 ? blockers : [missing(name)] }
  }
  const object = network.settings.testobject.local
  const bundle = bundleOf(name, networkFolder(source, { network: name, object }, templates))
  const problems = problemsFor(configuration, name)
  // A folder without settings that can be read has no network.
  const { text: settings } = readText(source, settingsPath) as { readonly text: string }
  const loaded = { hash: bundle.hash, network, templates: templatesIn(templates), problems }
  return { is: 'valid', loaded, bundle, settings }
}

/** Why a network that is asked for cannot be read from a folder that does not have it. */
export function missing(network: string): Problem {
  const message = `there is no edge list of ${network}`
  return { severity: 'error', file: `edges/${network}`, line: 1, column: 1, message, network, scope: 'edges' }
}

type Outcome<T> = { readonly value: T } | { readonly error: unknown }

function readOnce(source: ConfigSource): ConfigSource {
  const lists = new Map<string, Outcome<readonly string[] | null>>()
  const files = new Map<string, Outcome<Uint8Array | null>>()
  return { ...source, list: path => once(lists, path, source.list), read: path => once(files, path, source.read) }
}

function once<T>(known: Map<string, Outcome<T>>, path: string, work: (path: string) => T): T {
  const outcome = known.get(path) ?? attempt(work, path)
  known.set(path, outcome)
  if ('error' in outcome) throw outcome.error
  return outcome.value
}

function attempt<T>(work: (path: string) => T, path: string): Outcome<T> {
  try {
    return { value: work(path) }
  } catch (error) {
    return { error }
  }
}
