import { loadFiles } from '../../core/config/loaded.ts'
import type { Network } from '../../core/config/network.ts'
import { obstaclesBetween, type PushObstacles } from '../../core/operation/push-rules.ts'
import { readBundle } from '../../cycle/configuration/bundles.ts'
import type { NetworkInForce } from '../network-in-force.ts'
import type { Storage } from '../open-storage.ts'
import type { Place } from '../target.ts'

/**
 * What prevents putting a network in force (behaviour §11.3): a deploy is needed for what differs from the deployed
 * form, `--yes` for what differs from what is in force. On one machine nothing is deployed.
 */
export async function obstaclesFor(
  standing: NetworkInForce,
  after: Network,
  storage: Storage,
  place: Place,
): Promise<PushObstacles> {
  const before = standing.inUse?.loaded.network
  if (before === undefined) return { deploy: [], yes: [], stays: [] }
  if (place.kind === 'local') return { ...obstaclesBetween(before, after), deploy: [], stays: [] }
  return obstaclesBetween(before, after, (await deployedNetwork(standing, storage)) ?? before)
}

/** The network as it was deployed; null where that is not known, or its bundle cannot be read. */
async function deployedNetwork(
  { network, deployed, inUse }: NetworkInForce,
  { bucket }: Storage,
): Promise<Network | null> {
  if (deployed === null) return null
  if (inUse?.loaded.hash === deployed) return inUse.loaded.network
  const read = await readBundle(bucket, network, deployed)
  if (read.is !== 'whole') return null
  const checked = loadFiles(deployed, network, read.files)
  return 'loaded' in checked ? checked.loaded.network : null
}
