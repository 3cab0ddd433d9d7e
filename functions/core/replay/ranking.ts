import type { Alternated, Replay } from './replay.ts'
import type { Metrics } from './tally.ts'

/** What is compared of a policy, and how it is called; less is better of each. */
const measures = [
  { key: 'rotations', one: 'rotation', many: 'rotations' },
  { key: 'evictions', one: 'eviction', many: 'evictions' },
  { key: 'exposureMinutes', one: 'edge-minute of exposure', many: 'edge-minutes of exposure' },
  { key: 'shortMinutes', one: 'short minute', many: 'short minutes' },
  { key: 'fetchSeconds', one: 's of mean fetch time', many: 's of mean fetch time' },
] as const
export type Measure = (typeof measures)[number]['key']

/** By exposure, then by rotations, then by short minutes; of equal ones the first that was asked for comes first. */
export function ranked(alternatives: readonly Alternated[]): Alternated[] {
  const of = ({ metrics }: Alternated) => metrics
  return [...alternatives].sort(
    (a, b) =>
      of(a).exposureMinutes - of(b).exposureMinutes ||
      of(a).rotations - of(b).rotations ||
      of(a).shortMinutes - of(b).shortMinutes,
  )
}

/** Those that no other beats in exposure or rotations without losing in the other: the Pareto front. */
export function frontOf(alternatives: readonly Alternated[]): Set<Alternated> {
  const beats = (a: Metrics, b: Metrics) =>
    a.exposureMinutes <= b.exposureMinutes &&
    a.rotations <= b.rotations &&
    (a.exposureMinutes < b.exposureMinutes || a.rotations < b.rotations)
  return new Set(alternatives.filter(one => !alternatives.some(other => beats(other.metrics, one.metrics))))
}

/** Whether a measure is worse than it was. */
export function isWorse(measure: Measure, metrics: Metrics, was: Metrics): boolean {
  return Number(metrics[measure]) > Number(was[measure])
}

/** What counts for the advice: how much of it an alternative spares, as a share of what it was. */
const weighed = ['exposureMinutes', 'rotations', 'shortMinutes'] as const satisfies readonly Measure[]

function gainOf({ metrics }: Alternated, was: Metrics): number {
  const shares = weighed.map(measure => (was[measure] - metrics[measure]) / Math.max(1, was[measure]))
  return shares.reduce((sum, share) => sum + share, 0)
}

/** The alternative that would have helped most; null where none would have. */
export function bestOf({ alternatives, was }: Pick<Replay, 'alternatives' | 'was'>): Alternated | null {
  let best: Alternated | null = null
  let most = 0
  for (const one of alternatives) {
    const gain = gainOf(one, was.metrics)
    if (gain <= most) continue
    best = one
    most = gain
  }
  return best
}

/** One sentence: which setting would have helped most, and what it would have cost. */
export function adviceOf(replay: Pick<Replay, 'alternatives' | 'was'>): string | null {
  if (replay.alternatives.length === 0) return null
  const best = bestOf(replay)
  if (best === null) return 'None of these settings would have helped.'
  const was = replay.was.metrics
  const less = measures.flatMap(measure => differenceWords(measure, was, best.metrics, 'less'))
  const more = measures.flatMap(measure => differenceWords(measure, best.metrics, was, 'more'))
  const cost = more.length === 0 ? 'at no cost' : `at the cost of ${joined(more)}`
  return `${best.alternative.name} would have helped most: ${joined(less)}, ${cost}.`
}

/** "3 fewer rotations", "2 more edge-minutes of exposure"; nothing where `a` is not more than `b`. */
function differenceWords(measure: (typeof measures)[number], a: Metrics, b: Metrics, side: 'less' | 'more'): string[] {
  const difference = Number(a[measure.key]) - Number(b[measure.key])
  if (difference <= 0 || a[measure.key] === null || b[measure.key] === null) return []
  const number = Number(difference.toFixed(measure.key === 'fetchSeconds' ? 3 : 1))
  if (number === 0) return []
  const noun = number === 1 ? measure.one : measure.many
  if (measure.key === 'fetchSeconds') return [`${number} ${noun} ${side}`]
  return [`${number} ${side === 'more' ? 'more' : 'fewer'} ${noun}`]
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
