import { clock } from '../../adapters/time/clock.ts'
import { loadFiles } from '../../core/config/loaded.ts'
import type { ConfigEvent, Desired } from '../../core/config/pointer.ts'
import { formatProblem } from '../../core/config/problem.ts'
import { UsageError } from '../../core/domain/errors.ts'
import type { PushObstacles } from '../../core/operation/push-rules.ts'
import { readBundle } from '../../cycle/configuration/bundles.ts'
import { eventOf, movePointer } from '../../cycle/configuration/move-pointer.ts'
import { viewFolder } from '../folder-view.ts'
import { configDirOf } from '../naming.ts'
import type { NetworkFlags } from '../network-flags.ts'
import type { NetworkInForce } from '../network-in-force.ts'
import { compiledAt, type Storage } from '../open-storage.ts'
import type { Place } from '../target.ts'
import { obstaclesFor } from './obstacles.ts'
import { earlier } from './push.ts'
import { standings } from './standings.ts'

/** A rollback looks this many entries of the log back. */
const maxEntries = 1_000

/** The log of a network, the newest first, with what a kill kept from being entered. */
export async function logOf(network: string, { configurations }: Storage, limit: number): Promise<ConfigEvent[]> {
  const [entries, { pointer }] = await Promise.all([configurations.log(network, limit), configurations.read(network)])
  const all = [...entries]
  if (
    pointer !== null &&
    pointer !== 'unreadable' &&
    !entries.some(one => one.at === pointer.at && one.hash === pointer.hash)
  ) {
    all.push(eventOf(pointer))
  }
  const sorted = all.sort((a, b) => b.at - a.at)
  // A deploy that a cycle could note only in part is noted once more by the next.
  const isAgain = (one: ConfigEvent, older: ConfigEvent | undefined) =>
    one.what === 'deploy' && older?.what === 'deploy' && older.hash === one.hash
  return sorted.filter((one, at) => !isAgain(one, sorted[at + 1])).slice(0, limit)
}

/** What a rollback would do, and what prevents it. */
export interface RollbackPlan {
  readonly standing: NetworkInForce
  readonly hash: string
  readonly obstacles: PushObstacles
  /** It is in force already. */
  readonly isInForce: boolean
}

/**
 * Plans to put an earlier bundle of one network in force: the one whose hash begins with `asked`, or the one before (left out).
 * Reads only. Throws `UsageError` where that is not one network or not one bundle, and where it cannot be used.
 */
export async function planRollback(
  asked: string | undefined,
  which: { readonly dnet?: string },
  storage: Storage,
  place: Place,
): Promise<RollbackPlan> {
  const [standing, ...others] = await standings(which, storage, place)
  if (standing === undefined || others.length > 0) {
    throw new UsageError(`say which network with -A: ${[standing, ...others].map(one => one?.network).join(', ')}`)
  }
  const hash = await rollbackTarget(standing, asked, storage)
  const obstacles = await checkRollback(standing, hash, storage, place)
  const isInForce = standing.wanted === hash && standing.inUse?.loaded.hash === hash
  return { standing, hash, obstacles, isInForce }
}

/** The bundle that a rollback is to put in force: the one that begins so, or the one before. Throws `UsageError`. */
async function rollbackTarget(standing: NetworkInForce, asked: string | undefined, storage: Storage): Promise<string> {
  const { network, desired } = standing
  const current = standing.wanted
  const entries = await logOf(network, storage, maxEntries)
  const known = [
    ...new Set([...previousOf(desired), ...entries.flatMap(({ hash, previous }) => [hash, previous])]),
  ].flatMap(hash => hash ?? [])
  if (asked === undefined) {
    const [before] = known.filter(hash => hash !== current)
    if (before === undefined) throw new UsageError(`${network}: nothing else was ever in force`)
    return before
  }
  if (!/^[0-9a-f]{6,64}$/.test(asked))
    throw new UsageError(`${asked} is not the hash of a configuration: 6 hexadecimal digits or more`)
  const found = known.filter(hash => hash.startsWith(asked))
  if (found.length === 1) return found[0] as string
  if (found.length > 1)
    throw new UsageError(`${asked} fits several configurations: ${found.map(hash => hash.slice(0, 12)).join(', ')}`)
  if (asked.length === 64) return asked
  throw new UsageError(`${network}: no configuration ${asked} was ever in force (edgemanage config log lists them)`)
}

function previousOf({ pointer }: Desired): (string | undefined)[] {
  return pointer === null || pointer === 'unreadable' ? [] : [pointer.previous?.hash]
}

/** Checks an earlier bundle, and says what prevents it. Throws where it cannot be used. */
async function checkRollback(
  standing: NetworkInForce,
  hash: string,
  storage: Storage,
  place: Place,
): Promise<PushObstacles> {
  const { network } = standing
  const read = await readBundle(storage.bucket, network, hash)
  if (read.is !== 'whole') throw new Error(`${network}: ${hash.slice(0, 12)} cannot be put in force: ${read.reason}`)
  const checked = loadFiles(hash, network, read.files)
  if ('errors' in checked) {
    throw new Error(`${network}: ${hash.slice(0, 12)} is invalid now: ${checked.errors.map(formatProblem).join('; ')}`)
  }
  return obstaclesFor(standing, checked.loaded.network, storage, place)
}

/**
 * The bundle of this machine's folder, where that is what is rolled back from: the folder then counts as taken up, so that the
 * rollback holds until it changes (behaviour §11.7), even where no cycle has seen it yet. Null where it is another, or on AWS.
 */
async function folderRolledBack(
  { network, wanted }: NetworkInForce,
  flags: NetworkFlags,
  env: NodeJS.ProcessEnv,
  place: Place,
): Promise<string | null> {
  if (place.kind !== 'local') return null
  const look = (await viewFolder(configDirOf(flags.config, env), compiledAt(place))).look(network)
  return look.is === 'valid' && look.loaded.hash === wanted ? wanted : null
}

/** Carries out what was planned for these flags at this place. Throws where somebody else was first. */
export async function carryOutRollback(
  { standing, hash }: Pick<RollbackPlan, 'standing' | 'hash'>,
  who: { readonly by: string; readonly comment: string },
  storage: Storage,
  { flags, env, place }: { readonly flags: NetworkFlags; readonly env: NodeJS.ProcessEnv; readonly place: Place },
): Promise<void> {
  const folder = await folderRolledBack(standing, flags, env, place)
  if (await rollBack(standing, hash, who, storage, folder)) return
  throw new Error(`${standing.network}: somebody else was first; nothing was changed`)
}

/** Puts an earlier bundle in force; false where somebody else was first. `folder`: as `folderRolledBack` says. */
export async function rollBack(
  standing: NetworkInForce,
  hash: string,
  who: { readonly by: string; readonly comment: string },
  storage: Storage,
  folder: string | null = null,
): Promise<boolean> {
  const { configurations } = storage
  const { network, desired, deployed } = standing
  const entries = await logOf(network, storage, maxEntries)
  const source = entries.find(entry => entry.hash === hash && entry.source !== undefined)?.source ?? null
  const move = { what: 'rollback', network, hash, deployed, source, ...(folder === null ? {} : { folder }) } as const
  const signed = { ...who, at: clock() }
  return movePointer({ ...move, signed, inForce: earlier(standing) }, desired, configurations.newId(), configurations)
}
