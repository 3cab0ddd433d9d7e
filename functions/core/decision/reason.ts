import type { Settings } from '../config/settings.ts'
import { inSeconds, microsOf } from '../domain/micros.ts'
import { isPassing } from '../domain/model.ts'
import { untilWords } from '../domain/time-words.ts'
import { failedWords } from '../history/failure-words.ts'
import type { Verdict } from '../history/run.ts'
import { meanSeconds, type Total } from '../history/total.ts'
import type { Assessed } from '../judgement/assess.ts'
import type { Rule, RuleIn, RuleOut } from '../live-set/select.ts'
import { type EffectiveOrder, signature } from '../orders/orders.ts'
import { verdictWords } from './sight-words.ts'

/** Everything a sentence about one edge may draw on. */
export interface ReasonFacts {
  readonly assessed: Assessed
  readonly order: EffectiveOrder
  readonly rule: Rule
  readonly settings: Settings
  /** Whether it was in the recorded live set before this cycle. */
  readonly wasIn: boolean
  /** What vantage points made of its failure; null if they had nothing to do with it. */
  readonly verdict: Verdict | null
  /** Why the decision about this edge was not carried out; null if it was. */
  readonly held: string | null
}

/** Why an edge is where it is, in one sentence an operator understands: what was seen, then what follows. */
export function reasonOf(facts: ReasonFacts): string {
  const { rule, order, wasIn, held } = facts
  const place = rule.state === 'in' ? whyIn(rule.by, order, wasIn) : whyOut(rule, order, facts.settings)
  const sentence = `${observation(facts)}; ${place}`
  return held === null ? sentence : `${sentence}; ${held}`
}

/** What the probe and the samples showed: "refused 3 times in 0.02 s", "0.12 s, under goodenough (0.5 s)". */
export function observation({ assessed, settings, verdict }: Pick<ReasonFacts, 'assessed' | 'settings' | 'verdict'>) {
  const { probe, judgement } = assessed
  if (probe.outcome === 'skipped') return `not probed to the end in this cycle (${probe.detail})`
  if (probe.outcome === 'ok') return answered(probe.fetchMicros, assessed, settings)
  const took = failedWords(probe)
  if (verdict !== null) return `${took}: ${verdictWords(verdict)}`
  if (!isPassing(judgement)) return took
  return `${took}, failure ${assessed.standing.failures + 1} of the ${settings.down_after} it takes to fail`
}

function answered(micros: number, assessed: Assessed, settings: Settings): string {
  const time = inSeconds(micros / 1e6)
  const goodenough = `goodenough (${inSeconds(settings.goodenough)})`
  switch (assessed.judgement) {
    case 'pass_threshold':
      return micros < microsOf(settings.goodenough)
        ? `${time}, under ${goodenough}`
        : `${time}, over ${goodenough} by no more than stay_factor ${settings.stay_factor} grants a live edge`
    case 'pass_window':
      return `${time}, but ${mean(assessed.window)} on average in the last ${settings.history.window} s`
    case 'pass_average':
      return `${time}, but ${mean(assessed.all)} on average`
    case 'pass':
      return `${time}, over ${goodenough}, ${mean(assessed.all)} on average`
    default:
      return `${time}, good probe ${assessed.standing.successes + 1} of the ${settings.up_after} it takes to pass again`
  }
}

function mean(total: Total): string {
  return inSeconds(Number(meanSeconds(total)))
}

function whyIn(by: RuleIn['by'], order: EffectiveOrder, wasIn: boolean): string {
  switch (by) {
    case 'ordered':
      return orderWords(order)
    case 'incumbent':
      return 'stays live'
    case 'fill':
      return wasIn ? 'stays live' : 'takes a free place'
    case 'up_after':
      return wasIn ? 'stays live for want of passing edges' : 'live for want of passing edges, as it answers'
    case 'last_resort':
      return 'stays live for want of passing edges'
    case 'family':
      return `${wasIn ? 'stays' : 'comes in'} so that the zones have an IPv4 address`
  }
}

function whyOut(rule: RuleOut, order: EffectiveOrder, settings: Settings): string {
  switch (rule.by) {
    case 'unavailable':
      return orderWords(order)
    case 'no_address':
      return 'no address of it is known'
    case 'same_address':
      return `has the same address as ${rule.as}, which takes part`
    case 'family':
      return `gives its place to ${rule.as}, so that the zones have an IPv4 address`
    case 'places_taken':
      return `not needed: ${settings.edge_count === 1 ? 'the place is' : `all ${settings.edge_count} places are`} taken`
    case 'probe_failed':
      return 'does not come in on a failed probe'
    case 'not_judged':
      return 'never judged yet'
    case 'failing':
      return 'out while it fails'
  }
}

/** "ordered force until … by root: "maintenance"". */
function orderWords({ mode, order }: EffectiveOrder): string {
  if (order === null) return `its order cannot be read: counts as ${mode}`
  const until = untilWords(order.expires)
  return `ordered ${mode}${until} ${signature(order)}`
}

/** The reason of one that came or went, with who took or left the place: "…; replaced by edge7, 0.12 s on average". */
export function changeReason(
  reason: string,
  other: string | undefined,
  otherAverage: Total,
  side: 'in' | 'out',
): string {
  if (other === undefined) return reason
  const average = otherAverage.count === 0 ? '' : `, ${mean(otherAverage)} on average`
  return `${reason}; ${side === 'out' ? 'replaced by' : 'replaces'} ${other}${average}`
}
