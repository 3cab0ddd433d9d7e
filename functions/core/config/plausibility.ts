import { askingReserveSeconds, maxRunSeconds, probeApartMs, probingReserveSeconds } from '../domain/limits.ts'
import { counted } from '../domain/printable.ts'
import type { Network } from './network.ts'
import { canaryAddresses } from './network.ts'
import type { Problem } from './problem.ts'
import { type SettingsFile, settingsPath } from './settings-file.ts'

/** Probing ends so long after a cycle's start (behaviour §1.9). */
const probingSeconds = maxRunSeconds - probingReserveSeconds
/** Starts are paced one per this many seconds (behaviour §1.1). */
const paceSeconds = probeApartMs / 1000

/** As many records of one type as a name server takes at one name, unless it is told otherwise. */
const maxAddresses = 100

/** What is allowed, but hardly meant: warnings about a network that could run. */
export function doubtsAbout(network: Network, settingsFile: SettingsFile): Problem[] {
  return [
    ...doubtfulEdgeCount(network),
    ...doubtfulTimes(network),
    ...doubtfulSight(network),
    ...doubtfulProbing(network),
    ...doubtfulServed(network),
  ].map(([path, message]) => {
    const place = settingsFile.placeOf(network.name, path)
    return { severity: 'warning', file: settingsPath, ...place, message, network: network.name, scope: 'settings' }
  })
}

/** The path of a key, and what is doubtful about it. */
type Doubt = readonly [path: readonly string[], message: string]

function doubtfulEdgeCount({ name, settings, edges }: Network): Doubt[] {
  const { edge_count } = settings
  const doubts: Doubt[] = []
  if (edges.length > 0 && edges.length < edge_count) {
    doubts.push([['edge_count'], `${name} has ${counted(edges.length, 'edge')}, fewer than edge_count (${edge_count})`])
  }
  if (edge_count > maxAddresses) {
    const message = `edge_count (${edge_count}) is above ${maxAddresses}: by default, BIND loads no more addresses at one name`
    doubts.push([['edge_count'], message])
  }
  return doubts
}

function doubtfulTimes({ settings: { goodenough, timeout, alarms } }: Network): Doubt[] {
  const doubts: Doubt[] = []
  if (goodenough >= timeout) {
    doubts.push([['goodenough'], `goodenough (${goodenough} s) is not below timeout (${timeout} s)`])
  }
  const { slow_seconds } = alarms
  if (slow_seconds !== null && slow_seconds > timeout) {
    const message = `alarms.slow_seconds (${slow_seconds} s) is above timeout (${timeout} s), which no fetch takes: the alarm goes off at ${timeout} s`
    doubts.push([['alarms', 'slow_seconds'], message])
  }
  return doubts
}

/** Second sight (behaviour §10). */
function doubtfulSight({ settings, edges }: Network): Doubt[] {
  const { brake, brake_cycles, recheck, timeout, vantages } = settings
  const doubts: Doubt[] = []
  const seconds = 3 * timeout + recheck + askingReserveSeconds
  if (vantages.length > 0 && seconds > probingSeconds) {
    const message = `a probe, its recheck and the vantage points may take ${seconds} s (3 × timeout + recheck + ${askingReserveSeconds}), more than the ${probingSeconds} s of a cycle's probing: vantage points then have less time, or none; lower timeout (${timeout} s)`
    doubts.push([['vantages'], message])
  }
  const neverBrakes = brakeThatNeverHolds(settings, edges.length)
  if (neverBrakes !== null) doubts.push([['brake'], neverBrakes])
  if (brake === 0 && brake_cycles > 1) {
    doubts.push([['brake_cycles'], `brake_cycles (${brake_cycles}) has no effect without brake`])
  }
  return doubts
}

function doubtfulProbing(network: Network): Doubt[] {
  const needed = maxProbing(network)
  if (needed <= probingSeconds) return []
  const message = `if every probe times out, probing takes ${Math.ceil(needed)} s and ends unfinished after ${probingSeconds} s`
  return [[['workers'], `${message}: raise workers or lower timeout`]]
}

/** Route 53's name servers are asked for what is pushed there (behaviour §12). */
function doubtfulServed({ name, settings: { served, route53 } }: Network): Doubt[] {
  if (!served.route53 || route53.enabled) return []
  return [[['served', 'route53'], `served.route53 has no effect: ${name} pushes nothing to Route 53 (route53.enabled)`]]
}

/** Why the brake can never hold a live set of this size (behaviour §10.3); null where it can, or is off. */
function brakeThatNeverHolds({ brake, edge_count }: Network['settings'], edges: number): string | null {
  const live = Math.min(edge_count, edges)
  if (brake === 0) return null
  if (brake === 1) return 'brake (1) never holds: no more than all live edges can fail at once'
  return live === 1 ? 'brake never holds a live set of 1 edge: it takes two that fail at once' : null
}

/** Seconds that a cycle of nothing but time-outs takes: worker by worker, and never less than its starts and the last. */
function maxProbing(network: Network): number {
  const { workers, timeout } = network.settings
  const targets = network.edges.length + canaryAddresses(network).length
  const byWorkers = Math.ceil(targets / workers) * timeout + Math.min(targets, workers) * paceSeconds
  return Math.max(byWorkers, targets * paceSeconds + timeout)
}
