import { counted, firstOf } from '../domain/printable.ts'
import type { Claim, ZoneFault } from './claims.ts'

/** How a network's manifest was found. */
export interface NetworkSight {
  readonly network: string
  readonly manifest: 'read' | 'unchanged' | 'unreadable'
  /** How many zones it has as its own; of one that cannot be read: as far as it is known. */
  readonly zones: number
  /** Why it cannot be read. */
  readonly detail?: string
}

/** What one pass found and did: a line of `--json`, and what checks look at. Every text in it is printable. */
export interface PassReport {
  /** ISO, UTC. */
  readonly startedAt: string
  readonly durationMs: number
  /** `failed`: something is not as the bucket has it, or waits. */
  readonly status: 'ok' | 'failed'
  readonly networks: readonly NetworkSight[]
  /** How many zones the name server has. */
  readonly zones: number
  /** Zones whose file was put in place. */
  readonly placed: readonly { readonly zone: string; readonly network: string; readonly serial: number }[]
  /** Of them, those that are new to the server. */
  readonly added: readonly string[]
  /** Zones that left the server. */
  readonly left: readonly string[]
  /** Zones that stay as they were, and why. */
  readonly failed: readonly ZoneFault[]
  /** Zones that no manifest has, and since when (ISO). */
  readonly missing: readonly { readonly zone: string; readonly since: string }[]
  /** Zones that would leave, and stay until `--yes`. */
  readonly kept: readonly string[]
  /** Whether `reconfig` was granted, and which zones were reloaded; `all` zones: in one request. */
  readonly reconfigured: boolean
  readonly reloaded: 'all' | readonly string[]
  /** What the server has yet to be asked for: `reconfig`, and zones to reload. */
  readonly waiting: { readonly reconfig: boolean; readonly zones: readonly string[] }
  readonly catalog: { readonly zone: string; readonly serial: number } | null
  /** Seconds from one pass to the next; null where passes are started from outside. */
  readonly everySeconds: number | null
  readonly warnings: readonly string[]
}

/** The report of a pass that has done nothing yet. */
export function emptyReport(now: number, everySeconds: number | null): PassReport {
  return {
    startedAt: new Date(now).toISOString(),
    durationMs: 0,
    status: 'ok',
    ...{ networks: [], zones: 0, placed: [], added: [], left: [], failed: [], missing: [], kept: [] },
    reconfigured: false,
    reloaded: [],
    waiting: { reconfig: false, zones: [] },
    catalog: null,
    everySeconds,
    warnings: [],
  }
}

/** The report with the status that its content asks for. */
export function judgedReport(report: PassReport): PassReport {
  const { networks, failed, kept, waiting, warnings } = report
  const isTroubled =
    networks.some(({ manifest }) => manifest === 'unreadable') ||
    [failed, kept, waiting.zones, warnings].some(list => list.length > 0) ||
    waiting.reconfig
  return { ...report, status: isTroubled ? 'failed' : 'ok' }
}

/** Whether a pass changed something. */
export function isEventful({ placed, left, reconfigured, reloaded }: PassReport): boolean {
  return placed.length > 0 || left.length > 0 || reconfigured || reloaded === 'all' || reloaded.length > 0
}

const maxNames = 10
const maxFaults = 20

/** "a.example, b.example and 3 more zones". */
function namesOf(zones: readonly string[]): string {
  return firstOf(zones, maxNames, rest => `and ${counted(rest, 'more zone')}`).join(', ')
}

/** What is wrong after a pass, a sentence each, for a person. */
export function troubleLines({ networks, failed, kept, waiting, warnings }: PassReport): string[] {
  const unreadable = networks.filter(({ manifest }) => manifest === 'unreadable')
  const faults = failed.map(({ zone, network, reason }) => `zone ${zone} of ${network} stays as it was: ${reason}`)
  const held = `${counted(kept.length, 'zone')} would leave at once (${namesOf(kept)}): they stay until follow --yes`
  return [
    ...unreadable.map(({ network, detail }) => `network ${network} stays as it was: ${detail}`),
    ...firstOf(faults, maxFaults, rest => `and ${counted(rest, 'more zone')} stay as they were`),
    ...(kept.length === 0 ? [] : [held]),
    ...warnings,
    ...(waiting.reconfig ? ['the name server has yet to read the new clauses (reconfig)'] : []),
    ...(waiting.zones.length === 0 ? [] : [`the name server has yet to reload ${namesOf(waiting.zones)}`]),
  ]
}

/** What a pass changed, a sentence each, for a person. */
export function changeLines({ placed, added, left, reconfigured, reloaded, missing }: PassReport): string[] {
  const changed = placed.map(({ zone }) => zone).filter(zone => !added.includes(zone))
  const words = reloaded === 'all' ? 'all zones' : counted(reloaded.length, 'zone')
  return [
    ...(added.length === 0 ? [] : [`${counted(added.length, 'new zone')}: ${namesOf(added)}`]),
    ...(changed.length === 0 ? [] : [`${counted(changed.length, 'changed zone')}: ${namesOf(changed)}`]),
    ...(left.length === 0 ? [] : [`${counted(left.length, 'zone')} left: ${namesOf(left)}`]),
    ...(missing.length === 0 ? [] : [`in no manifest now: ${namesOf(missing.map(({ zone }) => zone))}`]),
    ...(reconfigured ? ['the name server has read the new clauses'] : []),
    ...(reloaded === 'all' || reloaded.length > 0 ? [`the name server was asked to reload ${words}`] : []),
  ]
}

/** A zone that was put in place, as a report has it. */
export function placedOf({ zone, network, serial }: Claim): PassReport['placed'][number] {
  return { zone, network, serial }
}
