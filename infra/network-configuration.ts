import { stringify } from 'yaml'
import { configFolder } from '../functions/adapters/files/config-folder.ts'
import { isMap } from '../functions/core/config/merged-settings.ts'
import type { Network } from '../functions/core/config/network.ts'
import { readYaml } from '../functions/core/config/yaml-file.ts'
import { elsewherePath } from '../functions/core/config/zone-files.ts'
import { byName } from '../functions/core/domain/model.ts'

/** Settings that name networks. */
const perNetwork = ['networks', 'dnet_edge_count']

/** The configuration folder reduced to one network, and the names of others' zones: by path, the content of its files. */
export function networkConfiguration(configDir: string, network: Network): Map<string, string | Uint8Array> {
  const paths = [`edges/${network.name}`, `canaries/${network.name}`, network.settings.testobject.local]
  const files = new Map<string, string | Uint8Array>()
  const { read } = configFolder(configDir)
  files.set('edgemanage.yaml', reducedSettings(Buffer.from(read('edgemanage.yaml') ?? []).toString(), network.name))
  for (const path of [...paths, ...network.zones.map(({ file }) => file)]) {
    const content = read(path)
    if (content !== null) files.set(path, content)
  }
  // Sorted: the order of files is none of the asset's content.
  const elsewhere = [...network.owners].filter(([, owner]) => owner !== network.name).sort(([a], [b]) => byName(a, b))
  if (elsewhere.length > 0) files.set(elsewherePath, `${JSON.stringify(Object.fromEntries(elsewhere), null, 1)}\n`)
  return files
}

/** The settings without what they say about other networks; verbatim where they say nothing. */
function reducedSettings(text: string, network: string): string {
  // Values, not their text: an alias may stand for what belongs to another network, and stays when that goes.
  const { value } = readYaml(text)
  if (!isMap(value)) return text
  const mine = ([name]: readonly [string, unknown]) => name === network
  const named = perNetwork.flatMap(key => (isMap(value[key]) ? [{ key, entries: Object.entries(value[key]) }] : []))
  if (named.every(({ entries }) => entries.every(mine))) return text
  const own = named.map(({ key, entries }) => [key, Object.fromEntries(entries.filter(mine))])
  return stringify({ ...value, ...Object.fromEntries(own) }, { lineWidth: 0, aliasDuplicateObjects: false })
}
