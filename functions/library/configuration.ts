import { signerOf } from '../app/caller-identity.ts'
import { configDirOf } from '../app/choose-network.ts'
import { carryOut, conflictWords, type PushOutcome, planPush } from '../app/configuration/push.ts'
import { logOf } from '../app/configuration/rollback.ts'
import { folderSnapshot, pushableReadings } from '../app/configuration/site.ts'
import { UsageError } from '../app/errors.ts'
import { networksKept } from '../app/network-in-force.ts'
import { storageAt } from '../app/open-storage.ts'
import { existingPlaceOf, placeOf } from '../app/target.ts'
import { withStorage } from '../app/with-storage.ts'
import type { ConfigEvent } from '../core/config/pointer.ts'
import { type EdgeLists, type WrittenEdgeLists, writeEdgeLists } from './edge-lists.ts'
import type { Where } from './place.ts'

export interface PushOptions {
  /** Why; for the log. */
  readonly comment?: string
  /** The user of this process unless another is named. */
  readonly by?: string
  /** Also where more than half of a network's edges leave, or fewer than `edge_count` are left. */
  readonly yes?: boolean
  /** Write these edge lists into the folder first (`writeEdgeLists`): what is pushed has them, or nothing is. */
  readonly edges?: EdgeLists
}

/** What a push did: a row for each network, in the order in which they were put in force. */
export interface Pushed {
  readonly networks: readonly PushOutcome[]
  /** What became of the edge lists; null where none were given. */
  readonly edges: WrittenEdgeLists | null
}

/**
 * Checks a configuration folder and puts it in force: the next cycle uses it (behaviour §11.2). Throws `ConfigurationFault`
 * for any error in the folder, `UsageError` for what takes a deploy or `yes`; nothing is put in force then. Throws where
 * somebody else was first; the same push again completes it.
 */
export async function pushConfiguration(where: Where, options: PushOptions = {}): Promise<Pushed> {
  const { network, ...rest } = where
  const flags = { ...rest, ...(network === undefined ? {} : { dnet: network }) }
  const place = placeOf(flags, process.env)
  const written =
    options.edges === undefined ? null : await writeEdgeLists(configDirOf(flags.config, process.env), options.edges)
  const readings = pushableReadings(folderSnapshot(flags, process.env), flags, process.env)
  const by = options.by ?? signerOf(process.env, place.kind !== 'local')
  const networks = await withStorage(storageAt(place, process.env), false, async storage => {
    const plan = await planPush(readings, storage, place, network === undefined)
    const against = [...plan.deploy, ...(options.yes === true ? [] : plan.yes.map(reason => `it takes yes: ${reason}`))]
    if (against.length > 0) throw new UsageError(against.join('; '))
    return carryOut(plan, { by, comment: options.comment ?? '' }, storage)
  })
  const conflict = networks.find(({ action }) => action === 'conflict')
  if (conflict === undefined) return { networks, edges: written }
  const changed = networks.filter(({ action }) => action === 'pushed').map(one => one.network)
  throw new Error(conflictWords(conflict, changed))
}

/** One entry of the log: who put which configuration in force. */
export type ConfigurationEntry = Omit<ConfigEvent, 'at'> & { readonly network: string; readonly at: string }

/** Who put what in force, the newest first; of one network, or of all. */
export async function configurationLog(where: Where, limit = 50): Promise<ConfigurationEntry[]> {
  const place = existingPlaceOf(where, process.env)
  return withStorage(storageAt(place, process.env), true, async storage => {
    const names = where.network === undefined ? await networksKept(storage) : [where.network]
    const entries: ConfigurationEntry[] = []
    for (const network of names) {
      const own = await logOf(network, storage, limit)
      entries.push(...own.map(entry => ({ ...entry, network, at: new Date(entry.at).toISOString() })))
    }
    return entries.sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, limit)
  })
}
