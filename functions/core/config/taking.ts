import { firstOf, oneLine } from '../domain/printable.ts'
import { utcWords } from '../domain/time-words.ts'
import type { Candidate } from './in-force.ts'
import type { Loaded } from './loaded.ts'
import type { Desired, Pointer, Rejection, Signed, TakenUp } from './pointer.ts'

/** This many reasons of a rejection are kept; characters of each. */
const maxReasons = 20
const maxReasonLength = 300

/** What a report says about the configuration of its cycle (contract, "Report"). */
export interface ConfigurationReport {
  readonly hash: string
  /** ISO 8601, UTC: when it was put in force. */
  readonly since: string
  readonly by: string
  /** Why the one that should be in force is not used; empty where it is. */
  readonly rejected: readonly string[]
}

/** Reasons as they are kept and told: lines of bounded length, and a bounded number of them. */
export function boundedReasons(reasons: readonly string[]): string[] {
  return firstOf(
    reasons.map(reason => oneLine(reason, maxReasonLength)),
    maxReasons,
    rest => `and ${rest} more`,
  )
}

/** Whether a bundle is known to be invalid for this version of the product: then it is not looked at again. */
export function isKnownInvalid(taken: Desired['taken'], hash: string, version: string): Rejection | null {
  const rejected = taken === null || taken === 'unreadable' ? null : taken.rejected
  return rejected?.isFinal && rejected.hash === hash && rejected.version === version ? rejected : null
}

/** Who put this configuration in force, when and why, as far as is known. `now`: milliseconds. */
export function signedBy({ hash, why }: Candidate, { pointer, taken }: Desired, now: number): Signed {
  const known = taken === 'unreadable' ? null : taken
  const moved = pointer === 'unreadable' ? null : pointer
  const signers: ((Signed & { hash: string }) | null)[] =
    why === 'desired' ? [moved] : [known, why === 'deployed' ? null : (moved?.previous ?? null)]
  const found = signers.find(one => one?.hash === hash)
  return found ? { by: found.by, at: found.at, comment: found.comment } : { by: 'deploy', at: now, comment: '' }
}

/** What is to be kept of a taking up; the item that is there already where nothing has changed. */
export function takenAfter(
  hash: string,
  signed: Signed,
  { deployed, rejected }: Pick<TakenUp, 'deployed' | 'rejected'>,
): TakenUp {
  return { hash, ...signed, deployed, rejected }
}

/** Whether two items say the same. */
export function isSameTaken(a: TakenUp, b: Desired['taken']): boolean {
  if (b === null || b === 'unreadable') return false
  const facts = ({ hash, by, at, comment, deployed, rejected }: TakenUp) =>
    JSON.stringify([hash, by, at, comment, deployed, rejectionFacts(rejected)])
  return facts(a) === facts(b)
}

function rejectionFacts(rejected: Rejection | null): unknown {
  return rejected === null ? null : [rejected.hash, rejected.version, rejected.isFinal, rejected.reasons]
}

/** The warning of every cycle in which another configuration is used than the one that should be; one line. */
export function rejectionWarning(
  rejected: Rejection,
  { pointer }: Desired,
  used: { readonly hash: string; readonly signed: Signed },
): string {
  const owner =
    pointer !== null && pointer !== 'unreadable' && pointer.hash === rejected.hash ? ` of ${pointer.by}` : ''
  const which =
    rejected.hash === null ? 'the desired configuration' : `configuration ${shortHash(rejected.hash)}${owner}`
  const [first, ...others] = rejected.reasons
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  return `${which} is not used: ${first}${more}; ${shortHash(used.hash)} (by ${used.signed.by}) stays in force`
}

/** The warning of the first cycle after a deploy that set a push aside. */
export function asideWarning(pointer: Pointer, deployed: string): string {
  const comment = pointer.comment === '' ? '' : ` ("${pointer.comment}")`
  return `a deploy brought configuration ${shortHash(deployed)}: ${shortHash(pointer.hash)}, pushed by ${pointer.by}${comment}, is set aside; edgemanage config rollback puts it in force again`
}

/** A hash as people see it. */
export function shortHash(hash: string): string {
  return hash.slice(0, 12)
}

/** The report's field about a configuration in use. */
export function configurationReport(
  { hash }: Pick<Loaded, 'hash'>,
  signed: Signed,
  rejected: Rejection | null,
): ConfigurationReport {
  return { hash, since: new Date(signed.at).toISOString(), by: signed.by, rejected: rejected?.reasons ?? [] }
}

/** What the last cycle took up, for those who look; null where none did, or it cannot be read. */
export function takenIn(desired: Desired | undefined): TakenUp | null {
  const taken = desired?.taken ?? null
  return taken === 'unreadable' ? null : taken
}

/** What is in force, since when and by whom, in words: "0123456789ab since 2026-11-28 15:38:02 UTC by root@host". */
export function inForceWords({ hash, at, by }: Pick<TakenUp, 'hash' | 'at' | 'by'>): string {
  return `${shortHash(hash)} since ${utcWords(at)} by ${by}`
}

/** What was rejected and why, in words; null where nothing was. */
export function rejectedWords(taken: TakenUp): string | null {
  const { rejected } = taken
  if (rejected === null) return null
  const which = rejected.hash === null ? 'a changed configuration' : `configuration ${shortHash(rejected.hash)}`
  const [first, ...others] = rejected.reasons
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  return `${which} is not used: ${first}${more}; ${inForceWords(taken)} stays in force`
}
