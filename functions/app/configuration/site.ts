import { join } from 'node:path'
import { configFolder } from '../../adapters/files/config-folder.ts'
import { type FolderReading, type FolderSnapshot, readingOf, snapshotOf } from '../../core/config/folder-reading.ts'
import type { ConfigSource } from '../../core/config/source.ts'
import { isStopping } from '../../core/config/stopping.ts'
import { UsageError } from '../../core/domain/errors.ts'
import { ConfigurationFault } from '../configuration-fault.ts'
import { configDirOf, fewOf } from '../naming.ts'
import type { NetworkFlags } from '../network-flags.ts'
import { root } from '../package-files.ts'

/** The configuration folder that the flags name, as it is now. */
export function folderSnapshot(flags: NetworkFlags, env: NodeJS.ProcessEnv): FolderSnapshot {
  return snapshotAt(configFolder(configDirOf(flags.config, env)))
}

/** A configuration folder, or what it will be, with the templates of the package. */
export function snapshotAt(source: ConfigSource): FolderSnapshot {
  return snapshotOf(source, configFolder(join(root, 'templates')))
}

/** The networks of a folder that may be pushed: it has no error at all. Throws `ConfigurationFault` or `UsageError`. */
export function pushableReadings(
  snapshot: FolderSnapshot,
  flags: NetworkFlags,
  env: NodeJS.ProcessEnv,
): Map<string, Extract<FolderReading, { is: 'valid' }>> {
  const folder = configDirOf(flags.config, env)
  const { networks, problems } = snapshot.configuration
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new ConfigurationFault(folder, errors)
  const names = networks.map(({ name }) => name)
  if (names.length === 0) throw new UsageError(`there is no network: ${join(folder, 'edges')} holds no edge list`)
  if (flags.dnet !== undefined && !names.includes(flags.dnet)) {
    throw new UsageError(`there is no network ${flags.dnet}; known: ${fewOf(names)}`)
  }
  const chosen = flags.dnet === undefined ? names : [flags.dnet]
  return new Map(
    chosen.map(name => {
      const reading = readingOf(snapshot, name)
      if (reading.is === 'invalid') throw new ConfigurationFault(folder, reading.problems.filter(isStopping))
      return [name, reading]
    }),
  )
}
