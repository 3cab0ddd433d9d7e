import { join } from 'node:path'
import { type Configuration, isStopping } from '../core/config/stopping.ts'
import { UsageError } from '../core/domain/errors.ts'
import { byName } from '../core/domain/model.ts'
import { root } from './package-files.ts'

const maxNames = 20

/** The configuration folder: the flag's, the environment's, or the package's own `config/` (contract, "Folders"). */
export function configDirOf(config: string | undefined, env: NodeJS.ProcessEnv): string {
  if (config === '') throw new UsageError('--config must not be empty')
  return config ?? (env.EDGEMANAGE_CONFIG || join(root, 'config'))
}

/** The network that is meant: the flag's, or the environment's; undefined where neither names one. An empty flag is wrong usage. */
export function dnetOf({ dnet }: { readonly dnet?: string }, env: NodeJS.ProcessEnv): string | undefined {
  if (dnet === '') throw new UsageError('--dnet must not be empty')
  return dnet ?? (env.EDGEMANAGE_NETWORK || undefined)
}

/** The same flags with the network that the environment names, where they name none. */
export function withNamed<T extends { readonly dnet?: string }>(flags: T, env: NodeJS.ProcessEnv): T {
  const dnet = dnetOf(flags, env)
  return dnet === undefined ? flags : { ...flags, dnet }
}

/** Every network that has a file, those with errors too. */
export function namesOf({ networks, problems }: Configuration): string[] {
  const broken = problems.filter(isStopping).flatMap(({ network }) => network ?? [])
  return [...new Set([...networks.map(({ name }) => name), ...broken])].sort(byName)
}

/** Names for a sentence: as many as a person reads. */
export function fewOf(names: readonly string[]): string {
  const rest = names.length - maxNames
  return rest <= 0 ? names.join(', ') : `${names.slice(0, maxNames).join(', ')} and ${rest} more`
}
