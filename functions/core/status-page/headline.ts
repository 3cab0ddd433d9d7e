import { inForceWords, rejectedWords, takenIn } from '../config/taking.ts'
import { isPassing } from '../domain/model.ts'
import { spanWords, utcWords } from '../inspect/time-words.ts'
import { rotationsInWindow } from '../live-set/budget.ts'
import { isExpired, isoTime, signature } from '../orders/orders.ts'
import type { Tone } from './edge-rows.ts'
import type { Seen } from './facts.ts'
import { counted } from './words.ts'

/** One sentence that matters, and how much. */
export interface Notice {
  readonly tone: Tone
  readonly text: string
}

/** A figure with its name. */
export interface Figure {
  readonly label: string
  readonly value: string
}

/** A cycle that is overdue for this many of its own intervals is missed. */
const staleIntervals = 3

/**
 * The state of the network in one sentence: the first thing to read. It is never good news beside a notice that is not: what
 * is old, held or broken may be otherwise by now.
 */
export function headlineOf(facts: Seen): Notice {
  const headline = edgesIn(facts)
  if (headline.tone !== 'good') return headline
  const tones = noticesOf(facts).map(({ tone }) => tone)
  const worst = (['bad', 'fair'] as const).find(tone => tones.includes(tone))
  if (worst === undefined) return headline
  const text = isStale(facts) ? `When last looked at: ${headline.text}` : headline.text
  return { tone: worst, text }
}

/** Whether no cycle has come to its end for longer than it should be. */
export function isStale({ lastCycle, network, now }: Pick<Seen, 'lastCycle' | 'network' | 'now'>): boolean {
  return lastCycle !== null && now - lastCycle > staleIntervals * network.settings.run_frequency * 1000
}

function edgesIn(facts: Seen): Notice {
  const { last, wanted } = facts
  if (last === null) return { tone: 'quiet', text: 'No cycle has been recorded yet.' }
  const live = last.edges.filter(edge => edge.state === 'in')
  const passing = live.filter(edge => isPassing(edge.judgement)).length
  const failing = live.length - passing
  if (live.length === 0) return { tone: 'bad', text: 'No edge is live.' }
  if (passing === 0) {
    const text = live.length === 1 ? 'The live edge does not pass.' : `None of the ${live.length} live edges passes.`
    return { tone: 'bad', text }
  }
  if (passing < wanted) {
    const words = failing === 0 ? '' : `, ${failing} ${failing === 1 ? 'fails' : 'fail'}`
    const isBraked = last.liveSet.isBraked
    const tone = isBraked ? 'bad' : 'fair'
    return {
      tone,
      text: `${isBraked ? 'Braked. ' : ''}Shortage: ${passing} of ${wanted} wanted live edges pass${words}.`,
    }
  }
  const text = `${live.length === 1 ? 'The live edge passes' : `All ${live.length} live edges pass`}.`
  return failing === 0
    ? { tone: 'good', text }
    : { tone: 'fair', text: `${passing} of ${live.length} live edges pass.` }
}

/** Everything loud: staleness, a freeze, a cycle that did not go well, what is due, a spent budget, damaged items. */
export function noticesOf(facts: Seen): Notice[] {
  return [
    ...aboutAge(facts),
    ...aboutConfiguration(facts),
    ...aboutTheBrake(facts),
    ...aboutDisputes(facts),
    ...aboutFreeze(facts),
    ...aboutLastCycle(facts),
    ...aboutBudget(facts),
    ...aboutZones(facts),
    ...aboutState(facts),
  ]
}

function aboutAge(facts: Seen): Notice[] {
  const { lastCycle, now } = facts
  if (lastCycle === null || !isStale(facts)) return []
  const text = `Stale: the last cycle started ${spanWords(now - lastCycle)} ago. Nobody watches the edges; what you see is old.`
  return [{ tone: 'bad', text }]
}

/** Loud, as nobody decided it: what is published may not answer. */
function aboutTheBrake({ last }: Seen): Notice[] {
  if (last === null || !last.liveSet.isBraked) return []
  return [{ tone: 'bad', text: `Braked: ${last.liveSet.braked}. If they are down, the set is replaced after that.` }]
}

function aboutDisputes({ last }: Seen): Notice[] {
  const disputed = last?.edges.filter(edge => edge.disputed === true).map(({ edge }) => edge) ?? []
  if (disputed.length === 0) return []
  const fails = disputed.length === 1 ? 'fails here, but answers' : 'fail here, but answer'
  return [{ tone: 'fair', text: `Disputed: ${disputed.join(', ')} ${fails} from other regions.` }]
}

