import { randomBytes } from 'node:crypto'
import { clockSkewMs, closestStartsSeconds, longestLockSeconds } from '../../core/run-limits.ts'
import type { BeginRequest, Lease } from '../../cycle/ports.ts'
import { stateKey } from './keys.ts'
import type { Item, Rows, Update } from './rows.ts'
import { decodeState, type State } from './state-item.ts'

/** A run that starts sooner after the last one started is too soon (behaviour §8.2). */
const soonestMs = closestStartsSeconds * 1000

/**
 * No lease lasts longer than an hour (the library's `lock`), and none begins ahead of now: one that does was told by a
 * clock that was wrong, by more than clocks may differ, and stands in nobody's way.
 */
const absurdMs = longestLockSeconds * 1000 + clockSkewMs
const isFree =
  '(NOT attribute_type(leaseUntil, :number) OR leaseUntil <= :now OR leaseUntil > :absurd OR leaseFrom > :ahead)'

/** What taking the lease gave: the whole item as it is now, or why it is not to be had. */
export type Taken =
  | { readonly status: 'begun'; readonly lease: Lease; readonly item: Item }
  | { readonly status: 'locked' | 'too_soon'; readonly until: number | null }

type Request = Omit<BeginRequest, 'samples'>

/** So often the lease is asked for, where its holder frees it between the refusal and the look at why. */
const mostAttempts = 3

/** Takes the lease and reads STATE in one request. Attributes that cannot be read stand in nobody's way. */
export async function takeLease(rows: Rows, request: Request): Promise<Taken> {
  const { network, now, leaseSeconds } = request
  const lease = { network, run: randomBytes(8).toString('hex'), until: now + leaseSeconds * 1000 }
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const item = await rows.update(stateKey, taking(lease, request))
    if (item !== null) return { status: 'begun', lease, item }
    const why = await whyNot(rows, lease, request)
    if (why !== null) return why
  }
  return { status: 'locked', until: null }
}

function taking({ run, until }: Lease, { now, force, aside = false }: Request): Update {
  // A start that lies far ahead was told by a clock that was wrong; one just ahead came first and was asked for later.
  const isDue = '(NOT attribute_type(lastStart, :number) OR lastStart <= :soonest OR lastStart > :latest)'
  return {
    expression: `SET #owner = :run, leaseUntil = :until, leaseFrom = :now${aside ? '' : ', lastStart = :now'}, previous = if_not_exists(version, :none), version = :run`,
    condition: force ? isFree : `${isFree} AND ${isDue}`,
    names: { '#owner': 'owner' },
    values: {
      ':run': { S: run },
      ':until': { N: String(until) },
      ':now': { N: String(now) },
      ':absurd': { N: String(now + absurdMs) },
      ':ahead': { N: String(now + clockSkewMs) },
      ':none': { S: 'none' },
      ':number': { S: 'N' },
      ...(force ? {} : { ':soonest': { N: String(now - soonestMs) }, ':latest': { N: String(now + soonestMs) } }),
    },
  }
}

/** Why the lease is not to be had; null if by now nothing stands in the way any more. */
async function whyNot(rows: Rows, lease: Lease, { now, force }: Request): Promise<Taken | null> {
  const item = (await rows.get(stateKey)) ?? {}
  const state = decodeState(item)
  const { owner, leaseUntil, lastStart } = state
  // The first answer was lost and the client asked again: the lease is ours.
  if (owner === lease.run) return { status: 'begun', lease, item }
  if (leaseUntil !== null && isHeld(state, now)) return { status: 'locked', until: leaseUntil }
  const isSoon = lastStart !== null && lastStart > now - soonestMs && lastStart <= now + soonestMs
  return isSoon && !force ? { status: 'too_soon', until: lastStart + soonestMs } : null
}

/** Whether a lease stands in the way at `now` (milliseconds): it has not ended, and no wrong clock has dated it. */
export function isHeld({ leaseUntil, leaseFrom }: Pick<State, 'leaseUntil' | 'leaseFrom'>, now: number): boolean {
  const isAbsurd = Number(leaseUntil) > now + absurdMs || Number(leaseFrom) > now + clockSkewMs
  return leaseUntil !== null && leaseUntil > now && !isAbsurd
}

/** Frees the lease of a run that could not go on; leaves everything else as it is. */
export async function freeLease(rows: Rows, lease: Lease): Promise<void> {
  await rows.update(stateKey, {
    expression: 'REMOVE #owner, leaseUntil',
    condition: '#owner = :run',
    names: { '#owner': 'owner' },
    values: { ':run': { S: lease.run } },
  })
}

/** The same, tried a few times; never rejects: where nothing helps, the lease ends by itself (behaviour §8.1). */
export async function freeSurely(rows: Rows, lease: Lease): Promise<void> {
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    try {
      return await freeLease(rows, lease)
    } catch {
      // The first trouble is the one to tell.
    }
  }
}
