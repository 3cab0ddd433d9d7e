import type { Settings } from '../config/settings.ts'
import { inSeconds } from '../domain/micros.ts'
import { isPassing } from '../domain/model.ts'
import { expiryWords, spanWords, utcWords } from '../domain/time-words.ts'
import { streakOf } from '../history/streak.ts'
import type { Participant } from '../judgement/participants.ts'
import type { LiveSet } from '../live-set/live-set.ts'
import { datedAnew, rotationsInWindow } from '../live-set/rotation.ts'
import type { Rule, RuleIn, RuleOut } from '../live-set/select.ts'
import type { Before } from '../state/network-state.ts'

/** Everything that bears on where an edge goes from here. */
export interface OutlookFacts {
  readonly edge: Participant
  readonly rule: Rule
  readonly liveSet: LiveSet
  /** How many of the live edges pass. */
  readonly livePassing: number
  readonly settings: Settings
  readonly stored: Before
  /** Milliseconds. */
  readonly now: number
}

/** What would change where an edge is. */
export interface Outlook {
  /** Whether any one of the changes is enough, or all of them are needed. */
  readonly needs: 'any' | 'all'
  /** Each a sentence without its stop; never empty. */
  readonly changes: readonly string[]
}

/** What would really change where an edge is, and whether all or any of it is needed. */
export function outlookOf(facts: OutlookFacts): Outlook {
  const { edge, rule, liveSet } = facts
  const isIn = liveSet.live.includes(edge.name)
  if ((rule.state === 'in') !== isIn) return any(whenHeldEnds(facts, isIn))
  return rule.state === 'in' ? any(whatEndsIn(rule.by, facts)) : whatEndsOut(rule, facts)
}

function whatEndsIn(by: RuleIn['by'], facts: OutlookFacts): string[] {
  const { edge, settings } = facts
  switch (by) {
    case 'ordered':
      return [
        orderEnd(facts),
        ...(edge.order.mode === 'force' ? [`${failures(facts)}: force holds a passing edge only`] : []),
      ]
    case 'incumbent':
    case 'fill':
    case 'family': {
      const stay = inSeconds(settings.goodenough * settings.stay_factor)
      const slow =
        edge.assessed.judgement === 'pass_threshold'
          ? `a fetch of ${stay} or longer, with a better edge standing by`
          : `a better judged edge; a fetch under ${stay} makes it stay`
      return [failures(facts), slow, 'an order: unavailable']
    }
    case 'up_after':
    case 'last_resort':
      return ['an edge that passes, which takes its place', `${successes(facts)}, which makes it pass and stay`]
  }
}

const any = (changes: readonly string[]): Outlook => ({ needs: 'any', changes })
const all = (changes: readonly string[]): Outlook => ({ needs: changes.length > 1 ? 'all' : 'any', changes })

function whatEndsOut(rule: RuleOut, facts: OutlookFacts): Outlook {
  switch (rule.by) {
    case 'unavailable':
      return all([
        orderEnd(facts),
        ...(isPassing(facts.edge.assessed.judgement) ? [] : [successes(facts)]),
        ...placeIfTaken(facts),
      ])
    case 'no_address':
      return any(['an address: its name must resolve'])
    case 'same_address':
      return any([`${rule.as}, which has the same address, must leave the edge list or be ordered unavailable`])
    case 'family':
      return any([
        `another live edge with an IPv4 address besides ${rule.as}`,
        freePlace(facts),
        'an order: force or blindforce',
      ])
    case 'places_taken':
      return any([freePlace(facts), 'an order: force or blindforce'])
    case 'probe_failed':
      return all(['1 more good probe', ...placeIfTaken(facts)])
    case 'not_judged':
      return all(['a probe that finishes', ...placeIfTaken(facts)])
    case 'failing':
      return any([[successes(facts), ...placeIfTaken(facts)].join(', and '), 'an order: blindforce'])
  }
}

/** "3 more good probes in a row": as many as `up_after` still wants. */
function successes({ edge, settings, stored }: OutlookFacts): string {
  const standing = streakOf(stored.history, 'edge', edge.name, settings.up_after)
  const left = Math.max(1, settings.up_after - standing.successes)
  return `${left} more good ${left === 1 ? 'probe' : 'probes in a row'}`
}

/** "2 more failed probes in a row": as many as `down_after` still allows. */
function failures({ edge, settings, stored }: OutlookFacts): string {
  const standing = streakOf(stored.history, 'edge', edge.name, settings.down_after)
  const left = Math.max(1, settings.down_after - standing.failures)
  return `${left}${standing.failures > 0 ? ' more' : ''} failed ${left === 1 ? 'probe' : 'probes in a row'}`
}

function freePlace({ livePassing, settings }: OutlookFacts): string {
  const places = settings.edge_count
  return livePassing < places
    ? `a free place: ${livePassing} of ${places} are healthy, so the next passing edge comes in`
    : `a free place: ${livePassing} of ${places} are healthy`
}

/** A place that the edge needs, too; nothing where one is free. */
function placeIfTaken(facts: OutlookFacts): string[] {
  return facts.livePassing < facts.settings.edge_count ? [] : [freePlace(facts)]
}

function orderEnd({ edge, now }: OutlookFacts): string {
  const { mode, order } = edge.order
  if (order === null) return `the order for ${edge.name}, given again: it cannot be read, and counts as ${mode}`
  return `the end of the order ${mode} by ${order.by} ("${order.comment}"): it ${expiryWords(order.expires, now)}`
}

/** The decision about it was not carried out: what lets it through. */
function whenHeldEnds({ stored, settings, now, liveSet }: OutlookFacts, isIn: boolean): string[] {
  const then = isIn ? 'it then leaves' : 'it then comes in'
  if (liveSet.decided.length === 0) return ['an edge that can be live: until then nothing is published']
  // What nobody holds back was only ordered or set after the last cycle.
  if (liveSet.answer !== 'suppressed') return [`the next cycle: ${then}`]
  if (liveSet.isBraked) return [`the next cycles: ${liveSet.braked}; ${then}, unless more edges fail`]
  if (liveSet.isFrozen) return [`${freezeEnd(stored, now)}; ${then}`]
  const free = budgetFree(stored.rotations, settings, now)
  if (free === null) return [`the next cycle: ${then}`]
  return [`the rotation budget, which is spent until ${utcWords(free)} (${spanWords(free - now)} from now); ${then}`]
}

function freezeEnd({ freeze }: Before, now: number): string {
  if (freeze === null || freeze === 'unreadable')
    return 'a freeze or thaw given again: the freeze cannot be read, and holds'
  return `the end of the freeze by ${freeze.by} ("${freeze.comment}"): it ${expiryWords(freeze.expires, now)}`
}

/** When a spent budget (behaviour §5) lets the next rotation through, in milliseconds; null where it is not spent. */
export function budgetFree(rotations: readonly number[], settings: Settings, now: number): number | null {
  const { dnschange_maxfreq: most, dnschange_window: seconds } = settings
  const dated = datedAnew(rotations, now)
  const count = rotationsInWindow(dated, now, seconds)
  if (most === 0 || count < most) return null
  return Number(dated[dated.length - most]) + seconds * 1000 + 1
}
