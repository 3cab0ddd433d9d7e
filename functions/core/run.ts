import { createHash } from 'node:crypto'
import { type Judgement, judgements, type Outcome, outcomes } from './model.ts'

/** Who was probed in a cycle, in the order in which the cycle's entries are packed. Canaries go by address. */
export interface Roster {
  readonly id: string
  readonly edges: readonly string[]
  readonly canaries: readonly string[]
}

/** One recorded cycle: for each member of the roster (edges, then canaries) one packed entry. */
export interface Run {
  readonly time: number
  readonly roster: Roster
  readonly entries: Uint32Array
  /** Whether the canary killer fired (behaviour §1.10); the entries hold the judgements as if it had not. */
  readonly killed: boolean
  /** How often the clock went back after this cycle; left out: not since. Of two cycles the one with less came later. */
  readonly age?: number
}

/** What one cycle found out about one edge or canary. */
export interface Entry {
  readonly outcome: Outcome
  /** Null if never judged. */
  readonly judgement: Judgement | null
  /** The sample in microseconds (a failed probe's is its cycle's timeout); 0 and no sample when skipped. */
  readonly micros: number
  /** Whether the edge was in the live set after this cycle. */
  readonly live: boolean
}

const microsBits = 24
const microsMask = 2 ** microsBits - 1
const neverJudged = 7

/** Packs an entry into 32 bits: 24 of microseconds (at most 15 s), 4 of outcome, 3 of judgement, 1 for live. */
export function packEntry(entry: Entry): number {
  const judgement = entry.judgement === null ? neverJudged : judgements.indexOf(entry.judgement)
  const head = (entry.live ? 128 : 0) | (judgement << 4) | outcomes.indexOf(entry.outcome)
  return head * 2 ** microsBits + Math.min(entry.micros, microsMask)
}

/** The inverse of `packEntry`; null for 32 bits that no entry packs to. */
export function unpackEntry(word: number): Entry | null {
  const head = word >>> microsBits
  const outcome = outcomes[head & 15]
  const judgementIndex = (head >> 4) & 7
  const judgement = judgementIndex === neverJudged ? null : judgements[judgementIndex]
  if (outcome === undefined || judgement === undefined) return null
  return { outcome, judgement, micros: word & microsMask, live: head >= 128 }
}

const skipped = outcomes.indexOf('skipped')

/** The sample in a packed entry, in microseconds; null where there is none: skipped, missing, or no entry. */
export function sampleIn(word: number | undefined): number | null {
  if (word === undefined) return null
  const judgement = (word >>> (microsBits + 4)) & 7
  const isEntry = ((word >>> microsBits) & 15) < skipped && (judgement < judgements.length || judgement === neverJudged)
  return isEntry ? word & microsMask : null
}

/** The roster of these edges and canary addresses (both already in order); equal lists give an equal id. */
export function rosterOf(edges: readonly string[], canaries: readonly string[]): Roster {
  const id = createHash('sha256')
    .update(JSON.stringify([edges, canaries]))
    .digest('hex')
    .slice(0, 16)
  return { id, edges, canaries }
}

const places = new WeakMap<Roster, { edge: Map<string, number>; canary: Map<string, number> }>()

/** Where an edge (by name) or canary (by address) stands in the entries of a roster's runs; -1 if it does not. */
export function placeOf(roster: Roster, kind: 'edge' | 'canary', name: string): number {
  let found = places.get(roster)
  if (found === undefined) {
    found = {
      edge: new Map(roster.edges.map((edge, at) => [edge, at])),
      canary: new Map(roster.canaries.map((canary, at) => [canary, roster.edges.length + at])),
    }
    places.set(roster, found)
  }
  return found[kind].get(name) ?? -1
}
