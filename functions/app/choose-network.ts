import { join } from 'node:path'
import { configFolder } from '../adapters/files/config-folder.ts'
import { loadConfiguration } from '../core/config/configuration.ts'
import type { Network } from '../core/config/network.ts'
import type { Problem } from '../core/config/problem.ts'
import { blockersOf, type Configuration, isStopping, problemsFor } from '../core/config/stopping.ts'
import { UsageError } from '../core/domain/errors.ts'
import { ConfigurationFault } from './configuration-fault.ts'
import { configDirOf, dnetOf, fewOf, namesOf } from './naming.ts'
import type { NetworkFlags } from './network-flags.ts'
import { root } from './package-files.ts'

/** The network a command works on, and what else is to be said about its configuration. */
export interface Chosen {
  readonly network: Network
  /** What does not stop a cycle: warnings, and faults of single zones. */
  readonly problems: readonly Problem[]
  /** How many networks of the configuration push to Route 53. */
  readonly pushingNetworks: number
}

/** The configuration in a folder, with all its problems. */
export function openConfiguration(folder: string): Configuration {
  return loadConfiguration(configFolder(folder), {
    absolutePaths: 'warning',
    templates: configFolder(join(root, 'templates')),
  })
}

/** The network that the flags name, or the only one. Throws `ConfigurationFault`, or `UsageError` for a wrong name. */
export function chooseNetwork(flags: NetworkFlags, env: NodeJS.ProcessEnv): Chosen {
  const folder = configDirOf(flags.config, env)
  const configuration = openConfiguration(folder)
  const names = namesOf(configuration)
  const name = dnetOf(flags, env) ?? (names.length === 1 ? names[0] : undefined)
  if (name === undefined && names.length > 1)
    throw new UsageError(`say which network with -A or EDGEMANAGE_NETWORK: ${fewOf(names)}`)
  return chosenFrom(configuration, folder, name, names)
}

/** A network by its name, one that has left the configuration too. */
export interface AnyNetwork {
  readonly name: string
  /** The names of its zones. */
  readonly zones: readonly string[]
  readonly isGone: boolean
  /** Null where it is gone. */
  readonly network: Network | null
}

/** Networks to look at, and what kept others from being among them. */
export interface ChosenNetworks {
  /** Never empty. */
  readonly chosen: readonly Chosen[]
  /** Whether one network is meant: named, or the only one there is. */
  readonly isOne: boolean
  /** Errors of the networks that are left out. */
  readonly faults: readonly Problem[]
}

/**
 * The network that the flags name, or all that have no errors of their own; the folder is read once. Throws as
 * `chooseNetwork` does, and where no network is left.
 */
export function chooseNetworks(flags: NetworkFlags, env: NodeJS.ProcessEnv): ChosenNetworks {
  const folder = configDirOf(flags.config, env)
  const configuration = openConfiguration(folder)
  const names = namesOf(configuration)
  const dnet = dnetOf(flags, env)
  if (dnet !== undefined || names.length <= 1 || configuration.networks.length === 0) {
    const name = dnet ?? (names.length === 1 ? names[0] : undefined)
    return { chosen: [chosenFrom(configuration, folder, name, names)], isOne: true, faults: [] }
  }
  const faults = configuration.problems.filter(isStopping)
  return { chosen: configuration.networks.map(network => chosenAs(configuration, network)), isOne: false, faults }
}

/** A network by its name (left out: there is none, or none without errors). Throws what keeps it from being used. */
function chosenFrom(
  configuration: Configuration,
  folder: string,
  name: string | undefined,
  names: readonly string[],
): Chosen {
  const blockers = name === undefined ? configuration.problems.filter(isStopping) : blockersOf(configuration, name)
  if (blockers.length > 0) throw new ConfigurationFault(folder, blockers)
  const network = configuration.networks.find(one => one.name === name)
  if (network !== undefined) return chosenAs(configuration, network)
  if (names.length === 0) throw new UsageError(`there is no network: ${join(folder, 'edges')} holds no edge list`)
  throw new UsageError(`there is no network ${name}; known: ${fewOf(names)}`)
}

function chosenAs(configuration: Configuration, network: Network): Chosen {
  const pushing = configuration.networks.filter(({ settings }) => settings.route53.enabled)
  const problems = problemsFor(configuration, network.name)
  return { network, problems, pushingNetworks: Math.max(1, pushing.length) }
}
