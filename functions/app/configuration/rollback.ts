import { clock } from '../../adapters/time/clock.ts'
import { loadFiles } from '../../core/config/loaded.ts'
import type { ConfigEvent, Desired } from '../../core/config/pointer.ts'
import { formatProblem } from '../../core/config/problem.ts'
import { obstaclesBetween, type PushObstacles } from '../../core/operation/push-rules.ts'
import { readBundle } from '../../cycle/configuration/bundles.ts'
import { eventOf, movePointer } from '../../cycle/configuration/move-pointer.ts'
import { UsageError } from '../errors.ts'
import type { NetworkInForce } from '../network-in-force.ts'
import type { Storage } from '../open-storage.ts'
import type { Place } from '../target.ts'
import { earlier } from './push.ts'

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

/** The bundle that a rollback is to put in force: the one that begins so, or the one before. Throws `UsageError`. */
export async function rollbackTarget(
  standing: NetworkInForce,
  asked: string | undefined,
  storage: Storage,
): Promise<string> {
  const { network, desired } = standing
  const current = standing.wanted
  const entries = await logOf(network, storage, 1_000)
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
    throw new UsageError(`${asked} is not enough: ${found.map(hash => hash.slice(0, 12)).join(', ')}`)
  if (asked.length === 64) return asked
  throw new UsageError(`${network}: no configuration ${asked} was ever in force (edgemanage config log lists them)`)
}

function previousOf({ pointer }: Desired): (string | undefined)[] {
  return pointer === null || pointer === 'unreadable' ? [] : [pointer.previous?.hash]
}

/** Checks an earlier bundle, and says what stands in its way. Throws where it cannot be used. */
export async function checkRollback(
  { network, inUse }: NetworkInForce,
  hash: string,
  { bucket }: Storage,
  place: Place,
): Promise<PushObstacles> {
  const read = await readBundle(bucket, network, hash)
  if (read.is !== 'whole') throw new Error(`${network}: ${hash.slice(0, 12)} cannot be put in force: ${read.reason}`)
  const checked = loadFiles(hash, network, read.files)
  if ('errors' in checked) {
    throw new Error(`${network}: ${hash.slice(0, 12)} is invalid now: ${checked.errors.map(formatProblem).join('; ')}`)
  }
  if (inUse === null) return { deploy: [], yes: [] }
  const { deploy, yes } = obstaclesBetween(inUse.loaded.network, checked.loaded.network)
  return { deploy: place.kind === 'local' ? [] : deploy, yes }
}

/** Puts an earlier bundle in force; false where somebody else was first. */
export function rollBack(
  standing: NetworkInForce,
  hash: string,
  who: { readonly by: string; readonly comment: string },
  { configurations }: Storage,
): Promise<boolean> {
  const { network, desired, deployed } = standing
  const move = { what: 'rollback', network, hash, deployed, source: null } as const
  const signed = { ...who, at: clock() }
  return movePointer({ ...move, signed, inForce: earlier(standing) }, desired, configurations.newId(), configurations)
}
