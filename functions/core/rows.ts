import type { Assessed } from './assess.ts'
import type { ZoneRecord } from './before.ts'
import type { Network } from './config/network.ts'
import type { Decision } from './decide.ts'
import { meanSeconds } from './history.ts'
import { isFailure, isPassing, type Probe } from './model.ts'
import type { Probing } from './participants.ts'
import type { ZonePlan } from './plan.ts'
import type { CanaryReport, EdgeReport, ZoneReport } from './report.ts'

/** What the rows about edges and canaries tell of a decision. */
export interface Told extends Pick<Decision, 'participants' | 'liveSet' | 'reasons'> {
  /** Null: nothing is published. */
  readonly publication: object | null
}

/** The report's rows about edges, by name (contract, "Report"). A blind cycle has outcomes and no judgements. */
export function edgeRows(decision: Told, network: Network, probing: Probing, verbose: boolean): EdgeReport[] {
  const live = new Set(decision.liveSet.live)
  return decision.participants.edges.map(edge => {
    const probe = probing.edges.get(edge.name) ?? edge.assessed.probe
    return {
      edge: edge.name,
      address: edge.address,
      mode: edge.order.mode,
      outcome: probe.outcome,
      judgement: probing.blind ? null : edge.assessed.judgement,
      fetchSeconds: fetchSeconds(probe, network),
      windowAverage: meanSeconds(edge.assessed.window),
      average: meanSeconds(edge.assessed.all),
      state: live.has(edge.name) ? 'in' : 'out',
      reason: String(decision.reasons.get(edge.name)),
      ...(verbose ? { phases: probe.phases } : {}),
    }
  })
}

/** The report's rows about canaries, by zone. `used` tells whether the canary is in its zone after this cycle. */
export function canaryRows(decision: Told, network: Network, probing: Probing, verbose: boolean): CanaryReport[] {
  const byAddress = new Map(decision.participants.canaries.map(canary => [canary.name, canary]))
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
      used: decision.publication !== null && isPassing(judgement) && probe.outcome !== 'skipped',
      ...(verbose ? { phases: probe.phases } : {}),
    }
  })
}

function fetchSeconds(probe: Probe, network: Network): number | null {
  if (probe.outcome === 'ok') return probe.fetchMicros / 1e6
  return isFailure(probe.outcome) ? network.settings.timeout : null
}

/** What became of the planned writes: zones written, and why others were not. */
export interface ZoneOutcomes {
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
  if (decision.publication !== null) return decision.publication.zones.map(plan => plannedRow(plan, outcomes))
  return network.zones.map(({ name }) => {
    const record = records.get(name)
    const waits = decision.waiting.has(name) || record?.due === true
    const reason = waits ? 'waits: nothing is published in this cycle' : 'nothing is published in this cycle'
    return { zone: name, action: waits ? 'due' : 'unchanged', serial: record?.serial || null, reason }
  })
}

function plannedRow(plan: ZonePlan, outcomes: ZoneOutcomes): ZoneReport {
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
      if (outcomes.written.has(plan.zone)) return { ...row, action: 'published' }
      return {
        ...row,
        action: 'due',
        reason: outcomes.failures.get(plan.zone) ?? 'time was over before it was written',
      }
    }
  }
}
