import { wantedEdges } from '../config/network.ts'
import { byName } from '../domain/model.ts'
import { countPassing, type Participant, type Participants, type Probing } from '../judgement/participants.ts'
import { passingWords } from '../live-set/live-edges.ts'
import { type LiveSet, takesOrderedPlace } from '../live-set/live-set.ts'
import { type Publication, zonesToPush, zonesToWrite } from '../publication/publication.ts'
import { certificateWarnings } from './certificates.ts'
import { without } from './changes.ts'
import type { DecidedEdge } from './decided-edges.ts'
import type { DecideInput, Decision } from './decision.ts'

export interface WarningFacts {
  readonly input: DecideInput
  readonly participants: Participants<DecidedEdge>
  readonly liveSet: LiveSet
  readonly status: Decision['status']
  /** What would be published for the recorded live set if anything were; null if something is. */
  readonly waiting: Publication | null
}

/** What an operator should know about a cycle, beside what its zones say; each a sentence. */
export function generalWarnings(facts: WarningFacts): string[] {
  const { before, probing } = facts.input
  const { edges, named } = facts.participants
  const orphans = [...before.orders.keys()].filter(edge => !named.has(edge)).sort(byName)
  return [
    ...before.warnings,
    ...edges.flatMap(edge => edge.order.warning ?? []),
    ...orphans.map(edge => `the order for ${edge} is kept, but ${edge} is not in the edge list`),
    ...brakeWarnings(facts),
    ...facts.liveSet.warnings,
    ...statusWarnings(facts),
    ...probingWarnings(edges, probing),
    ...certificateWarnings(probing.edges, facts.input.network.settings.certificate_days, facts.input.now),
  ]
}

/** What a status other than `ok` comes from, as the warnings have it. */
export const statusReasons = {
  failed: 'the recorded live set is lost and cannot be read back: nothing is published',
  no_edges: 'no edge can be live: nothing is published, and what is published stays',
  blind: 'blind: no reference answered, so nothing is judged and nothing is published',
} as const

/** A blind cycle judges nobody: what failed in earlier ones holds nothing now. */
function brakeWarnings({ liveSet: { braked }, status }: WarningFacts): string[] {
  return braked === null || status === 'blind' ? [] : [`braked: ${braked}`]
}

function statusWarnings(facts: WarningFacts): string[] {
  switch (facts.status) {
    case 'failed':
      return [statusReasons.failed]
    case 'no_edges':
      return [statusReasons.no_edges]
    case 'blind':
      return blindWarnings(facts)
    case 'ok':
      return liveWarnings(facts)
  }
}

function liveWarnings({ input, participants, liveSet }: WarningFacts): string[] {
  const wanted = wantedEdges(input.network)
  const passing = countPassing(liveSet.live, participants)
  const shortage = passing < wanted ? [`shortage: ${passingWords(passing, wanted)}`] : []
  if (liveSet.held === null) return shortage
  const coming = without(liveSet.decided, liveSet.live).map(edge => `+ ${edge}`)
  const going = without(liveSet.live, liveSet.decided).map(edge => `- ${edge}`)
  return [...shortage, `held back, as ${liveSet.held}: ${[...coming, ...going].join(', ')}`]
}

/** Behaviour §1.11: the report names what waits. */
function blindWarnings({ participants, waiting }: WarningFacts): string[] {
  const orders = participants.edges.filter(waitsForOrder).map(edge => `order ${edge.order.mode} for ${edge.name}`)
  const waits = [
    ...orders,
    ...zonesToWrite(waiting?.zones ?? []).map(zone => `zone ${zone}`),
    ...(waiting?.namedConf ? ['named.conf'] : []),
    ...(waiting?.liveList ? ['the live list'] : []),
    ...zonesToPush(waiting?.records ?? []).map(zone => `the records of zone ${zone}`),
  ]
  return [statusReasons.blind, ...(waits.length === 0 ? [] : [`waiting until it sees again: ${waits.join(', ')}`])]
}

function waitsForOrder(edge: Participant): boolean {
  return edge.wasIn ? edge.order.mode === 'unavailable' : takesOrderedPlace(edge)
}

function probingWarnings(edges: readonly Participant[], probing: Probing): string[] {
  const skipped = edges.filter(({ found }) => found.outcome === 'skipped').length
  return [
    ...(probing.killed ? ['the canary killer fired: every canary counts as failed in this cycle'] : []),
    ...(skipped > 0 ? [`${skipped} of ${edges.length} edges were not probed to the end: they stay as they were`] : []),
  ]
}
