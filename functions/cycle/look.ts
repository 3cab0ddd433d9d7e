import { canonicalEdge } from '../core/config/edge-name.ts'
import type { Network } from '../core/config/network.ts'
import { type Kind, runsToRead } from '../core/history/history.ts'
import { hourMs } from '../core/history/hour.ts'
import { unknownName } from '../core/inspect/near-names.ts'
import { isAskedFor, type OrderFacts, type QueryFilter, reportRows } from '../core/inspect/query-rows.ts'
import { type HourSample, hourSamplesOf, kindOf, type Sample, samplesOf } from '../core/inspect/samples.ts'
import type { EdgeReport } from '../core/report/report.ts'
import type { Journal } from './ports/journal.ts'

/** How the edges that are asked for stand (contract, `query`). `now`: milliseconds. */
export async function lookAtEdges(
  network: Network,
  journal: Journal,
  filter: QueryFilter,
  now: number,
): Promise<{ network: string; edges: (EdgeReport & OrderFacts)[] }> {
  const samples = runsToRead(network.settings)
  const [{ stored }, since] = await Promise.all([
    journal.overview(network.name, samples, { zones: false }),
    journal.availableSince(network.name),
  ])
  const rows = reportRows(network, stored, now, since)
  return { network: network.name, edges: rows.filter(row => isAskedFor(row, filter)) }
}

/** The past of one edge, or of one canary by its address. */
export interface Past {
  readonly edge: string
  readonly samples: readonly Sample[]
  readonly hours: readonly HourSample[]
}

/** The samples and hourly averages of one edge, however it is spelled, in the last `hours` hours; a text where there is no such edge. */
export async function lookAtPast(
  network: Network,
  journal: Journal,
  asked: { readonly edge: string; readonly hours: number },
  now: number,
): Promise<Past | string> {
  const from = now - asked.hours * hourMs
  const name = canonicalEdge(asked.edge)
  const runs = await journal.runs(network.name, network.settings.history.samples, from)
  const kind: Kind | null = kindOf(name, network, runs)
  if (kind === null) {
    const known = [...network.edges.map(({ name }) => name), ...network.canaries.map(({ address }) => address)]
    return unknownName('edge', asked.edge, network.name, [...new Set(known)])
  }
  const hours = await journal.hours(network.name, asked.hours + 1, from)
  return {
    edge: name,
    samples: samplesOf(runs, kind, name, from),
    hours: hourSamplesOf(hours, kind, name, from),
  }
}
