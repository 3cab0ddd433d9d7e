import type { Settings } from '../config/settings.ts'
import { isPassing } from '../domain/model.ts'
import { counted } from '../domain/printable.ts'
import { untilWords, utcWords } from '../domain/time-words.ts'
import type { Participant, Participants } from '../judgement/participants.ts'
import { isExpired, isGivenAhead, signature } from '../orders/orders.ts'
import type { Before } from '../state/network-state.ts'
import { brakeWords, brakingOf } from './brake.ts'
import { askBudget, type BudgetAnswer } from './budget.ts'
import { type Candidate, isOrderedLive, type Rule, select } from './select.ts'

/** Which edges are live after this cycle, and what would have been. */
export interface LiveSet {
  /** The set to record and publish; sorted. */
  readonly live: readonly string[]
  /** What behaviour §4 alone gives; empty: nothing can be published. */
  readonly decided: readonly string[]
  readonly recorded: readonly string[]
  readonly rules: ReadonlyMap<string, Rule>
  readonly answer: BudgetAnswer | 'nothing'
  readonly isFrozen: boolean
  /** The brake is on (behaviour §10.3). */
  readonly isBraked: boolean
  /** Why it is, in words that can stand in any sentence; null where it is not. */
  readonly braked: string | null
  /** Why the decided set is held back; null if it is not. */
  readonly held: string | null
  readonly warnings: readonly string[]
}

/** The live set after this cycle: selection, then budget, freeze and brake (behaviour §4, §5, §10.3). */
export function liveSetOf(
  { edges, named }: Pick<Participants, 'edges' | 'named'>,
  before: Before,
  settings: Settings,
  now: number,
): LiveSet {
  const recorded = before.live ?? []
  const selection = select(edges.map(candidateOf), settings)
  const freeze = freezeOf(before, now)
  const braking = brakingOf(edges, recorded, before.history, settings)
  const is = (test: (edge: Participant) => boolean) => (name: string) => {
    const edge = named.get(name)
    return edge !== undefined && test(edge)
  }
  const answer = askBudget({
    now,
    rotations: before.rotations,
    maxfreq: settings.dnschange_maxfreq,
    windowSeconds: settings.dnschange_window,
    isFrozen: freeze.isFrozen,
    isBraked: braking.isBraked,
    recorded,
    decided: selection.live,
    isPassing: is(edge => isPassing(edge.assessed.judgement)),
    isUnavailable: is(edge => edge.order.mode === 'unavailable'),
    isOrderedLive: is(takesOrderedPlace),
    isConfigured: name => named.has(name),
  })
  const isExcepted = answer === 'rotate'
  const braked = braking.isBraked ? brakeWords(braking, recorded.length, settings, { isExcepted }) : null
  const warnings = [...freeze.warnings, ...selection.warnings]
  const states = { isFrozen: freeze.isFrozen, isBraked: braking.isBraked, braked }
  const common = { decided: selection.live, recorded, rules: selection.rules, ...states }
  if (selection.live.length === 0) return { ...common, live: recorded, answer: 'nothing', held: null, warnings }
  if (answer !== 'suppressed') return { ...common, live: selection.live, answer, held: null, warnings }
  const budget = `the budget of ${counted(settings.dnschange_maxfreq, 'rotation')} in ${settings.dnschange_window} s is spent`
  const held = braked ?? (freeze.isFrozen ? 'the network is frozen' : budget)
  return { ...common, live: recorded, answer, held, warnings }
}

/** Whether an order makes this edge live (behaviour §4.1). */
export function takesOrderedPlace({ order: { mode }, assessed: { judgement } }: Participant): boolean {
  return isOrderedLive({ mode, judgement })
}

function candidateOf(edge: Participant): Candidate {
  const { assessed } = edge
  return {
    name: edge.name,
    address: edge.address,
    mode: edge.order.mode,
    outcome: assessed.probe.outcome,
    judgement: assessed.judgement,
    waitsForUpAfter: assessed.waitsForUpAfter,
    average: assessed.all,
    isLive: edge.wasIn,
  }
}

/** Whether an operator's freeze holds at `now` (milliseconds); an unreadable one does (behaviour §8.5). */
export function isFrozen(freeze: Before['freeze'], now: number): boolean {
  return freeze === 'unreadable' || (freeze !== null && !isExpired(freeze.expires, now))
}

/** An unreadable freeze holds, like a good one, until an operator gives it again: nothing changes without need. */
function freezeOf({ freeze }: Before, now: number): { isFrozen: boolean; warnings: string[] } {
  if (freeze === null) return { isFrozen: false, warnings: [] }
  if (freeze === 'unreadable') {
    return { isFrozen: true, warnings: ['the freeze cannot be read: it counts as given; thaw or freeze again'] }
  }
  if (isExpired(freeze.expires, now)) {
    return { isFrozen: false, warnings: [`the freeze ${signature(freeze)} expired at ${utcWords(freeze.expires)}`] }
  }
  const until = untilWords(freeze.expires)
  const ahead = `the freeze is dated ahead of the clock, ${utcWords(freeze.since)}: freeze again, or thaw`
  const warnings = [`the network is frozen${until} ${signature(freeze)}`]
  return { isFrozen: true, warnings: isGivenAhead(freeze, now) ? [...warnings, ahead] : warnings }
}
