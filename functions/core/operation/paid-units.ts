import { keptSeconds } from '../config/kept-seconds.ts'
import { keptHours } from '../domain/limits.ts'
import { coldReadUnits, cycleSeconds, hourBytes, kilobyte, runBytes, tableUnitsOf, type Workload } from './workload.ts'

/** Hours of a month, as AWS counts them. */
export const monthHours = 730

/** How often a function starts afresh and reads the history: an assumption, on the high side. */
export const coldStartsPerDay = 12

/** The platform's lines and ours about a quiet cycle, measured. */
const logBytesPerCycle = 1100

/** Metrics that every cycle sends (design, "Money"); each edge has this many more where they are asked for. */
const metricsPerNetwork = 2

const metricsPerEdge = 2
const listedAtOnce = 1000

/** The units of one month that are paid for. */
export interface Units {
  readonly lambdaGigabyteSeconds: number
  readonly lambdaRequests: number
  readonly tableWriteUnits: number
  readonly tableReadUnits: number
  readonly tableGigabytes: number
  readonly bucketPuts: number
  readonly bucketLists: number
  readonly bucketGets: number
  readonly schedulerStarts: number
  readonly customMetrics: number
  readonly alarms: number
  readonly logGigabytes: number
}

/** A month of a healthy network: every cycle quiet. */
export function healthyMonth(workload: Workload): Units {
  const cycles = (monthHours * 3600) / workload.runFrequencySeconds
  const { write, read, hourly } = tableUnitsOf(workload)
  const coldStarts = (coldStartsPerDay * monthHours) / 24
  const hours = Math.min(monthHours, cycles)
  return {
    lambdaGigabyteSeconds: (cycles * cycleSeconds(workload) * workload.memoryMegabytes) / kilobyte,
    lambdaRequests: cycles,
    tableWriteUnits: cycles * write + hours * hourly,
    tableReadUnits: cycles * read + coldStarts * coldReadUnits(workload),
    tableGigabytes: storedGigabytes(workload),
    bucketPuts: 0,
    bucketLists: listsIn(cycles, workload),
    bucketGets: 0,
    schedulerStarts: cycles,
    customMetrics: metricsPerNetwork + (workload.perEdgeMetrics ? metricsPerEdge * workload.edges : 0),
    alarms: workload.alarms,
    logGigabytes: (cycles * logBytesPerCycle) / 1e9,
  }
}

/** How many pages of the bucket's list these cycles ask for (behaviour §7.8): named.conf lies with the zones. */
function listsIn(cycles: number, { zones, verifyEvery }: Workload): number {
  return verifyEvery === 0 ? 0 : (cycles / verifyEvery) * Math.ceil((zones + 1) / listedAtOnce)
}

/** What lies in the table: runs for twice the kept samples, and twice the kept hours (design). */
function storedGigabytes(workload: Workload): number {
  const overhead = 100
  const { samples, runFrequencySeconds } = workload
  const runs = keptSeconds({ history: { samples }, run_frequency: runFrequencySeconds }) / runFrequencySeconds
  return (runs * (runBytes(workload) + overhead) + 2 * keptHours * (hourBytes(workload) + overhead)) / 1e9
}
