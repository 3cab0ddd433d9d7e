import { type Configuration, isStopping, networkName, problemsFor } from '../../core/config/stopping.ts'
import { UsageError } from '../../core/domain/errors.ts'
import { byName } from '../../core/domain/model.ts'
import type { AnyNetwork, Chosen, ChosenNetworks } from '../choose-network.ts'
import { viewFolder } from '../folder-view.ts'
import { configDirOf, dnetOf, fewOf, namesOf } from '../naming.ts'
import type { NetworkFlags } from '../network-flags.ts'
import { deployedHash, inForceOf, networksKept } from '../network-in-force.ts'
import { compiledAt, type Storage, storageAt } from '../open-storage.ts'
import { existingPlaceOf, type Place } from '../target.ts'
import { withStorage } from '../with-storage.ts'

/**
 * The network that the flags name, or the only one, as it is in force: what lies in the folder counts only where nothing ever
 * was. Throws as `chooseNetwork` does.
 */
export async function networkInForce(flags: NetworkFlags, env: NodeJS.ProcessEnv): Promise<Chosen> {
  const { chosen, isOne } = await networksInForce(flags, env)
  const [only] = chosen
  if (isOne && only !== undefined) return only
  throw new UsageError(
    `say which network with -A or EDGEMANAGE_NETWORK: ${fewOf(chosen.map(({ network }) => network.name))}`,
  )
}

/** The same for the network that is named, or all. Throws as `chooseNetworks` does. */
export async function networksInForce(flags: NetworkFlags, env: NodeJS.ProcessEnv): Promise<ChosenNetworks> {
  const place = existingPlaceOf(flags, env)
  const found = await withStorage(storageAt(place, env), true, storage => inForceAt(flags, env, storage, place))
  if (dnetOf(flags, env) !== undefined) {
    const [one] = found
    return one === undefined ? fromFolder(flags, env) : { chosen: found, isOne: true, faults: [] }
  }
  if (found.length === 0) return fromFolder(flags, env)
  // What lies in a folder beside a stack does not matter until it is pushed.
  if (place.kind !== 'local') return { chosen: found, isOne: found.length === 1, faults: [] }
  return withFolder(found, await configurationIn(flags, env, place))
}

/** What lies in the folder, where nothing ever was in force. */
async function fromFolder(flags: NetworkFlags, env: NodeJS.ProcessEnv): Promise<ChosenNetworks> {
  return (await import('../choose-network.ts')).chooseNetworks(flags, env)
}

async function configurationIn(flags: NetworkFlags, env: NodeJS.ProcessEnv, place: Place): Promise<Configuration> {
  return (await viewFolder(configDirOf(flags.config, env), compiledAt(place))).configuration
}

/** The network that the flags name, one that is gone too, or the only one. Throws as `chooseNetwork` does. */
export async function anyNetworkInForce(flags: NetworkFlags, env: NodeJS.ProcessEnv): Promise<AnyNetwork> {
  const { dnet } = flags
  if (dnet !== undefined && networkName.test(dnet) && (await isGone(dnet, flags, env))) {
    return { name: dnet, zones: [], isGone: true, network: null }
  }
  const { network } = await networkInForce(flags, env)
  return { name: network.name, zones: network.zones.map(({ name }) => name), isGone: false, network }
}

/** Whether a network has left: on one machine the folder, else the stack; where none is named, nothing of it is kept. */
async function isGone(name: string, flags: NetworkFlags, env: NodeJS.ProcessEnv): Promise<boolean> {
  const place = existingPlaceOf(flags, env)
  const configuration = await configurationIn(flags, env, place)
  const isBroken = configuration.problems.some(problem => isStopping(problem) && problem.network === null)
  if (isBroken || namesOf(configuration).includes(name)) return false
  if (place.kind === 'local') return true
  if (place.kind === 'stack') return (await deployedHash(name, place)) === null
  const standing = await withStorage(storageAt(place, env), true, storage => inForceOf(name, storage, place))
  return standing.inUse === null
}

/** On one machine, networks of the folder that had no cycle yet belong to it, too. */
function withFolder(found: readonly Chosen[], configuration: Configuration): ChosenNetworks {
  const known = new Set(found.map(({ network }) => network.name))
  const names = namesOf(configuration).filter(name => !known.has(name))
  const pushing = configuration.networks.filter(({ settings }) => settings.route53.enabled).length
  const more = configuration.networks
    .filter(({ name }) => names.includes(name))
    .map(network => ({
      network,
      problems: problemsFor(configuration, network.name),
      pushingNetworks: Math.max(1, pushing),
    }))
  const chosen = [...found, ...more].sort((a, b) => byName(a.network.name, b.network.name))
  const isOut = (network: string | null) => network !== null && names.includes(network)
  const faults = configuration.problems.filter(problem => isStopping(problem) && isOut(problem.network))
  return { chosen, isOne: known.size + names.length === 1, faults }
}

/** The networks of which something is kept; a table that is out of reach is told before a bucket that is. */
async function networksOf(
  storage: Storage,
  flags: NetworkFlags,
  env: NodeJS.ProcessEnv,
  place: Place,
): Promise<string[]> {
  if (place.kind !== 'local') {
    const [first] = namesOf(await configurationIn(flags, env, place))
    if (first !== undefined) await storage.configurations.read(first)
  }
  return networksKept(storage)
}

async function inForceAt(
  flags: NetworkFlags,
  env: NodeJS.ProcessEnv,
  storage: Storage,
  place: Place,
): Promise<Chosen[]> {
  const dnet = dnetOf(flags, env)
  const names = dnet === undefined ? await networksOf(storage, flags, env, place) : [dnet]
  const found: Chosen[] = []
  for (const name of names) {
    const { inUse } = await inForceOf(name, storage, place)
    if (inUse === null) continue
    const { network, problems } = inUse.loaded
    found.push({ network, problems, pushingNetworks: 1 })
  }
  const pushing = found.filter(({ network }) => network.settings.route53.enabled).length
  return found.map(one => ({ ...one, pushingNetworks: Math.max(1, pushing) }))
}
