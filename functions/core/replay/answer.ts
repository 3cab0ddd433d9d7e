import { isoTime } from '../domain/time-words.ts'
import type { Change } from '../live-set/rotation.ts'
import { adviceOf, bestOf, frontOf, ranked } from './ranking.ts'
import type { Replay } from './replay.ts'
import type { Metrics } from './tally.ts'
import { faithWords } from './words.ts'

/** A replay for programs; times in ISO 8601. */
export interface ReplayAnswer {
  readonly network: string
  /** The first and the last of the replayed cycles; null where none is recorded. */
  readonly from: string | null
  readonly to: string | null
  readonly cycles: number
  readonly faithful: {
    /** Whether unchanged settings gave every live set and rotation as it is recorded. */
    readonly exact: boolean
    /** In how many cycles they did. */
    readonly alike: number
    /** Of how many cycles the orders and the freeze are not known. */
    readonly unknownOrders: number
    /** The first cycle in which they did not, and why. */
    readonly first: { readonly time: string; readonly why: string } | null
    /** The same as a sentence. */
    readonly text: string
  }
  readonly was: Metrics
  /** By exposure, then by rotations. */
  readonly alternatives: readonly AlternativeAnswer[]
  /** What would have helped most and what it would have cost; null where no alternative was asked for. */
  readonly advice: string | null
}

/** What another policy would have come to. */
export interface AlternativeAnswer extends Metrics {
  readonly settings: Readonly<Record<string, string | number>>
  /** The settings are so already. */
  readonly current: boolean
  /** No other alternative has less exposure without more rotations, or the other way round. */
  readonly front: boolean
  /** It would have helped most. */
  readonly best: boolean
  /** In how many cycles its live set differs from the recorded one, and how often it begins to differ otherwise. */
  readonly differing: number
  readonly partingCount: number
  /** The first partings: who would have been live, and who would not. */
  readonly partings: readonly {
    readonly time: string
    readonly cycles: number
    readonly in: readonly Change[]
    readonly out: readonly Change[]
  }[]
}

/** A replay as it is answered to programs. */
export function answerOf(replay: Replay): ReplayAnswer {
  const { network, span, faithful, was, alternatives } = replay
  const front = frontOf(alternatives)
  const best = bestOf(replay)
  const { first, alike, cycles, unknownOrders } = faithful
  return {
    network,
    from: span === null ? null : isoTime(span.from),
    to: span === null ? null : isoTime(span.to),
    cycles,
    faithful: {
      exact: alike === cycles,
      alike,
      unknownOrders,
      first: first === null ? null : { time: isoTime(first.time), why: first.why },
      text: faithWords(replay),
    },
    was: was.metrics,
    alternatives: ranked(alternatives).map(one => ({
      settings: Object.fromEntries(one.alternative.changes),
      current: one.alternative.isCurrent,
      front: front.has(one),
      best: one === best,
      ...one.metrics,
      differing: one.differing,
      partingCount: one.partingCount,
      partings: one.partings.map(parting => ({ ...parting, time: isoTime(parting.time) })),
    })),
    advice: adviceOf(replay),
  }
}
