import { signerOf } from '../app/caller-identity.ts'
import { carryOut, conflictWords, type PushOutcome, planPush } from '../app/configuration/push.ts'
import { carryOutRollback, planRollback } from '../app/configuration/rollback.ts'
import { signature } from '../app/configuration/signature.ts'
import { folderSnapshot, pushableReadings, snapshotAt } from '../app/configuration/site.ts'
import { configDirOf } from '../app/naming.ts'
import { storageAt } from '../app/open-storage.ts'
import { existingPlaceOf, placeOf } from '../app/target.ts'
import { withStorage } from '../app/with-storage.ts'
import { UsageError } from '../core/domain/errors.ts'
import { type EdgeLists, planEdgeLists, plannedSource, type WrittenEdgeLists, writePlanned } from './edge-lists.ts'
import { flagsOf, type Where } from './place.ts'

export interface PushOptions {
  /** Why; for the log. */
  readonly comment?: string
  /** The user of this process unless another is named. */
  readonly by?: string
  /** Also where more than half of a network's edges leave, or fewer than `edge_count` are left. */
  readonly yes?: boolean
  /**
   * Write these edge lists into the folder (`writeEdgeLists`) and push them in one: what is refused changes neither the folder
   * nor what is in force.
   */
  readonly edges?: EdgeLists
}

/** What a push did: a row for each network, in the order in which they were put in force. */
export interface Pushed {
  readonly networks: readonly PushOutcome[]
  /** What became of the edge lists; null where none were given. */
  readonly edges: WrittenEdgeLists | null
  /** What stays as it was deployed until the next deploy: sentences. */
  readonly warnings: readonly string[]
}

/**
 * Checks a configuration folder and puts it in force: the next cycle uses it (behaviour §11.2). Throws `ConfigurationFault`
 * for any error in the folder, `UsageError` for what takes a deploy or `yes`; nothing is put in force then. Throws where
 * somebody else was first; the same push again completes it.
 */
export async function pushConfiguration(where: Where, options: PushOptions = {}): Promise<Pushed> {
  const flags = flagsOf(where)
  const place = placeOf(flags, process.env)
  const who = signature(options.by ?? signerOf(process.env, place.kind !== 'local'), options.comment)
  const folder = configDirOf(flags.config, process.env)
  const lists = options.edges === undefined ? null : planEdgeLists(folder, options.edges)
  const snapshot = lists === null ? folderSnapshot(flags, process.env) : snapshotAt(plannedSource(folder, lists))
  const readings = pushableReadings(snapshot, flags, process.env)
  const { networks, warnings } = await withStorage(storageAt(place, process.env), false, async storage => {
    const plan = await planPush(readings, storage, place, flags.dnet === undefined)
    insist(plan.deploy, plan.yes, options.yes === true)
    if (lists !== null) await writePlanned(folder, lists)
    return { networks: await carryOut(plan, who, storage), warnings: plan.stays }
  })
  const conflict = networks.find(({ action }) => action === 'conflict')
  if (conflict === undefined) return { networks, edges: lists?.fates ?? null, warnings }
  const changed = networks.filter(({ action }) => action === 'pushed').map(one => one.network)
  throw new Error(conflictWords(conflict, changed))
}

export interface RollbackOptions {
  /** The beginning of its hash, as `configurationLog` has it; left out: the configuration before. */
  readonly hash?: string
  readonly comment?: string
  /** The user of this process unless another is named. */
  readonly by?: string
  /** Also where more than half of the network's edges leave, or fewer than `edge_count` are left. */
  readonly yes?: boolean
}

/** What a rollback put in force; `previous`: the hash of what was in force before. */
export interface RolledBack {
  readonly network: string
  readonly action: 'rolled back' | 'unchanged'
  readonly hash: string
  readonly previous: string | null
  /** What stays as it was deployed until the next deploy: sentences. */
  readonly warnings: readonly string[]
}

/**
 * Puts an earlier configuration of one network in force again (behaviour §11.6). Throws `UsageError` where it is not clear which,
 * or it takes a deploy or `yes`, and where somebody else was first.
 */
export async function rollbackConfiguration(where: Where, options: RollbackOptions = {}): Promise<RolledBack> {
  const place = existingPlaceOf(where, process.env)
  const who = signature(options.by ?? signerOf(process.env, place.kind !== 'local'), options.comment)
  return withStorage(storageAt(place, process.env), false, async storage => {
    const flags = flagsOf(where)
    const plan = await planRollback(options.hash, flags, storage, place)
    const { standing, hash, isInForce } = plan
    const { deploy, yes, stays } = plan.obstacles
    const { network, inUse } = standing
    const facts = { network, hash, previous: inUse?.loaded.hash ?? null, warnings: stays }
    if (isInForce) return { ...facts, action: 'unchanged' }
    insist(deploy, yes, options.yes === true)
    await carryOutRollback(plan, who, storage, { flags, env: process.env, place })
    return { ...facts, action: 'rolled back' }
  })
}

function insist(deploy: readonly string[], yes: readonly string[], isYes: boolean): void {
  const against = [...deploy, ...(isYes ? [] : yes.map(reason => `it takes yes: ${reason}`))]
  if (against.length > 0) throw new UsageError(against.join('; '))
}
