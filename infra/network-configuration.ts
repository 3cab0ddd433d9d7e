import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, parseDocument } from 'yaml'
import type { Network } from '../functions/core/config/network.ts'

/** Settings that name networks. */
const perNetwork = ['networks', 'dnet_edge_count']

/** The configuration folder reduced to one network: by path, the content of its files. */
export function networkConfiguration(configDir: string, network: Network): Map<string, string | Uint8Array> {
  const paths = [`edges/${network.name}`, `canaries/${network.name}`, network.settings.testobject.local]
  const files = new Map<string, string | Uint8Array>()
  files.set('edgemanage.yaml', reducedSettings(readFileSync(join(configDir, 'edgemanage.yaml'), 'utf8'), network.name))
  for (const path of [...paths, ...network.zones.map(({ file }) => file)]) {
    if (existsSync(join(configDir, path))) files.set(path, readFileSync(join(configDir, path)))
  }
  return files
}

/** The settings without what they say about other networks; verbatim where they say nothing. */
function reducedSettings(text: string, network: string): string {
  const document = parseDocument(text)
  const others = perNetwork.flatMap(key => {
    const named = document.get(key)
    const names = isMap(named) ? named.items.map(({ key: name }) => String(name)) : []
    return names.filter(name => name !== network).map(name => [key, name])
  })
  if (others.length === 0) return text
  for (const path of others) document.deleteIn(path)
  return document.toString({ lineWidth: 0 })
}
