import { configFolder } from '../functions/adapters/files/config-folder.ts'
import type { Network } from '../functions/core/config/network.ts'
import { networkFolder } from '../functions/core/config/network-folder.ts'

/** The configuration folder reduced to one network: by path, the content of its files. */
export function networkConfiguration(configDir: string, network: Network): Map<string, Uint8Array> {
  const object = network.settings.testobject.local
  return networkFolder(configFolder(configDir), { network: network.name, object }, null)
}
