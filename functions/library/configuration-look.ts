import { isFree } from '../adapters/files/new-folder.ts'
import { folderDifferences, type NetworkDifferences } from '../app/configuration/difference.ts'
import { pullInto, type WrittenPull } from '../app/configuration/pull.ts'
import { logOf } from '../app/configuration/rollback.ts'
import { folderSnapshot } from '../app/configuration/site.ts'
import { standings } from '../app/configuration/standings.ts'
import { networksKept } from '../app/network-in-force.ts'
import { storageAt } from '../app/open-storage.ts'
import { existingPlaceOf } from '../app/target.ts'
import { withStorage } from '../app/with-storage.ts'
import type { ConfigEvent } from '../core/config/pointer.ts'
import { UsageError } from '../core/domain/errors.ts'
import { flagsOf, type Where } from './place.ts'

/** What `pullConfiguration` wrote. */
export type PulledConfiguration = WrittenPull

/**
 * Writes what is in force into an empty folder, or one that does not exist yet: of one network, or of all (behaviour §11.5). Throws
 * `UsageError` where the folder is not empty or nothing was ever in force, and where a bundle cannot be read.
 */
export async function pullConfiguration(folder: string, where: Where): Promise<PulledConfiguration> {
  const place = existingPlaceOf(where, process.env)
  if (!isFree(folder)) throw new UsageError(`${folder} is not empty: what is in force is written to a new folder`)
  return withStorage(storageAt(place, process.env), true, async storage =>
    pullInto(folder, await standings(flagsOf(where), storage, place), storage),
  )
}

/** What differs of one network: files by path, with their texts in force and in the folder. */
export type ConfigurationDifference = NetworkDifferences

/** A configuration folder against what is in force: one network, or all; without files where nothing differs. */
export async function diffConfiguration(where: Where): Promise<ConfigurationDifference[]> {
  const flags = flagsOf(where)
  const place = existingPlaceOf(where, process.env)
  const snapshot = folderSnapshot(flags, process.env)
  return withStorage(storageAt(place, process.env), true, storage =>
    folderDifferences(snapshot, flags.dnet, storage, place),
  )
}

/** One entry of the log: who put which configuration in force; `at`: ISO 8601, UTC. */
export type ConfigurationEntry = Omit<ConfigEvent, 'at'> & { readonly network: string; readonly at: string }

/** Who put what in force, the newest first; of one network, or of all. */
export async function configurationLog(where: Where, limit = 50): Promise<ConfigurationEntry[]> {
  const { dnet } = flagsOf(where)
  const place = existingPlaceOf(where, process.env)
  return withStorage(storageAt(place, process.env), true, async storage => {
    const names = dnet === undefined ? await networksKept(storage) : [dnet]
    const entries: ConfigurationEntry[] = []
    for (const network of names) {
      const own = await logOf(network, storage, limit)
      entries.push(...own.map(entry => ({ ...entry, network, at: new Date(entry.at).toISOString() })))
    }
    return entries.sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, limit)
  })
}
