import { createHash } from 'node:crypto'
import { isFailure, type Judgement, judgements, type OrderedMode, type Outcome, outcomes } from '../domain/model.ts'
import { oncePer } from '../domain/once-per.ts'

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
  /**
   * Microseconds: the cycle's `timeout`, which is the sample of every failed probe in it. Null for a cycle that an earlier
   * version or an import stored: there the entries of failed probes hold it.
   */
  readonly timeoutMicros: number | null
  /** The first 16 hexadecimal digits of the configuration's hash; null where it is not known. */
  readonly configuration: string | null
  /** What else was in force in the cycle; null where that is not known. */
  readonly circumstances: Circumstances | null
  /** How often the clock went back after this cycle; left out: not since. Of two cycles the one with less came later. */
  readonly age?: number
}

/** What one prober or vantage point saw of one edge. */
export interface Vote {
  readonly region: string
  readonly outcome: Outcome
}

/** What the vantage points' votes made of an edge that would have fallen (behaviour §10.2). */
export interface Verdict {
  readonly verdict: 'disputed' | 'confirmed'
  /** Empty where the verdict follows from those of other edges. */
  readonly votes: readonly Vote[]
}

/** What a recorded cycle keeps for those who look back on it (behaviour §13.2); empty in most cycles. */
export interface Circumstances {
  /** By edge: the orders that counted, other than `available`. */
  readonly orders: ReadonlyMap<string, OrderedMode>
  /** Whether an operator's freeze held. */
  readonly frozen: boolean
  /** By edge: what vantage points found in this cycle. */
  readonly verdicts: ReadonlyMap<string, Verdict>
  /** Edges that were fetched once more before they were judged (behaviour §10.1). */
  readonly rechecked: ReadonlySet<string>
  /** By edge that is a host name: its address, where it is another than in the cycle before. */
  readonly addresses: ReadonlyMap<string, string>
}

export const noCircumstances: Circumstances = {
  orders: new Map(),
  frozen: false,
  verdicts: new Map(),
  rechecked: new Set(),
  addresses: new Map(),
}

/** How a probe failed, as far as it is kept. */
export interface Failure {
  /** A status code (100–999), or the number of another cause (`failure-causes.ts`); 0 where it is not known. */
  readonly cause: number
  /** How long the probe took, in milliseconds. */
  readonly tookMs: number
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
  /** Left out for probes that did not fail, and where it is not known. */
  readonly failure?: Failure
}

const lowBits = 24
const lowMask = 2 ** lowBits - 1
const tookBits = 14
const tookMask = 2 ** tookBits - 1
const causeMask = 2 ** (lowBits - tookBits) - 1
const neverJudged = 7

/**
 * Packs an entry into 32 bits: 4 of outcome, 3 of judgement, 1 for live, and 24 of microseconds (at most 16.7 s) or, of a
 * failure, 10 of its cause and 14 of its milliseconds.
 */
export function packEntry(entry: Entry): number {
  const judgement = entry.judgement === null ? neverJudged : judgements.indexOf(entry.judgement)
  const head = (entry.live ? 128 : 0) | (judgement << 4) | outcomes.indexOf(entry.outcome)
  return head * 2 ** lowBits + lowBitsOf(entry)
}

function lowBitsOf({ micros, failure }: Entry): number {
  if (failure === undefined) return keptMicros(micros)
  return (Math.min(failure.cause, causeMask) << tookBits) | Math.min(failure.tookMs, tookMask)
}

/** What an entry keeps of a fetch time, in microseconds. */
export function keptMicros(micros: number): number {
  return Math.min(micros, lowMask)
}

/** The inverse of `packEntry`, given the run's `timeoutMicros`; null for 32 bits that no entry packs to. */
export function unpackEntry(word: number, timeoutMicros: number | null): Entry | null {
  const head = word >>> lowBits
  const outcome = outcomes[head & 15]
  const judgementIndex = (head >> 4) & 7
  const judgement = judgementIndex === neverJudged ? null : judgements[judgementIndex]
  if (outcome === undefined || judgement === undefined) return null
  const low = word & lowMask
  const entry = { outcome, judgement, micros: low, live: head >= 128 }
  if (timeoutMicros === null || !isFailure(outcome)) return entry
  return { ...entry, micros: timeoutMicros, failure: { cause: low >>> tookBits, tookMs: low & tookMask } }
}

/** The packed entry with another judgement, in or out of the live set; its probe and sample stay. */
export function rejudged(word: number, judgement: Judgement | null, live: boolean): number {
  const index = judgement === null ? neverJudged : judgements.indexOf(judgement)
  const head = (live ? 128 : 0) | (index << 4) | ((word >>> lowBits) & 15)
  return head * 2 ** lowBits + (word & lowMask)
}

/** What the upper 8 bits of 32 say about the lower ones; asked millions of times, hence a table. */
const [noEntry, noSample, ownSample, timeoutSample] = [0, 1, 2, 3]
const kindOfHead = Uint8Array.from({ length: 256 }, (_, head) => {
  const judgement = (head >> 4) & 7
  const outcome = outcomes[head & 15]
  if (outcome === undefined || (judgement >= judgements.length && judgement !== neverJudged)) return noEntry
  if (outcome === 'skipped') return noSample
  return outcome === 'ok' ? ownSample : timeoutSample
})

/** Whether each of these words is what an entry packs to. */
export function areEntries(words: Uint32Array): boolean {
  for (let at = 0; at < words.length; at++) if (kindOfHead[Number(words[at]) >>> lowBits] === noEntry) return false
  return true
}

/** Adds the samples of a run, in microseconds, and how many they are, to those of the same places. */
export function addSamples({ entries, timeoutMicros }: Run, sums: Float64Array, counts: Uint32Array): void {
  for (let at = 0; at < entries.length; at++) {
    const micros = microsIn(Number(entries[at]), timeoutMicros)
    if (micros < 0) continue
    sums[at] = Number(sums[at]) + micros
    counts[at] = Number(counts[at]) + 1
  }
}

/**
 * The sample in a packed entry of a run with this `timeoutMicros`, in microseconds; null where there is none: skipped,
 * missing, or no entry.
 */
export function sampleIn(word: number | undefined, timeoutMicros: number | null): number | null {
  const micros = word === undefined ? -1 : microsIn(word, timeoutMicros)
  return micros < 0 ? null : micros
}

/** The same as a number for loops over millions of them: -1 where there is none. */
function microsIn(word: number, timeoutMicros: number | null): number {
  const kind = Number(kindOfHead[word >>> lowBits])
  if (kind <= noSample) return -1
  return kind === ownSample || timeoutMicros === null ? word & lowMask : timeoutMicros
}

/** The roster of these edges and canary addresses (both already in order); equal lists give an equal id. */
export function rosterOf(edges: readonly string[], canaries: readonly string[]): Roster {
  const id = createHash('sha256')
    .update(JSON.stringify([edges, canaries]))
    .digest('hex')
    .slice(0, 16)
  return { id, edges, canaries }
}

const placesIn = oncePer(({ edges, canaries }: Roster) => ({
  edge: new Map(edges.map((edge, at) => [edge, at])),
  canary: new Map(canaries.map((canary, at) => [canary, edges.length + at])),
}))

/** Where an edge (by name) or canary (by address) stands in the entries of a roster's runs; -1 if it does not. */
export function placeOf(roster: Roster, kind: 'edge' | 'canary', name: string): number {
  return placesIn(roster)[kind].get(name) ?? -1
}
