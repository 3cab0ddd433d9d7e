import type { Network } from '../config/network.ts'
import { canaryAddresses } from '../config/network.ts'

/** Hours of a month, as AWS counts them. */
export const monthHours = 730
/** A function has one whole processor at so much memory, and a share in proportion below it. */
const wholeProcessorMegabytes = 1769
/** Processor time of a cycle and of one probe in it, measured (test/bench/lambda-memory.ts). */
const cycleProcessorSeconds = 0.015
const probeProcessorSeconds = { https: 0.0024, http: 0.0013 } as const
/** What a healthy edge takes to answer. */
const answerSeconds = 0.03
/** How often a function starts anew and reads the history: an assumption, on the high side. */
const coldStartsPerDay = 12
/** The platform's lines and ours about a quiet cycle, measured. */
const logBytesPerCycle = 1100
/** Metrics that every cycle sends (design, "Money"); each edge has this many more where they are asked for. */
const metricsPerNetwork = 2
const metricsPerEdge = 2
const kilobyte = 1024
const itemBytes = 100
const zoneBytes = 120
const listedAtOnce = 1000

/** What of a network makes its price; `memoryMegabytes` and `alarms` are the stack's choice. */
export interface Workload {
  readonly edges: number
  readonly canaries: number
  readonly zones: number
  readonly liveEdges: number
  readonly proto: 'http' | 'https'
  readonly memoryMegabytes: number
  readonly alarms: number
  readonly perEdgeMetrics: boolean
  readonly runFrequencySeconds: number
  readonly timeoutSeconds: number
  readonly samples: number
  /** Cycles from one look at the bucket to the next; 0: never. */
  readonly verifyEvery: number
  /** Vantage points that are asked when a live edge falls; left out: none. */
  readonly vantages?: number
}

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

/** What makes the price of a network. */
export function workloadOf(network: Network, platform: Pick<Workload, 'memoryMegabytes' | 'alarms'>): Workload {
  const { settings, edges, zones } = network
  return {
    ...platform,
    edges: edges.length,
    canaries: canaryAddresses(network).length,
    zones: zones.length,
    liveEdges: Math.min(settings.edge_count, edges.length),
    proto: settings.testobject.proto,
    perEdgeMetrics: settings.metrics.per_edge,
    runFrequencySeconds: settings.run_frequency,
    timeoutSeconds: settings.timeout,
    samples: settings.history.samples,
    verifyEvery: settings.verify_every,
    vantages: settings.vantages.length,
  }
}

/** Seconds that a quiet cycle takes. */
export function cycleSeconds({ edges, canaries, proto, memoryMegabytes }: Workload): number {
  const share = Math.min(1, memoryMegabytes / wholeProcessorMegabytes)
  return answerSeconds + (cycleProcessorSeconds + (edges + canaries) * probeProcessorSeconds[proto]) / share
}

/** Write and read units of a quiet cycle, warm, and what the first cycle of an hour writes besides. */
export function tableUnitsOf(workload: Workload): { readonly write: number; readonly read: number; hourly: number } {
  // Taking and giving back the lease, and the samples; orders and freeze are looked for.
  return {
    write: 2 + Math.ceil(runBytes(workload) / kilobyte),
    read: 2,
    hourly: Math.ceil(hourBytes(workload) / kilobyte),
  }
}

function runBytes({ edges, canaries }: Workload): number {
  return itemBytes + 4 * (edges + canaries)
}

function hourBytes({ edges, canaries }: Workload): number {
  return itemBytes + 8 * (edges + canaries)
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

/** What a function reads when it starts anew: all kept runs, all zone records, and four small things. */
export function coldReadUnits(workload: Workload): number {
  const units = (bytes: number) => Math.ceil(bytes / (4 * kilobyte))
  return units(workload.samples * runBytes(workload)) + Math.max(1, units(workload.zones * zoneBytes)) + 4
}

/** What lies in the table: runs for twice the kept samples, at least 14 days, and hours for 4000 of them (design). */
function storedGigabytes(workload: Workload): number {
  const overhead = 100
  const runs = Math.max(2 * workload.samples, (14 * 86_400) / workload.runFrequencySeconds)
  return (runs * (runBytes(workload) + overhead) + 4000 * (hourBytes(workload) + overhead)) / 1e9
}

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

/** Zones are kept in this many items, each of them written whole. */
const zoneGroups = 64

/** What one rotation of this many zones adds: all of them are announced, written and confirmed. */
export function oneRotation({ liveEdges }: Workload, zones: number): Units {
  const groups = Math.round(zoneGroups * (1 - (1 - 1 / zoneGroups) ** zones))
  const groupUnits = groups === 0 ? 0 : groups * Math.ceil((itemBytes + (zones / groups) * zoneBytes) / kilobyte)
  const liveUnits = Math.ceil((itemBytes + liveEdges * 40) / kilobyte)
  // The new live set, the old one's end, STATE, the rotation, and the record of the files twice.
  return { ...nothing, tableWriteUnits: 2 * groupUnits + 2 * liveUnits + 4, bucketPuts: zones + 1 + Math.sign(zones) }
}

/** What drawing a page takes of a processor, and what a warm look reads besides what came since, both on the high side. */
const pageProcessorSeconds = 0.03
const lookReadUnits = 6

/** What somebody adds who has the dashboard open all month, refreshed every this many seconds (functions/cycle/status-memory.ts). */
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

/** What one name server adds that follows the bucket: a quiet pass asks for one object (behaviour §12.1). */
export function follower(everySeconds: number): Units {
  return { ...nothing, bucketGets: (monthHours * 3600) / everySeconds }
}
