import { createHash } from 'node:crypto'
import { byName } from '../domain/model.ts'

/** A live edge, as far as its place in a zone is concerned. */
export interface LiveEdge {
  readonly name: string
  readonly address: string
  readonly isFailing: boolean
  /** In mode `force` or `blindforce`. */
  readonly isOrdered: boolean
}

/**
 * The edge whose place a canary takes in its zone (behaviour §6): the one with the canary's own address, else a failing
 * one, else one that is not ordered, else any; among equals by a hash of zone and edge, which spreads zones evenly and
 * moves no more of them than it must when the live set changes. Null without live edges.
 */
export function replacedBy(canary: string, zone: string, live: readonly LiveEdge[]): LiveEdge | null {
  const rank = (edge: LiveEdge) => (edge.address === canary ? 0 : edge.isFailing ? 1 : edge.isOrdered ? 3 : 2)
  const best = Math.min(...live.map(rank))
  const weighed = live
    .filter(edge => rank(edge) === best)
    .map(edge => ({ edge, weight: weightOf(zone, edge.name) }))
    .sort((a, b) => byName(a.weight, b.weight))
  return weighed[0]?.edge ?? null
}

/** The addresses of a zone whose canary passes: as many as the live set has, the canary's among them. */
export function withCanary(canary: string, zone: string, live: readonly LiveEdge[]): string[] {
  const replaced = replacedBy(canary, zone, live)
  return live.map(edge => (edge === replaced ? canary : edge.address))
}

function weightOf(zone: string, edge: string): string {
  return createHash('sha256').update(`${zone}\n${edge}`).digest('hex')
}
