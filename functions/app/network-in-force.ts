import { clock } from '../adapters/time/clock.ts'
import { inForce } from '../core/config/in-force.ts'
import type { BundleName, Desired } from '../core/config/pointer.ts'
import { byName } from '../core/domain/model.ts'
import { configurationOutput } from '../core/operation/stack-names.ts'
import {
  type BundleSources,
  configurationInForce,
  type InUse,
  NoConfiguration,
} from '../cycle/configuration/take-up.ts'
import type { Storage } from './open-storage.ts'
import type { Place } from './target.ts'

/** What is in force for a network, for an operator's command. */
export interface NetworkInForce {
  readonly network: string
  readonly desired: Desired
  /** The deployed bundle as far as is known. */
  readonly deployed: BundleName | null
  /** The bundle that should be in force; null where nothing was ever put in force. */
  readonly wanted: BundleName | null
  /** What the next cycle uses; null where nothing can be used. */
  readonly inUse: InUse | null
  /** Why the bucket could not be read, where that kept what should be in force from being looked at; null: it could. */
  readonly unread: string | null
}

/** What is in force for a network; reads only. */
export async function inForceOf(network: string, storage: Storage, place: Place): Promise<NetworkInForce> {
  const desired = await storage.configurations.read(network)
  const deployed = (await deployedHash(network, place)) ?? knownDeployed(desired)
  const sources: BundleSources = {
    network,
    bucket: storage.bucket,
    compiled: storage.compiled,
    deployed,
    memory: new Map(),
  }
  const used = await configurationInForce(desired, sources, clock()).catch(error => {
    if (error instanceof NoConfiguration) return error
    throw error
  })
  const inUse = used instanceof NoConfiguration ? null : used
  const [first] = inForce(desired, deployed).candidates
  return { network, desired, deployed, wanted: first?.hash ?? null, inUse, unread: used.unread ?? null }
}

/**
 * The same for a command that changes what is in force. Throws where the bundle that should be in force cannot be looked at: what
 * is used meanwhile is not what was in force before.
 */
export async function standingOf(network: string, storage: Storage, place: Place): Promise<NetworkInForce> {
  const standing = await inForceOf(network, storage, place)
  if (standing.unread !== null) throw new Error(`${network}: ${standing.unread}`)
  return standing
}

function knownDeployed({ taken }: Desired): BundleName | null {
  return taken === null || taken === 'unreadable' ? null : taken.deployed
}

/** The hash that the stack says it brought; null where no stack is named, or it does not say. */
export async function deployedHash(network: string, place: Place): Promise<BundleName | null> {
  if (place.kind !== 'stack') return null
  const { stackOutputs } = await import('./stack-outputs.ts')
  return (await stackOutputs(place.stack)).get(configurationOutput(network)) ?? null
}

/** The networks of which bundles are kept, sorted. */
export async function networksKept({ bucket }: Pick<Storage, 'bucket'>): Promise<string[]> {
  const keys = await bucket.list('config/')
  return [...new Set([...keys.keys()].map(key => key.split('/')[1] as string))].sort(byName)
}
