import { zoneItems } from '../domain/limits.ts'
import { coldStartsPerDay, monthHours, type Units } from './paid-units.ts'
import {
  coldReadUnits,
  cycleSeconds,
  itemBytes,
  kilobyte,
  type Workload,
  wholeProcessorMegabytes,
  zoneBytes,
} from './workload.ts'

const nothing: Units = {
  lambdaGigabyteSeconds: 0,
  lambdaRequests: 0,
  tableWriteUnits: 0,
  tableReadUnits: 0,
  tableGigabytes: 0,
  bucketPuts: 0,
  bucketLists: 0,
  bucketGets: 0,
  schedulerStarts: 0,
  customMetrics: 0,
  alarms: 0,
  logGigabytes: 0,
}

/** What an edge that hangs all month adds: every cycle waits for it until `timeout`. */
export function hangingEdge(workload: Workload): Units {
  const cycles = (monthHours * 3600) / workload.runFrequencySeconds
  const waited = Math.max(0, workload.timeoutSeconds - cycleSeconds(workload))
  return { ...nothing, lambdaGigabyteSeconds: (cycles * waited * workload.memoryMegabytes) / kilobyte }
}

/** A vantage point's memory, in MB, and in every how many cycles it is asked about a dispute that lasts (behaviour §10.2). */
export const vantageMegabytes = 512

const cyclesBetweenQuestions = 5

/**
 * What one asking of all vantage points adds, where the edge fails everywhere: each of them waits for it until `timeout`, and
 * the cycle waits for them.
 */
export function oneQuestion(workload: Workload): Units {
  const { vantages = 0, timeoutSeconds, memoryMegabytes } = workload
  const waiting = vantages === 0 ? 0 : memoryMegabytes
  const megabytes = vantages * vantageMegabytes + waiting
  return { ...nothing, lambdaRequests: vantages, lambdaGigabyteSeconds: (timeoutSeconds * megabytes) / kilobyte }
}

/** What a dispute that lasts all month adds, beside the edge that hangs: every fifth cycle asks. */
export function disputedMonth(workload: Workload): Units {
  const questions = (monthHours * 3600) / workload.runFrequencySeconds / cyclesBetweenQuestions
  const { lambdaRequests, lambdaGigabyteSeconds } = oneQuestion(workload)
  // One metric is sent for it, in every hour of the month.
  const customMetrics = (workload.vantages ?? 0) === 0 ? 0 : 1
  return {
    ...nothing,
    customMetrics,
    lambdaRequests: questions * lambdaRequests,
    lambdaGigabyteSeconds: questions * lambdaGigabyteSeconds,
  }
}

/** What one rotation of this many zones adds: all of them are announced, written and confirmed. */
export function oneRotation({ liveEdges }: Workload, zones: number): Units {
  const groups = Math.round(zoneItems * (1 - (1 - 1 / zoneItems) ** zones))
  const groupUnits = groups === 0 ? 0 : groups * Math.ceil((itemBytes + (zones / groups) * zoneBytes) / kilobyte)
  const liveUnits = Math.ceil((itemBytes + liveEdges * 40) / kilobyte)
  // The new live set, the old one's end, STATE, the rotation, and the record of the files twice.
  return { ...nothing, tableWriteUnits: 2 * groupUnits + 2 * liveUnits + 4, bucketPuts: zones + 1 + Math.sign(zones) }
}

/** What drawing a page takes of a processor, and what a warm look reads in addition to what came since, both on the high side. */
const pageProcessorSeconds = 0.03

const lookReadUnits = 6

/** What somebody adds who has the dashboard open all month, refreshed every `refreshSeconds` (functions/cycle/status-memory.ts). */
export function viewer(workload: Workload, refreshSeconds: number): Units {
  const looks = (monthHours * 3600) / refreshSeconds
  const cycles = Math.min(looks, (monthHours * 3600) / workload.runFrequencySeconds)
  const coldStarts = (coldStartsPerDay * monthHours) / 24
  const zones = Math.ceil((workload.zones * zoneBytes) / (4 * kilobyte)) + lookReadUnits
  const seconds = pageProcessorSeconds / (256 / wholeProcessorMegabytes)
  return {
    ...nothing,
    lambdaRequests: looks,
    lambdaGigabyteSeconds: looks * seconds * (256 / kilobyte),
    tableReadUnits: looks * lookReadUnits + cycles * zones + coldStarts * coldReadUnits(workload),
    logGigabytes: (looks * 400) / 1e9,
  }
}

/** How many questions cycles put to Route 53's own name servers in a month (`served.route53`), while nothing changes. */
export function dnsQueries({ dnsQueries: inCycle = 0, runFrequencySeconds }: Workload): number {
  return ((monthHours * 3600) / runFrequencySeconds) * inCycle
}

/** What one name server adds that follows the bucket: a quiet pass asks for one object (behaviour §12). */
export function follower(everySeconds: number): Units {
  return { ...nothing, bucketGets: (monthHours * 3600) / everySeconds }
}
