import { type Bundle, bundleOf } from './bundle.ts'
import { loadConfiguration } from './configuration.ts'
import { type Loaded, templatesIn } from './loaded.ts'
import { networkFolder } from './network-folder.ts'
import type { Problem } from './problem.ts'
import { readOnce } from './read-once.ts'
import { settingsPath } from './settings-file.ts'
import { type ConfigSource, readText } from './source.ts'
import { blockersOf, type Configuration, missing, problemsFor } from './stopping.ts'

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
