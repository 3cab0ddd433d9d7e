import { join } from 'node:path'
import { configFolder } from '../adapters/config-folder.ts'
import { blockersOf, type Configuration, loadConfiguration, problemsFor } from '../core/config/configuration.ts'
import type { Network } from '../core/config/network.ts'
import type { Problem } from '../core/config/problem.ts'
import { ConfigurationFault, UsageError } from './errors.ts'
import type { NetworkFlags } from './flags.ts'
import { root } from './root.ts'

/** The network a command works on, and what else is to be said about its configuration. */
export interface Chosen {
  readonly network: Network
  /** What does not stop a cycle: warnings, and faults of single zones. */
  readonly problems: readonly Problem[]
}

/** The configuration folder: the flag's, the environment's, or the package's own `config/` (contract, "Folders"). */
export function configDirOf(config: string | undefined, env: NodeJS.ProcessEnv): string {
  if (config === '') throw new UsageError('--config must not be empty')
  return config ?? (env.EDGEMANAGE_CONFIG || join(root, 'config'))
}

/** The configuration in a folder, with all its problems. */
export function openConfiguration(folder: string): Configuration {
  return loadConfiguration(configFolder(folder), { absolutePaths: 'warning' })
}

/** The network that the flags name, or the only one. Throws `ConfigurationFault`, or `UsageError` for a wrong name. */
export function chooseNetwork(flags: NetworkFlags, env: NodeJS.ProcessEnv): Chosen {
  const configuration = openConfiguration(configDirOf(flags.config, env))
  const name = flags.dnet ?? onlyNetwork(configuration)
  const blockers = blockersOf(configuration, name)
  if (blockers.length > 0) throw new ConfigurationFault(blockers)
  const network = configuration.networks.find(known => known.name === name)
  if (network === undefined) throw new UsageError(`there is no network ${name}; known: ${namesOf(configuration)}`)
  return { network, problems: problemsFor(configuration, name) }
}

function onlyNetwork(configuration: Configuration): string {
  const [first, ...more] = configuration.networks
  if (first !== undefined && more.length === 0) return first.name
  const errors = configuration.problems.filter(problem => problem.severity === 'error')
  if (first === undefined && errors.length > 0) throw new ConfigurationFault(errors)
  if (first === undefined) throw new UsageError('the configuration has no network: config/edges/ is empty')
  throw new UsageError(`say which network with -A: ${namesOf(configuration)}`)
}

function namesOf({ networks }: Configuration): string {
  return networks.map(network => network.name).join(', ') || 'none'
}
