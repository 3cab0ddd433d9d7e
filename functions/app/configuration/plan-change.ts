import { type FolderReading, type FolderSnapshot, readingOf } from '../../core/config/folder-reading.ts'
import { isStopping } from '../../core/config/stopping.ts'
import { elsewherePath } from '../../core/config/zone-files.ts'
import { ConfigurationFault } from '../configuration-fault.ts'
import { inForceOf } from '../network-in-force.ts'
import type { Storage } from '../open-storage.ts'
import type { Place } from '../target.ts'
import { differencesOf } from './difference.ts'
import { type PushPlan, planPush } from './push.ts'

/** A change of a configuration folder that a command is about to make, and the networks that it is about. */
export interface FolderChange {
  readonly folder: string
  readonly before: FolderSnapshot
  readonly after: FolderSnapshot
  readonly networks: readonly string[]
}

/**
 * Plans to put a changed folder in force for these networks alone (behaviour §11.2, §7.6); reads only. What else differs there
 * from what is in force goes with it, and takes `--yes`. Throws `ConfigurationFault` with every error of these networks.
 */
export async function planChange(change: FolderChange, storage: Storage, place: Place): Promise<PushPlan> {
  const { before, networks } = change
  const plan = await planPush(readingsOf(change), storage, place, false)
  const more: string[] = []
  for (const network of networks) {
    const standing = await inForceOf(network, storage, place)
    if (standing.inUse === null) continue
    const differences = await differencesOf(before, standing, storage)
    const paths = differences.map(({ path }) => path).filter(path => path !== elsewherePath)
    if (paths.length > 0) more.push(`${network}: other changes would be put in force, too: ${paths.join(', ')}`)
  }
  return { ...plan, yes: [...more, ...plan.yes] }
}

type Valid = Extract<FolderReading, { is: 'valid' }>

function readingsOf({ folder, after, networks }: FolderChange): Map<string, Valid> {
  const concerns = (network: string | null) => network === null || networks.includes(network)
  const errors = after.configuration.problems.filter(one => one.severity === 'error' && concerns(one.network))
  if (errors.length > 0) throw new ConfigurationFault(folder, errors)
  return new Map(
    networks.map(name => {
      const reading = readingOf(after, name)
      if (reading.is === 'invalid') throw new ConfigurationFault(folder, reading.problems.filter(isStopping))
      return [name, reading]
    }),
  )
}

/** The networks for which a zone is in force; reads only. */
export async function networksWith(
  zone: string,
  names: readonly string[],
  storage: Storage,
  place: Place,
): Promise<string[]> {
  const found: string[] = []
  for (const name of names) {
    const { inUse } = await inForceOf(name, storage, place)
    if (inUse?.loaded.network.zones.some(one => one.name === zone)) found.push(name)
  }
  return found
}