function aboutConfiguration({ stored }: Seen): Notice[] {
  const taken = takenIn(stored.desired)
  const words = taken === null ? null : rejectedWords(taken)
  return words === null ? [] : [{ tone: 'bad', text: `Configuration rejected: ${words}.` }]
}

function aboutFreeze({ stored: { freeze }, now }: Seen): Notice[] {
  if (freeze === null) return []
  if (freeze === 'unreadable')
    return [{ tone: 'bad', text: 'Frozen: by an order that cannot be read. Thaw or freeze anew.' }]
  if (isExpired(freeze.expires, now)) return [{ tone: 'fair', text: `A freeze expired at ${isoTime(freeze.expires)}.` }]
  const ends = freeze.expires === null ? 'without end' : `for another ${spanWords(freeze.expires - now)}`
  return [{ tone: 'fair', text: `Frozen ${ends}, ${signature(freeze)}. The live set is held.` }]
}

function aboutLastCycle({ lastStatus, lastCycle }: Seen): Notice[] {
  if (lastCycle === null) return []
  switch (lastStatus) {
    case 'failed':
      return [{ tone: 'bad', text: 'The last cycle failed; its log says why.' }]
    case 'blind':
      return [
        { tone: 'bad', text: 'Blind: no reference answered in the last cycle, so nothing was judged or published.' },
      ]
    case 'no_edges':
      return [{ tone: 'bad', text: 'No edge could be live in the last cycle; what is published stays.' }]
    default:
      return []
  }
}

function aboutBudget(facts: Seen): Notice[] {
  if (budgetLeft(facts) !== 0) return []
  const { dnschange_maxfreq, dnschange_window } = facts.network.settings
  const text = `The budget of ${counted(dnschange_maxfreq, 'rotation')} in ${dnschange_window} s is spent: the live set is held.`
  return [{ tone: 'fair', text }]
}

function aboutZones({ network, stored }: Seen): Notice[] {
  const faulty = network.zones.filter(({ include }) => include === null).length
  const due = network.zones.filter(({ name }) => stored.zones.get(name)?.due === true).length
  return [
    ...(faulty === 0
      ? []
      : [{ tone: 'bad', text: `${counted(faulty, 'zone')} with a faulty include: see below.` } as const]),
    ...(due === 0 ? [] : [{ tone: 'bad', text: `${counted(due, 'zone')} due: writes were not confirmed.` } as const]),
  ]
}

function aboutState({ stored }: Seen): Notice[] {
  return stored.warnings.map(warning => ({ tone: 'fair', text: `${warning}.` }))
}

/** Rotations that are still allowed now; null where they are not limited. */
function budgetLeft({ network, stored, now }: Seen): number | null {
  const { dnschange_maxfreq, dnschange_window } = network.settings
  if (dnschange_maxfreq === 0) return null
  return Math.max(0, dnschange_maxfreq - rotationsInWindow(stored.rotations, now, dnschange_window))
}

/** The figures beside the headline. */
export function figuresOf(facts: Seen): Figure[] {
  const { stored, lastCycle, now, wanted, network, last } = facts
  const left = budgetLeft(facts)
  const rotated = stored.rotations.at(-1)
  const { settings } = network
  const judged = last?.edges ?? []
  const taken = takenIn(stored.desired)
  const ready = judged.filter(edge => edge.state === 'out' && edge.judgement === 'pass_threshold').length
  return [
    { label: 'live', value: `${stored.live?.length ?? 'unknown'} of ${wanted}` },
    { label: 'unchanged for', value: rotated === undefined ? '–' : spanWords(now - rotated) },
    { label: 'standing by, good', value: String(ready) },
    { label: 'last cycle', value: lastCycle === null ? 'never' : `${spanWords(now - lastCycle)} ago` },
    {
      label: `rotations left in ${spanWords(settings.dnschange_window * 1000)}`,
      value: left === null ? 'unlimited' : `${left} of ${settings.dnschange_maxfreq}`,
    },
    { label: 'goodenough', value: `${settings.goodenough} s` },
    ...(taken === null ? [] : [{ label: 'configuration', value: inForceWords(taken) }]),
    { label: 'as of', value: utcWords(now) },
  ]
}
