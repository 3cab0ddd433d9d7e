import { randomBytes } from 'node:crypto'
import { clockSkewMs, maxLockSeconds, minStartsApartSeconds } from '../../core/domain/limits.ts'
import type { BeginRequest, Lease } from '../../cycle/ports/ports.ts'
import { stateKey } from './keys.ts'
import type { Condition, Item, Rows, Update } from './rows.ts'
import { decodeState, type State } from './state-item.ts'

/** A run that starts sooner after the last one started is too soon (behaviour §8.2). */
const soonestMs = minStartsApartSeconds * 1000

/**
 * No lease lasts longer than an hour (the library's `lock`), and none begins ahead of now: one that does was told by a
 * clock that was wrong, by more than clocks may differ, and blocks nothing.
 */
const absurdMs = maxLockSeconds * 1000 + clockSkewMs

/** What taking the lease gave: the whole item as it is now, or why it is not to be had. */
export type Taken =
  | { readonly status: 'begun'; readonly lease: Lease; readonly item: Item }
  | { readonly status: 'locked' | 'too_soon'; readonly until: number | null }

type Request = Omit<BeginRequest, 'samples'>

/** So often the lease is asked for, where its holder frees it between the refusal and the look at why. */
const maxAttempts = 3

/** Takes the lease and reads STATE in one request. Attributes that cannot be read block nothing. */
export async function takeLease(rows: Rows, request: Request): Promise<Taken> {
  const { network, now, leaseSeconds } = request
  const lease = { network, run: randomBytes(8).toString('hex'), until: now + leaseSeconds * 1000 }
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const item = await rows.update(stateKey, taking(lease, request))
    if (item !== null) return { status: 'begun', lease, item }
    const why = await whyNot(rows, lease, request)
    if (why !== null) return why
  }
  return { status: 'locked', until: null }
}

function taking({ run, until }: Lease, { now, force, aside = false }: Request): Update {
  const isOver = outside('leaseUntil', now, now + absurdMs)
  const isAhead: Condition = { is: 'above', attribute: 'leaseFrom', number: now + clockSkewMs }
  const isFree: Condition = { is: 'any', of: [isOver, isAhead] }
  // A start that lies far ahead was told by a clock that was wrong; one just ahead came first and was asked for later.
  const isDue = outside('lastStart', now - soonestMs, now + soonestMs)
  return {
    when: force ? isFree : { is: 'all', of: [isFree, isDue] },
    set: {
      owner: { S: run },
      leaseUntil: { N: String(until) },
      leaseFrom: { N: String(now) },
      ...(aside ? {} : { lastStart: { N: String(now) } }),
      version: { S: run },
    },
    copy: { previous: { from: 'version', otherwise: { S: 'none' } } },
  }
}

/** The attribute is not a number, at most the first one, or above the second. */
function outside(attribute: string, atMost: number, above: number): Condition {
  return {
    is: 'any',
    of: [
      { is: 'no-number', attribute },
      { is: 'at-most', attribute, number: atMost },
      { is: 'above', attribute, number: above },
    ],
  }
}

/** The lease is still held by this run. */
export function isHeldBy({ run }: Lease): Condition {
  return { is: 'text', attribute: 'owner', text: run }
}

/** Why the lease is not to be had; null if by now nothing prevents it any more. */
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

/** Whether a lease prevents a run at `now` (milliseconds): it has not ended, and no wrong clock has dated it. */
export function isHeld({ leaseUntil, leaseFrom }: Pick<State, 'leaseUntil' | 'leaseFrom'>, now: number): boolean {
  const isAbsurd = Number(leaseUntil) > now + absurdMs || Number(leaseFrom) > now + clockSkewMs
  return leaseUntil !== null && leaseUntil > now && !isAbsurd
}

/** Frees the lease of a run that could not go on; leaves everything else as it is. */
export async function freeLease(rows: Rows, lease: Lease): Promise<void> {
  await rows.update(stateKey, { when: isHeldBy(lease), set: {}, remove: ['owner', 'leaseUntil'] })
}

/** The same, tried a few times; never rejects: where nothing helps, the lease ends by itself (behaviour §8.1). */
export async function freeSurely(rows: Rows, lease: Lease): Promise<void> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    try {
      return await freeLease(rows, lease)
    } catch {
      // The first trouble is the one to tell.
    }
  }
}
