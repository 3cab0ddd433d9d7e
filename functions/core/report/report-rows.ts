import type { Network } from '../config/network.ts'
import type { DecidedEdge } from '../decision/decided-edges.ts'
import type { Decision } from '../decision/decision.ts'
import { isFailure, isPassing, type Probe } from '../domain/model.ts'
import { isoTime } from '../domain/time-words.ts'
import { meanSeconds } from '../history/total.ts'
import type { Assessed } from '../judgement/assess.ts'
import type { Participants, Probing } from '../judgement/participants.ts'
import type { ZonePlan } from '../publication/zone-plan.ts'
import type { ZoneRecord } from '../state/network-state.ts'
import type { CanaryReport, EdgeReport, RecordReport, ZoneReport } from './report.ts'

/** The report's rows about edges, by name (contract, "Report"). A blind cycle has outcomes and no judgements. */
export function edgeRows(
  { edges }: Pick<Participants<DecidedEdge>, 'edges'>,
  network: Network,
  { blind }: Pick<Probing, 'blind'>,
  verbose: boolean,
): EdgeReport[] {
  return edges.map(edge => {
    const { found: probe } = edge
    return {
      edge: edge.name,
      address: edge.address,
      mode: edge.order.mode,
      outcome: probe.outcome,
      judgement: blind ? null : edge.assessed.judgement,
      fetchSeconds: fetchSeconds(probe, network),
      windowAverage: meanSeconds(edge.assessed.window),
      average: meanSeconds(edge.assessed.all),
      state: edge.isLive ? 'in' : 'out',
      reason: edge.reason,
      ...secondSight(edge),
      ...certificate(probe),
      ...(verbose ? { phases: probe.phases } : {}),
    }
  })
}

/**
 * The report's rows about canaries, by zone; `placed`: the zones that stand as they were decided, as far as is known. `used` tells whether the canary is in its zone after this cycle; not where
 * that is not known, as the zone is due.
 */
export function canaryRows(
  { canaries }: Pick<Participants, 'canaries'>,
  placed: ReadonlySet<string>,
  network: Network,
  probing: Probing,
  verbose: boolean,
): CanaryReport[] {
  const byAddress = new Map(canaries.map(canary => [canary.name, canary]))
  return network.canaries.map(({ zone, address }) => {
    const canary = byAddress.get(address) as Assessed
    const probe = probing.canaries.get(address) ?? canary.probe
    const judgement = probing.killed ? 'fail' : canary.judgement
    return {
      zone,
      address,
      outcome: probe.outcome,
      judgement: probing.blind ? null : judgement,
      fetchSeconds: fetchSeconds(probe, network),
      used: placed.has(zone) && isPassing(judgement) && probe.outcome !== 'skipped',
      ...(isFailure(probe.outcome) ? { detail: probe.detail, tookSeconds: probe.tookSeconds } : {}),
      ...(verbose ? { phases: probe.phases } : {}),
    }
  })
}

const standing = ['published', 'upserted', 'unchanged', 'planned']

/**
 * The zones that stand as this cycle decided them, in their file or in Route 53; none where nothing is published, and none
 * where no canary asks for them.
 */
export function placedZones(
  { status }: Pick<Decision, 'status'>,
  { canaries }: Pick<Network, 'canaries'>,
  zones: readonly ZoneReport[],
  records: readonly RecordReport[],
): Set<string> {
  const rows = status !== 'ok' || canaries.length === 0 ? [] : [...zones, ...records]
  return new Set(rows.filter(({ action }) => standing.includes(action)).map(({ zone }) => zone))
}

/** What a second look at an edge found, as far as there was one (behaviour §10). */
function secondSight({ rechecked, verdict }: DecidedEdge): Partial<EdgeReport> {
  return {
    ...(rechecked ? { rechecked } : {}),
    ...(verdict?.verdict === 'disputed' ? { disputed: true } : {}),
    ...(verdict !== null && verdict.votes.length > 0 ? { votes: verdict.votes } : {}),
  }
}

function certificate({ certificateExpires }: Probe): Pick<EdgeReport, 'certificateExpires'> {
  return certificateExpires === undefined ? {} : { certificateExpires: isoTime(certificateExpires) }
}

function fetchSeconds(probe: Probe, network: Network): number | null {
  if (probe.outcome === 'ok') return probe.fetchMicros / 1e6
  return isFailure(probe.outcome) ? network.settings.timeout : null
}

/** How far a cycle got in the table: what it was about to do is recorded, and what came of it is saved. */
export interface Kept {
  readonly recorded: boolean
  readonly saved: boolean
}

/** What became of the planned writes: zones written, and why others were not. */
export interface ZoneOutcomes extends Kept {
  readonly dryRun: boolean
  readonly written: ReadonlySet<string>
  /** By zone: why its write failed. */
  readonly failures: ReadonlyMap<string, string>
}

/** The report's rows about zones, by name. A dry run's planned zones carry their full text. */
export function zoneRows(
  decision: Decision,
  network: Network,
  records: ReadonlyMap<string, ZoneRecord>,
  outcomes: ZoneOutcomes,
): ZoneReport[] {
  const lastSerial = (zone: string) => records.get(zone)?.serial || null
  if (decision.status === 'ok') return decision.publication.zones.map(plan => plannedRow(plan, lastSerial, outcomes))
  const { heldBack } = decision
  return network.zones.map(({ name }) => {
    const record = records.get(name)
    const fault = heldBack.invalid.get(name)
    if (fault !== undefined) return { zone: name, action: 'invalid', serial: lastSerial(name), reason: fault }
    const waits = heldBack.zones.has(name) || record?.due === true
    const reason = waits ? 'waits: nothing is published in this cycle' : 'nothing is published in this cycle'
    return { zone: name, action: waits ? 'due' : 'unchanged', serial: lastSerial(name), reason }
  })
}

function plannedRow(plan: ZonePlan, lastSerial: (zone: string) => number | null, outcomes: ZoneOutcomes): ZoneReport {
  const row = { zone: plan.zone, serial: plan.record?.serial || null, reason: plan.reason }
  switch (plan.action) {
    case 'keep':
      return { ...row, action: 'unchanged' }
    case 'wait':
      return { ...row, action: 'due' }
    case 'invalid':
      return { ...row, action: 'invalid' }
    case 'write': {
      if (outcomes.dryRun) return { ...row, action: 'planned', text: plan.text }
      const serial = outcomes.recorded ? row.serial : lastSerial(plan.zone)
      const reason = whyDue(plan.zone, outcomes)
      return reason === null ? { ...row, action: 'published' } : { ...row, action: 'due', serial, reason }
    }
  }
}

/** Why a write is due still; null where it is confirmed and that is saved (behaviour §7.4). */
function whyDue(zone: string, { recorded, saved, written, failures }: ZoneOutcomes): string | null {
  if (!recorded) return 'not written: what the cycle decided could not be saved'
  if (written.has(zone)) return saved ? null : 'it was written, but the cycle could not save that'
  return failures.get(zone) ?? 'the cycle failed before its write was confirmed'
}
