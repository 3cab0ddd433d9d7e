import { readFileSync } from 'node:fs'
import { configFolder } from '../adapters/files/config-folder.ts'
import { readCompiled } from '../core/config/compiled.ts'
import type { FolderReading } from '../core/config/folder-reading.ts'
import type { Loaded } from '../core/config/loaded.ts'
import { problemLines } from '../core/config/problem.ts'
import { ConfigurationError } from '../core/domain/errors.ts'
import type { Environment } from './environment.ts'

/** What the platform logs of an error has a bound. */
const maxBlockers = 100

/** The configuration that the stack brought for a function's own network. */
export type Deployed = Extract<FolderReading, { is: 'valid' }>

/** Reads and checks the folder beside a function's code, or the one that is named instead; rejects with a `ConfigurationError` with every reason. */
export async function deployedConfiguration({ configDir, network, templatesDir }: Environment): Promise<Deployed> {
  const { readingOf, snapshotOf } = await import('../core/config/folder-reading.ts')
  const reading = readingOf(snapshotOf(configFolder(configDir), configFolder(templatesDir)), network)
  if (reading.is === 'invalid') throw new ConfigurationError(problemLines(reading.problems, maxBlockers).join('\n'))
  return reading
}

/**
 * The same as it was checked when the stack was made, by this version of the product; null where that is not there, or
 * belongs to another configuration: then the folder has to be checked.
 */
export function compiledConfiguration({ compiledFile, deployedHash }: Environment): Loaded | null {
  return deployedHash === null ? null : readCompiled(textOf(compiledFile), deployedHash)
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
