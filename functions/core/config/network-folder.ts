import { stringify } from 'yaml'
import { isMap } from '../domain/is-map.ts'
import { byName } from '../domain/model.ts'
import { mergeSettings } from './merged-settings.ts'
import { retiredKeys } from './retired.ts'
import type { RawSettings } from './settings.ts'
import { settingsPath } from './settings-file.ts'
import type { ConfigSource } from './source.ts'
import { readYaml } from './yaml-file.ts'
import { elsewherePath, zoneOfFile } from './zone-files.ts'

/** Settings that name networks. */
const perNetwork = ['networks', 'dnet_edge_count']

/** What of a network is to be found in its folder: its zones' files (`zones/…`), its test object, everybody's zones. */
export interface FolderContents {
  readonly network: string
  /** The path of its test object (`testobject.local`); null where the settings name none. */
  readonly object: string | null
}

/**
 * All that a cycle of one network reads from a configuration folder (behaviour §11.1), by path: its files, the settings
 * without those of other networks, and in `zones/.elsewhere.json` the zones of other networks with the networks that have
 * them. What cannot be read is left out. `templates`: those of what is published, kept under `templates/`.
 */
export function networkFolder(
  source: ConfigSource,
  { network, object }: FolderContents,
  templates: ConfigSource | null,
): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  const add = (path: string, bytes: Uint8Array | null) => {
    if (bytes !== null) files.set(path, bytes)
  }
  const settings = readable(source, settingsPath)
  if (settings !== null) files.set(settingsPath, Buffer.from(reducedSettings(textOf(settings), network)))
  const zones = zoneFilesIn(source, network).map(name => `zones/${network}/${name}`)
  const paths = [`edges/${network}`, `canaries/${network}`, ...(object === null ? [] : [object]), ...zones]
  for (const path of paths) add(path, readable(source, path))
  const elsewhere = zonesOfOthers(source, network)
  // A folder that is reduced already has the list, and no files of others.
  if (elsewhere.length === 0) add(elsewherePath, readable(source, elsewherePath))
  else files.set(elsewherePath, Buffer.from(`${JSON.stringify(Object.fromEntries(elsewhere), null, 1)}\n`))
  for (const name of templates === null ? [] : ['zone.hbs', 'named.conf.hbs']) {
    add(`templates/${name}`, readable(templates as ConfigSource, name))
  }
  return files
}

/** A configuration that is in memory, as a folder. */
export function folderOf(files: ReadonlyMap<string, Uint8Array>, below = ''): ConfigSource {
  return {
    list: folder => {
      const prefix = `${below}${folder}/`
      const names = [...files.keys()].filter(path => path.startsWith(prefix)).map(path => path.slice(prefix.length))
      const own = [...new Set(names.map(name => name.split('/')[0] as string))]
      return own.length === 0 ? null : own
    },
    read: path => files.get(below + path) ?? null,
  }
}

/** The settings without what they say about other networks; verbatim where they say nothing. */
export function reducedSettings(text: string, network: string): string {
  // Values, not their text: an alias may stand for what belongs to another network, and stays when that goes.
  const { value } = readYaml(text)
  if (!isMap(value)) return text
  const mine = ([name]: readonly [string, unknown]) => name === network
  const named = perNetwork.flatMap(key => (isMap(value[key]) ? [{ key, entries: Object.entries(value[key]) }] : []))
  if (named.every(({ entries }) => entries.every(mine))) return text
  const own = named.map(({ key, entries }) => [key, Object.fromEntries(entries.filter(mine))])
  return stringify({ ...value, ...Object.fromEntries(own) }, { lineWidth: 0, aliasDuplicateObjects: false })
}

/** The settings of several networks, each reduced to one (`reducedSettings`), as one file again; by network. */
export function joinedSettings(reduced: ReadonlyMap<string, string>): string {
  const [first, ...rest] = reduced.values()
  if (first === undefined || rest.every(text => text === first)) return first ?? ''
  const parsed = [...reduced].map(([network, text]) => {
    const { value } = readYaml(text)
    const { networks, dnet_edge_count, ...common } = isMap(value) ? value : {}
    const own = isMap(networks) && isMap(networks[network]) ? networks[network] : {}
    const count = isMap(dnet_edge_count) ? dnet_edge_count[network] : undefined
    return { network, common, own: { ...(count === undefined ? {} : { edge_count: count }), ...own } }
  })
  const isShared = ([key, value]: readonly [string, unknown]) =>
    parsed.every(({ common }) => JSON.stringify(common[key]) === JSON.stringify(value))
  const shared = parsed.flatMap(({ common }) => Object.entries(common)).filter(isShared)
  const networks = parsed.map(({ network, common, own }): [string, object] => {
    const apart = Object.entries(common).filter(one => !isShared(one) && !Object.hasOwn(retiredKeys, one[0]))
    return [network, mergeSettings(Object.fromEntries(apart), own as RawSettings)]
  })
  const used = networks.filter(([, own]) => Object.keys(own).length > 0)
  const all = { ...Object.fromEntries(shared), ...(used.length === 0 ? {} : { networks: Object.fromEntries(used) }) }
  return stringify(all, { lineWidth: 0, aliasDuplicateObjects: false })
}

/** The files of a network's zones, those that are no zone included; none where the folder cannot be listed. */
function zoneFilesIn(source: ConfigSource, network: string): string[] {
  return listable(source, `zones/${network}`).filter(name => name.endsWith('.zone') && !name.startsWith('.'))
}

function zonesOfOthers(source: ConfigSource, network: string): [string, string][] {
  const networks = listable(source, 'edges').filter(name => name !== network && !name.startsWith('.'))
  const zones = networks.sort(byName).flatMap(other => {
    return zoneFilesIn(source, other).map((file): [string, string] => [zoneOfFile(file), other])
  })
  return [...new Map([...zones].reverse())].sort(([a], [b]) => byName(a, b))
}

function listable(source: ConfigSource, folder: string): readonly string[] {
  try {
    return source.list(folder) ?? []
  } catch {
    return []
  }
}

function readable(source: ConfigSource, path: string): Uint8Array | null {
  try {
    return source.read(path)
  } catch {
    return null
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}
