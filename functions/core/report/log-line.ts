import { grouped, printable } from '../domain/printable.ts'
import type { Change } from '../live-set/rotation.ts'
import type { Report } from './report.ts'

/** How many members of each list a line has: the platform takes a line of 256 KB, which has room for that. */
const maxLive = 500
const maxChanges = 100

/** A list as far as it is logged; where it is longer, its last entry says how many are left out. */
type Listed<T> = readonly (T | string)[]

/** A report as one line of a log: what there is a number of (edges, canaries, zones, records) is counted. */
export interface LogLine extends Omit<Report, 'live' | 'in' | 'out' | 'edges' | 'canaries' | 'zones' | 'route53'> {
  readonly live: Listed<string>
  readonly in: Listed<Change>
  readonly out: Listed<Change>
  readonly edges: number
  readonly canaries: number
  /** How many zones met which fate. */
  readonly zones: Readonly<Record<string, number>>
  readonly route53: Readonly<Record<string, number>>
}

/** The line that is logged of a report that is bounded already (core/bounded-report.ts). */
export function logLineOf(report: Report): LogLine {
  return {
    ...report,
    live: listed(report.live, maxLive),
    in: listed(report.in, maxChanges),
    out: listed(report.out, maxChanges),
    edges: report.edges.length,
    canaries: report.canaries.length,
    zones: actionsOf(report.zones),
    route53: actionsOf(report.route53),
    warnings: report.warnings.map(printable),
  }
}

function listed<T>(all: readonly T[], most: number): Listed<T> {
  return all.length <= most ? all : [...all.slice(0, most), `and ${grouped(all.length - most)} more`]
}

function actionsOf(zones: readonly { readonly action: string }[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { action } of zones) counts[action] = (counts[action] ?? 0) + 1
  return counts
}
