import type { Settings } from '../config/settings.ts'
import { entryOf, type History } from '../history/history.ts'
import type { Assessed } from '../judgement/assess.ts'
import type { Participant } from '../judgement/participants.ts'
import { standingVerdict } from '../judgement/verdict.ts'

/** The brake needs as many edges that fail at once, however small the live set. */
const minFreshFailures = 2

/** An edge as far as the brake has to do with it. */
export interface Braked extends Pick<Participant, 'name' | 'wasIn' | 'verdict'> {
  readonly assessed: Pick<Assessed, 'judgement'>
}

/** What the brake makes of a cycle. */
export interface Braking {
  /** Members of the recorded live set that are freshly failing, in the order given. */
  readonly fresh: readonly string[]
  /** Whether the recorded live set is held for them. */
  readonly isBraked: boolean
}

/**
 * Whether more than the share `brake` of the recorded live set, and at least two members, have been judged `fail` in at most
 * `brake_cycles` recorded cycles in a row, this one included, and are not confirmed by vantage points (behaviour §10.3).
 * `recorded`: the live set before this cycle; `history`: the cycles before this one.
 */
export function brakingOf(
  edges: readonly Braked[],
  recorded: readonly string[],
  history: History,
  settings: Pick<Settings, 'brake' | 'brake_cycles'>,
): Braking {
  if (settings.brake === 0) return { fresh: [], isBraked: false }
  const fresh = edges.filter(edge => isFresh(edge, history, settings.brake_cycles)).map(({ name }) => name)
  // A quotient, as a product such as 0.29 × 100 is less than 29.
  return { fresh, isBraked: fresh.length >= minFreshFailures && fresh.length / recorded.length > settings.brake }
}

function isFresh({ name, wasIn, assessed, verdict }: Braked, history: History, brakeCycles: number): boolean {
  if (!wasIn || assessed.judgement !== 'fail' || verdict?.verdict === 'confirmed') return false
  if (standingVerdict(history, name)?.verdict === 'confirmed') return false
  return earlierFailures(history, name, brakeCycles) < brakeCycles
}

/** In how many recorded cycles in a row, up to the newest, an edge was judged `fail`, counted no further than `max`. */
function earlierFailures(history: History, edge: string, max: number): number {
  let count = 0
  for (const run of history.runs.slice(-max).reverse()) {
    if (entryOf(run, 'edge', edge)?.judgement !== 'fail') break
    count++
  }
  return count
}

/** Whether the live set changed although the brake is on: an order, or an edge that left the list, asked for it. */
export interface BrakeOutcome {
  readonly isExcepted: boolean
}

/** What the brake does, in words that can stand in any sentence. `live`: members of the recorded live set. */
export function brakeWords(
  { fresh }: Braking,
  live: number,
  { brake_cycles }: Pick<Settings, 'brake_cycles'>,
  { isExcepted }: BrakeOutcome,
): string {
  const failed = `${fresh.length} of ${live} live edges failed at once`
  if (isExcepted) return `${failed}, but the set changes all the same for an order or an edge that left the list`
  const span = brake_cycles === 1 ? '1 cycle' : `${brake_cycles} cycles`
  return `${failed} and the brake holds the set for up to ${span}`
}
