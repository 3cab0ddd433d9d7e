import { configFolder } from '../functions/adapters/files/config-folder.ts'
import { compiledText } from '../functions/core/config/compiled.ts'
import { readingOf, snapshotOf } from '../functions/core/config/folder-reading.ts'
import type { Network } from '../functions/core/config/network.ts'
import { folderOf, networkFolder } from '../functions/core/config/network-folder.ts'

/**
 * The same, checked beforehand by this version of the product for the functions of its stack; null where it has to be checked
 * by them. `files`: what `networkConfiguration` gives.
 */
export function checkedConfiguration(
  files: ReadonlyMap<string, Uint8Array>,
  templates: string,
  { name }: Network,
): string | null {
  const reading = readingOf(snapshotOf(folderOf(files), configFolder(templates)), name)
  return reading.is === 'valid' ? compiledText(reading.loaded) : null
}

/** The configuration folder reduced to one network: by path, the content of its files. */
export function networkConfiguration(configDir: string, network: Network): Map<string, Uint8Array> {
  const object = network.settings.testobject.local
  return networkFolder(configFolder(configDir), { network: network.name, object }, null)
}
