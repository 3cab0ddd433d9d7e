import { join } from 'node:path'
import { configFolder } from '../adapters/config-folder.ts'
import { blockersOf, type Configuration, loadConfiguration, problemsFor } from '../core/config/configuration.ts'
import type { Network } from '../core/config/network.ts'
import type { Problem } from '../core/config/problem.ts'
import { byName } from '../core/model.ts'
import { ConfigurationFault, UsageError } from './errors.ts'
import type { NetworkFlags } from './flags.ts'
import { root } from './root.ts'

/** The network a command works on, and what else is to be said about its configuration. */
export interface Chosen {
  readonly network: Network
  /** What does not stop a cycle: warnings, and faults of single zones. */
  readonly problems: readonly Problem[]
  /** How many networks of the configuration push to Route 53. */
  readonly pushingNetworks: number
}

/** The configuration folder: the flag's, the environment's, or the package's own `config/` (contract, "Folders"). */
export function configDirOf(config: string | undefined, env: NodeJS.ProcessEnv): string {
  if (config === '') throw new UsageError('--config must not be empty')
  return config ?? (env.EDGEMANAGE_CONFIG || join(root, 'config'))
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
  const name = flags.dnet ?? (names.length === 1 ? names[0] : undefined)
  const errors = configuration.problems.filter(problem => problem.severity === 'error')
  const blockers = name === undefined ? (names.length === 0 ? errors : []) : blockersOf(configuration, name)
  if (blockers.length > 0) throw new ConfigurationFault(folder, blockers)
  const network = configuration.networks.find(one => one.name === name)
  if (name !== undefined && network !== undefined) {
    const pushing = configuration.networks.filter(({ settings }) => settings.route53.enabled)
    return { network, problems: problemsFor(configuration, name), pushingNetworks: Math.max(1, pushing.length) }
  }
  if (names.length === 0) throw new UsageError(`there is no network: ${join(folder, 'edges')} holds no file`)
  if (name === undefined) throw new UsageError(`say which network with -A: ${names.join(', ')}`)
  throw new UsageError(`there is no network ${name}; known: ${names.join(', ')}`)
}

/** The network that the flags name, or all that there are. Throws as `chooseNetwork` does. */
export function chooseNetworks(flags: NetworkFlags, env: NodeJS.ProcessEnv): Chosen[] {
  if (flags.dnet !== undefined) return [chooseNetwork(flags, env)]
  const names = namesOf(openConfiguration(configDirOf(flags.config, env)))
  return names.length === 0 ? [chooseNetwork(flags, env)] : names.map(dnet => chooseNetwork({ ...flags, dnet }, env))
}

/** Every network that has a file, those with errors too. */
function namesOf({ networks, problems }: Configuration): string[] {
  const broken = problems.filter(({ severity, scope }) => severity === 'error' && scope !== 'zone')
  const names = [...networks.map(({ name }) => name), ...broken.flatMap(({ network }) => network ?? [])]
  return [...new Set(names)].sort(byName)
}
