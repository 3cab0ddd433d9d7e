import type { Judgement, Outcome } from '../domain/model.ts'
import { isoTime } from '../domain/time-words.ts'
import { failureOf } from '../history/failure-words.ts'
import { entryOf, type Kind } from '../history/history.ts'
import { type HourAverages, hourMs } from '../history/hour.ts'
import type { Run } from '../history/run.ts'

/** What one recorded cycle found of one edge or canary. */
export interface Sample {
  /** ISO 8601, UTC. */
  readonly time: string
  /** The timeout of its cycle for a failed probe, null for a skipped one. */
  readonly fetchSeconds: number | null
  readonly outcome: Outcome
  readonly judgement: Judgement | null
  /** Whether the edge was in the live set after that cycle. */
  readonly live: boolean
  /** Of a failed probe: how it failed, "status 503", and the seconds that it really took; null where that is not known. */
  readonly detail?: string
  readonly tookSeconds?: number | null
}

/** An hour's historical average (behaviour §2.3); the time is the hour's, ISO 8601. */
export interface HourSample {
  readonly time: string
  readonly average: number
}

/** What these cycles found of one edge or canary since `from` (milliseconds), in their order. */
export function samplesOf(runs: readonly Run[], kind: Kind, name: string, from: number): Sample[] {
  return runs.flatMap(run => {
    const entry = run.time < from ? null : entryOf(run, kind, name)
    if (entry === null) return []
    const { outcome, judgement, micros, live } = entry
    const fetchSeconds = outcome === 'skipped' ? null : micros / 1e6
    return [{ time: isoTime(run.time), fetchSeconds, outcome, judgement, live, ...failureOf(entry) }]
  })
}

/** The hourly averages of one edge or canary since `from` (milliseconds), in their order. */
export function hourSamplesOf(hours: readonly HourAverages[], kind: Kind, name: string, from: number): HourSample[] {
  return hours.flatMap(hour => {
    const average = (kind === 'edge' ? hour.edges : hour.canaries).get(name)
    return average === undefined || hour.time < from ? [] : [{ time: isoTime(hour.time), average }]
  })
}

/** Those of the hours that were over before the first sample: what no sample tells. */
export function hoursBefore(samples: readonly Sample[], hours: readonly HourSample[]): readonly HourSample[] {
  const [first] = samples
  return first === undefined ? hours : hours.filter(({ time }) => Date.parse(time) + hourMs <= Date.parse(first.time))
}

/** Whether a name is an edge or a canary's address: in the configuration, or else in these cycles; null for neither. */
export function kindOf(
  name: string,
  network: {
    readonly edges: readonly { readonly name: string }[]
    readonly canaries: readonly { readonly address: string }[]
  },
  runs: readonly Run[],
): Kind | null {
  if (network.edges.some(edge => edge.name === name)) return 'edge'
  if (network.canaries.some(canary => canary.address === name)) return 'canary'
  for (const kind of ['edge', 'canary'] as const) if (runs.some(run => entryOf(run, kind, name) !== null)) return kind
  return null
}
