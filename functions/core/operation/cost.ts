import { disputedMonth, dnsQueries, follower, hangingEdge, oneQuestion, oneRotation, viewer } from './paid-besides.ts'
import { healthyMonth, type Units } from './paid-units.ts'
import { prices } from './prices.ts'
import type { Workload } from './workload.ts'

/** One amount of a bill. */
export interface CostLine {
  readonly item: 'metrics' | 'alarms' | 'lambda' | 'table' | 'bucket' | 'scheduler' | 'logs'
  readonly dollars: number
  /** The units behind it, in words. */
  readonly words: string
}

/** The units as amounts of a bill, in dollars. */
export function costLines(units: Units): CostLine[] {
  const count = (value: number) => Math.round(value).toLocaleString('en-US')
  const { lambdaGigabyteSeconds, lambdaRequests, tableWriteUnits, tableReadUnits, tableGigabytes } = units
  const line = (item: CostLine['item'], dollars: number, words: string): CostLine => ({ item, dollars, words })
  return [
    line('alarms', units.alarms * prices.alarm, `${units.alarms}`),
    line('metrics', units.customMetrics * prices.customMetric, `${units.customMetrics}`),
    line(
      'lambda',
      lambdaGigabyteSeconds * prices.lambdaGigabyteSecond + lambdaRequests * prices.lambdaRequest,
      `${count(lambdaRequests)} cycles, ${count(lambdaGigabyteSeconds)} GB-s`,
    ),
    line(
      'table',
      tableWriteUnits * prices.tableWriteUnit +
        tableReadUnits * prices.tableReadUnit +
        tableGigabytes * prices.tableGigabyte,
      `${count(tableWriteUnits)} write units, ${count(tableReadUnits)} read units, ${tableGigabytes.toFixed(3)} GB`,
    ),
    line(
      'bucket',
      (units.bucketPuts + units.bucketLists) * prices.bucketPut + units.bucketGets * prices.bucketGet,
      `${count(units.bucketPuts)} objects written, ${count(units.bucketLists)} listings`,
    ),
    line('scheduler', units.schedulerStarts * prices.schedulerStart, `${count(units.schedulerStarts)} starts`),
    line('logs', units.logGigabytes * prices.logGigabyte, `${units.logGigabytes.toFixed(3)} GB`),
  ]
}

/** The sum of amounts, in dollars. */
export function totalOf(lines: readonly CostLine[]): number {
  return lines.reduce((sum, { dollars }) => sum + dollars, 0)
}

/** Those who look again and again, by how often: seconds. */
export const looksEverySeconds = { viewer: 60, fastViewer: 10, follower: 30 } as const

/** What a network costs in a month, and what would come to it. Dollars. */
export interface Projection {
  readonly lines: readonly CostLine[]
  readonly total: number
  /** The total without metrics and alarms. */
  readonly work: number
  readonly hangingEdge: number
  /** Asking the vantage points when a live edge falls, and about a dispute that lasts all month. */
  readonly question: number
  readonly disputedMonth: number
  readonly rotation: number
  readonly rotationOf10000Zones: number
  /** A dashboard that is open all month, refreshed now and then, and often. */
  readonly viewer: number
  readonly fastViewer: number
  /** A name server that follows the bucket. */
  readonly follower: number
  /** Asking Route 53's own name servers all month. */
  readonly dnsQueries: number
  /** Route 53 health checks for the same edges and canaries. */
  readonly healthChecks: number
}

/** Projects the cost of a network for a month. */
export function projectCost(workload: Workload): Projection {
  const lines = costLines(healthyMonth(workload))
  return {
    lines,
    total: totalOf(lines),
    work: totalOf(lines.filter(({ item }) => item !== 'metrics' && item !== 'alarms')),
    hangingEdge: totalOf(costLines(hangingEdge(workload))),
    question: totalOf(costLines(oneQuestion(workload))),
    disputedMonth: totalOf(costLines(disputedMonth(workload))),
    rotation: totalOf(costLines(oneRotation(workload, workload.zones))),
    rotationOf10000Zones: totalOf(costLines(oneRotation(workload, 10_000))),
    viewer: totalOf(costLines(viewer(workload, looksEverySeconds.viewer))),
    fastViewer: totalOf(costLines(viewer(workload, looksEverySeconds.fastViewer))),
    follower: totalOf(costLines(follower(looksEverySeconds.follower))),
    dnsQueries: dnsQueries(workload) * prices.dnsQuery,
    healthChecks: (workload.edges + workload.canaries) * prices.healthCheck,
  }
}
