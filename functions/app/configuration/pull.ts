import { join } from 'node:path'
import { configFolder } from '../../adapters/files/config-folder.ts'
import { writeNewFiles } from '../../adapters/files/new-folder.ts'
import { joinedSettings, reducedSettings } from '../../core/config/network-folder.ts'
import { settingsPath } from '../../core/config/settings-file.ts'
import { elsewherePath } from '../../core/config/zone-files.ts'
import { readBundle } from '../../cycle/configuration/bundles.ts'
import { objectKey } from '../../cycle/configuration/move-pointer.ts'
import type { NetworkInForce } from '../network-in-force.ts'
import type { Storage } from '../open-storage.ts'
import { root } from '../package-files.ts'

/** What is in force for some networks, as one folder. */
interface Pulled {
  /** By path in the folder. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** By name: the templates of what is published, with which it is in force. */
  readonly templates: ReadonlyMap<string, Uint8Array>
  /** Files that lie outside of any folder and are left out: their paths. */
  readonly outside: readonly string[]
  /** False: nobody ever wrote the settings just so; they say the same. */
  readonly isVerbatim: boolean
}

/** What was written of it. */
export interface WrittenPull extends Pick<Pulled, 'outside' | 'isVerbatim'> {
  /** Paths in the folder. */
  readonly files: readonly string[]
  /** Names of templates that are others than those of this version: they lie in `templates/` of the folder. */
  readonly templates: readonly string[]
}

/** Writes what is in force into an empty folder, or one that does not exist yet. Throws where a bundle cannot be read. */
export async function pullInto(
  folder: string,
  standings: readonly NetworkInForce[],
  storage: Storage,
): Promise<WrittenPull> {
  const { files, templates, outside, isVerbatim } = await pulledFolder(standings, storage)
  const own = configFolder(join(root, 'templates'))
  const others = [...templates].filter(
    ([name, bytes]) => Buffer.compare(own.read(name) ?? Buffer.from([]), bytes) !== 0,
  )
  const all = new Map([...files, ...others.map(([name, bytes]) => [`templates/${name}`, bytes] as const)])
  await writeNewFiles(folder, all)
  return { files: [...all.keys()], templates: others.map(([name]) => name), outside, isVerbatim }
}

/** The files of what is in force (behaviour §11.5), byte for byte. Throws where a bundle cannot be read. */
async function pulledFolder(standings: readonly NetworkInForce[], storage: Storage): Promise<Pulled> {
  const files = new Map<string, Uint8Array>()
  const templates = new Map<string, Uint8Array>()
  const outside: string[] = []
  const reduced = new Map<string, string>()
  for (const { network, inUse } of standings) {
    if (inUse === null) throw new Error(`nothing is in force for ${network}`)
    const read = await readBundle(storage.bucket, network, inUse.loaded.hash)
    if (read.is !== 'whole') throw new Error(`${network}: ${read.reason}`)
    for (const [path, bytes] of read.files) {
      if (path === settingsPath) reduced.set(network, Buffer.from(bytes).toString('utf8'))
      else if (path.startsWith('templates/')) templates.set(path.slice('templates/'.length), bytes)
      else if (path.startsWith('/') || path.split('/').includes('..')) outside.push(path)
      else if (path !== elsewherePath) files.set(path, bytes)
    }
  }
  const whole = await wholeSettings(standings, reduced, storage)
  files.set(settingsPath, Buffer.from(whole ?? joinedSettings(reduced)))
  const isVerbatim = whole !== null || new Set(reduced.values()).size <= 1
  return { files, templates, outside, isVerbatim }
}

/** The settings as they were pushed, the newest that say of each network what is in force; null where none do. */
async function wholeSettings(
  standings: readonly NetworkInForce[],
  reduced: ReadonlyMap<string, string>,
  { bucket }: Storage,
): Promise<string | null> {
  const pushes = standings.flatMap(({ network, desired: { pointer } }) =>
    pointer === null || pointer === 'unreadable' || pointer.source === null
      ? []
      : [{ network, source: pointer.source, at: pointer.at }],
  )
  for (const { network, source } of pushes.sort((a, b) => b.at - a.at)) {
    const text = await bucket.get(objectKey(network, source))
    if (text !== null && [...reduced].every(([name, own]) => reducedSettings(text, name) === own)) return text
  }
  return null
}
