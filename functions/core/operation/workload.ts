import { asksRoute53, maxAskedNames } from '../config/asked-servers.ts'
import { canaryAddresses, type Network } from '../config/network.ts'

/** A function has one whole processor at so much memory, and a share in proportion below it. */
export const wholeProcessorMegabytes = 1769

/** Processor time of a cycle and of one probe in it, measured (test/bench/lambda-memory.ts). */
const cycleProcessorSeconds = 0.015

const probeProcessorSeconds = { https: 0.0024, http: 0.0013 } as const

/** What a healthy edge takes to answer. */
const answerSeconds = 0.03

export const kilobyte = 1024

export const itemBytes = 100

export const zoneBytes = 120

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
  /** Questions to Route 53's own name servers in a cycle (`served.route53`); left out: none. */
  readonly dnsQueries?: number
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
    dnsQueries: dnsQueriesIn(network),
  }
}

/** Every hosted zone has so many name servers. */
const nameServers = 4

/** Questions about the zones whose turn it is, name by name: for IPv4, and for IPv6 unless no edge can have such an address. */
function dnsQueriesIn({ settings, edges, zones }: Network): number {
  if (!asksRoute53(settings)) return 0
  const names = Math.min(maxAskedNames, 1 + settings.dns.rotate_zones.length)
  const isPlain = edges.every(({ address }) => address !== null && !address.includes(':'))
  return Math.min(settings.served.sample, zones.length) * names * (isPlain ? 1 : 2) * nameServers
}

/** Seconds that a quiet cycle takes. */
export function cycleSeconds({ edges, canaries, proto, memoryMegabytes }: Workload): number {
  const share = Math.min(1, memoryMegabytes / wholeProcessorMegabytes)
  return answerSeconds + (cycleProcessorSeconds + (edges + canaries) * probeProcessorSeconds[proto]) / share
}

/** Write and read units of a quiet cycle, warm, and what the first cycle of an hour writes in addition. */
export function tableUnitsOf(workload: Workload): { readonly write: number; readonly read: number; hourly: number } {
  // Taking and giving back the lease, and the samples; orders and freeze are looked for.
  return {
    write: 2 + Math.ceil(runBytes(workload) / kilobyte),
    read: 2,
    hourly: Math.ceil(hourBytes(workload) / kilobyte),
  }
}

export function runBytes({ edges, canaries }: Workload): number {
  return itemBytes + 4 * (edges + canaries)
}

export function hourBytes({ edges, canaries }: Workload): number {
  return itemBytes + 8 * (edges + canaries)
}

/** What a function reads when it starts afresh: all kept runs, all zone records, and four small things. */
export function coldReadUnits(workload: Workload): number {
  const units = (bytes: number) => Math.ceil(bytes / (4 * kilobyte))
  return units(workload.samples * runBytes(workload)) + Math.max(1, units(workload.zones * zoneBytes)) + 4
}
