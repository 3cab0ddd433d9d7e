/** The words of the system (behaviour, "Words"): what a network is made of and what a cycle finds out about it. */

/** How one probe ended (behaviour §1.8). Everything but `ok` and `skipped` is a failed probe. */
export const outcomes = [
  'ok',
  'timeout',
  'refused',
  'connection_error',
  'tls_error',
  'dns_error',
  'bad_status',
  'verify_failed',
  'skipped',
] as const
export type Outcome = (typeof outcomes)[number]
export type FailedOutcome = Exclude<Outcome, 'ok' | 'skipped'>

/** What is held of an edge, best first (behaviour §3). */
export const judgements = ['pass_threshold', 'pass_window', 'pass_average', 'pass', 'fail'] as const
export type Judgement = (typeof judgements)[number]

/** What an operator wants of an edge; everything but `available` is an order. */
export const modes = ['available', 'force', 'blindforce', 'unavailable'] as const
export type Mode = (typeof modes)[number]
export type OrderedMode = Exclude<Mode, 'available'>

/** A host that serves the test object. `address` is its canonical address when the name is one, else null. */
export interface Edge {
  /** In its canonical form (behaviour §2.4). */
  readonly name: string
  readonly address: string | null
  /** What to look up where that is not the name: a single label with its final dot, to which no search domain applies. */
  readonly lookUp?: string
}

/** An extra address bound to one zone. */
export interface Canary {
  readonly zone: string
  readonly address: string
}

/** An operator's order for one edge; times in milliseconds since 1970. */
export interface Order {
  readonly edge: string
  readonly mode: OrderedMode
  readonly comment: string
  readonly by: string
  readonly since: number
  readonly expires: number | null
}

/** An operator's order for a whole network: hold the live set (behaviour §5). */
export interface Freeze {
  readonly comment: string
  readonly by: string
  readonly since: number
  readonly expires: number | null
}

/** Milliseconds spent in each phase of the attempt that decided a probe; null where it was not reached. */
export interface Phases {
  readonly resolve: number | null
  readonly connect: number | null
  readonly tls: number | null
  readonly firstByte: number | null
  readonly body: number | null
}

interface ProbeFacts {
  /** The address that was probed, canonical; null where no name resolved or no attempt was made. */
  readonly address: string | null
  readonly attempts: number
  /** Seconds from the start of the whole probe to its end; null where that is not known any more. */
  readonly tookSeconds: number | null
  /** A few words for the operator: "refused 3 times", "status 503"; empty when ok. */
  readonly detail: string
  readonly phases: Phases
  /** The answer's status; missing where it had none, or was not probed over HTTP. */
  readonly statusCode?: number
  /** When the certificate that was seen ends, in milliseconds since 1970; missing where none was. */
  readonly certificateExpires?: number
  /** The system's code where the probe was skipped for a failure of the prober's own (behaviour §1.5). */
  readonly ownFault?: string
}

/** The result of one probe. A failure is a value with a reason, never an exception. */
export type Probe =
  | (ProbeFacts & { readonly outcome: 'ok'; readonly fetchMicros: number })
  | (ProbeFacts & { readonly outcome: FailedOutcome | 'skipped' })

export const noPhases: Phases = { resolve: null, connect: null, tls: null, firstByte: null, body: null }

/** The probe of someone who was not reached by the prober at all. */
export function unprobed(detail: string): Probe {
  return { outcome: 'skipped', address: null, attempts: 0, tookSeconds: 0, detail, phases: noPhases }
}

/** Whether a judgement is any `pass…`. */
export function isPassing(judgement: Judgement | null): boolean {
  return judgement !== null && judgement !== 'fail'
}

/** Whether a probe failed: neither ok nor skipped (behaviour §1.8). */
export function isFailure(outcome: Outcome): outcome is FailedOutcome {
  return outcome !== 'ok' && outcome !== 'skipped'
}

/** Orders names by code units, no locale (behaviour, "name"). */
export function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
