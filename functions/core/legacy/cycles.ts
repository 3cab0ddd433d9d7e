import type { Kind } from '../history/history.ts'
import type { OriginalSample } from './edge-store.ts'

/**
 * The original dates every fetch by itself, when it has ended. Its cycles start a minute apart, as near as cron and the
 * first fetch make it; within a cycle there may be any pause, when all its workers wait for edges that hang.
 */
export const maxPauseMs = 45_000
const minStartsMs = 45_000

/** One edge or canary with its samples, by time. */
export interface Series {
  readonly kind: Kind
  readonly name: string
  readonly samples: readonly OriginalSample[]
}

/** The fetches of one cycle of the original. */
export interface OriginalCycle {
  /** The date of its first fetch in milliseconds, by which it is recorded; no two cycles have the same. */
  readonly time: number
  /** The date of its last fetch. */
  readonly last: number
  readonly edges: ReadonlyMap<string, OriginalSample>
  readonly canaries: ReadonlyMap<string, OriginalSample>
}

interface Fetch {
  readonly kind: Kind
  readonly name: string
  readonly sample: OriginalSample
}

/**
 * Puts fetches together into the cycles they were made in. Everyone is fetched once in a cycle: who comes a second time
 * belongs to another, which begins after the longest pause since the first time. A cycle also ends where nothing was
 * fetched for most of a minute.
 */
export function cyclesOf(all: readonly Series[]): OriginalCycle[] {
  const fetches = all.flatMap(({ kind, name, samples }) => samples.map(sample => ({ kind, name, sample })))
  fetches.sort((a, b) => a.sample.time - b.sample.time)
  const cycles: OriginalCycle[] = []
  let open: Fetch[] = []
  let places = new Map<string, number>()
  const close = (end: number) => {
    cycles.push(cycleOf(open.slice(0, end), (cycles.at(-1)?.time ?? -1) + 1))
    open = open.slice(end)
    places = new Map(open.map((fetch, at) => [keyOf(fetch), at]))
  }
  for (const fetch of fetches) {
    const end = endBefore(open, fetch, places.get(keyOf(fetch)))
    if (end !== null) close(end)
    places.set(keyOf(fetch), open.push(fetch) - 1)
  }
  if (open.length > 0) close(open.length)
  return cycles
}

const keyOf = ({ kind, name }: Fetch) => `${kind} ${name}`

function cycleOf(members: readonly Fetch[], earliest: number): OriginalCycle {
  const of = (kind: Kind) =>
    new Map(members.filter(one => one.kind === kind).map(({ name, sample }) => [name, sample] as const))
  const time = Math.max(timeOf(members[0] as Fetch), earliest)
  return { time, last: Math.max(timeOf(members.at(-1) as Fetch), time), edges: of('edge'), canaries: of('canary') }
}

/**
 * How many of the open cycle's fetches are all of it, now that this one was made; null where it goes on. `twice`: the
 * place in it of an earlier fetch of the same edge or canary.
 */
function endBefore(open: readonly Fetch[], fetch: Fetch, twice: number | undefined): number | null {
  const fetchAt = (at: number) => (at === open.length ? fetch : open[at]) as Fetch
  const isFarEnough = (at: number) => timeOf(fetchAt(at)) - timeOf(fetchAt(0)) >= minStartsMs
  const pauseBefore = (at: number) => timeOf(fetchAt(at)) - timeOf(fetchAt(at - 1)) - durationMs(fetchAt(at))
  const last = open.length
  if (last === 0) return null
  if (twice === undefined) return isFarEnough(last) && pauseBefore(last) > maxPauseMs ? last : null
  const places = Array.from({ length: last - twice }, (_, n) => twice + 1 + n)
  const likely = places.filter(isFarEnough)
  return (likely.length > 0 ? likely : places).reduce((best, at) => (pauseBefore(at) >= pauseBefore(best) ? at : best))
}

function timeOf({ sample }: Fetch): number {
  return sample.time
}

/** How long a fetch took; one that failed may have done so at once. */
function durationMs({ sample }: Fetch): number {
  return sample.failed ? 0 : sample.micros / 1000
}
