import { configFolder } from '../adapters/files/config-folder.ts'
import { blockersOf, loadConfiguration, problemsFor } from '../core/config/configuration.ts'
import type { Network } from '../core/config/network.ts'
import { type Problem, problemLines } from '../core/config/problem.ts'
import type { Environment } from './environment.ts'
import { ConfigurationError } from './errors.ts'

/** What the platform logs of an error has a bound. */
const maxBlockers = 100

/** The function's own network, with the warnings about its configuration; throws `ConfigurationError` with every reason. */
export function configuredNetwork({ configDir, network: name, templatesDir }: Environment): {
  network: Network
  problems: Problem[]
} {
  const templates = configFolder(templatesDir)
  const configuration = loadConfiguration(configFolder(configDir), { absolutePaths: 'warning', templates })
  const blockers = blockersOf(configuration, name)
  const network = configuration.networks.find(one => one.name === name)
  if (blockers.length > 0) throw new ConfigurationError(problemLines(blockers, maxBlockers).join('\n'))
  if (network === undefined) throw new ConfigurationError(`there is no network ${name}`)
  // The errors of a zone are told with the zone.
  const isTold = ({ severity, scope }: Problem) => severity === 'warning' || scope === 'canaries'
  return { network, problems: problemsFor(configuration, name).filter(isTold) }
}
