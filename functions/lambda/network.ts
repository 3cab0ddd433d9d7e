import { configFolder } from '../adapters/files/config-folder.ts'
import { type FolderReading, readingOf, snapshotOf } from '../core/config/folder-reading.ts'
import { problemLines } from '../core/config/problem.ts'
import type { Environment } from './environment.ts'
import { ConfigurationError } from './errors.ts'

/** What the platform logs of an error has a bound. */
const maxBlockers = 100

/** The configuration that the stack brought for a function's own network. */
export type Deployed = Extract<FolderReading, { is: 'valid' }>

/** Reads the folder beside a function's code, or the one that is named instead; throws `ConfigurationError` with every reason. */
export function deployedConfiguration({ configDir, network, templatesDir }: Environment): Deployed {
  const reading = readingOf(snapshotOf(configFolder(configDir), configFolder(templatesDir)), network)
  if (reading.is === 'invalid') throw new ConfigurationError(problemLines(reading.problems, maxBlockers).join('\n'))
  return reading
}
