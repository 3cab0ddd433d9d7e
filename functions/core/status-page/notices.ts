import { rejectedWords, takenIn } from '../config/taking.ts'
import { certificateWarnings } from '../decision/certificates.ts'
import { spanWords, utcWords } from '../domain/time-words.ts'
import { rotationsInWindow } from '../live-set/rotation.ts'
import { isExpired, signature } from '../orders/orders.ts'
import { servedWarnings } from '../publication/served.ts'
import { lateServers } from '../state/served-seen.ts'
import type { Tone } from './edge-rows.ts'
import type { Seen } from './facts.ts'
import { counted } from './words.ts'

/** One sentence that matters, and how much. */
export interface Notice {
  readonly tone: Tone
  readonly text: string
}

/** A cycle that is overdue for this many of its own intervals is missed. */
const staleIntervals = 3

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
    ...aboutServers(facts),
    ...aboutCertificates(facts),
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
  const { braked, answer } = last.liveSet
  const after = answer === 'rotate' ? '' : ' If they are down, the set is replaced after that.'
  return [{ tone: 'bad', text: `Braked: ${braked}.${after}` }]
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
    return [{ tone: 'bad', text: 'Frozen: by an order that cannot be read. Thaw or freeze again.' }]
  if (isExpired(freeze.expires, now))
    return [{ tone: 'fair', text: `A freeze expired at ${utcWords(freeze.expires)}.` }]
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

function aboutServers({ network, stored }: Seen): Notice[] {
  return servedWarnings(lateServers(network.settings, stored.seen?.served)).map(words => ({
    tone: 'fair',
    text: `${sentence(words)}.`,
  }))
}

function aboutCertificates({ network, stored, now }: Seen): Notice[] {
  const { certificate_days: days, testobject } = network.settings
  if (testobject.proto === 'http') return []
  const ends = network.edges.flatMap(({ name }) => {
    const certificateExpires = stored.seen?.certificates?.get(name)
    return certificateExpires === undefined ? [] : [[name, { certificateExpires }] as const]
  })
  return certificateWarnings(new Map(ends), days, now).map(words => ({ tone: 'fair', text: `${sentence(words)}.` }))
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function aboutState({ stored }: Seen): Notice[] {
  return stored.warnings.map(warning => ({ tone: 'fair', text: `${warning}.` }))
}

/** Rotations that are still allowed now; null where they are not limited. */
export function budgetLeft({ network, stored, now }: Seen): number | null {
  const { dnschange_maxfreq, dnschange_window } = network.settings
  if (dnschange_maxfreq === 0) return null
  return Math.max(0, dnschange_maxfreq - rotationsInWindow(stored.rotations, now, dnschange_window))
}

/** Whether no cycle has finished for longer than it should be. */
export function isStale({ lastCycle, network, now }: Pick<Seen, 'lastCycle' | 'network' | 'now'>): boolean {
  return lastCycle !== null && now - lastCycle > staleIntervals * network.settings.run_frequency * 1000
}
