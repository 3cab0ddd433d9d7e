import type { Network } from '../config/network.ts'
import { wantedEdges } from '../config/network.ts'
import { settingsTable } from '../config/settings-table.ts'
import { inSeconds } from '../domain/micros.ts'
import { isFailure, type Outcome } from '../domain/model.ts'
import { spanWords } from '../domain/time-words.ts'
import { probeWords } from '../history/failure-words.ts'
import type { Entry } from '../history/run.ts'
import { rotationsInWindow } from '../live-set/rotation.ts'
import { rotationWindowSeconds } from '../operation/thresholds.ts'
import { certificateCheck } from './certificate-check.ts'
import { type Checked, statusOf, type Thresholds, unknown, worstOf } from './check.ts'
import { type CheckInput, entriesOf, usable } from './check-input.ts'
import { checkThresholds, lateAfter } from './check-thresholds.ts'
import { config } from './config-check.ts'
import { freezeWords } from './freeze-words.ts'
import { live, withOutage } from './live-check.ts'
import { parseRange } from './nagios-range.ts'
import { liveNames } from './query-rows.ts'
import { served } from './served-check.ts'
import { zonesCheck } from './zones-check.ts'

/** A check by its name on the command line: its label, and the thresholds that hold where none are given. */
export interface CheckSpec {
  readonly label: string
  readonly defaults: (network: Network | null) => { readonly warn: string | null; readonly crit: string | null }
  readonly work: (input: CheckInput) => Checked
}

/** Names of checks; `all` is all of them. */
export type CheckName =
  | 'integrity'
  | 'latency'
  | 'rotation'
  | 'freshness'
  | 'live'
  | 'served'
  | 'zones'
  | 'certificate'
  | 'config'

/** The checks (contract, `check`), with the labels and defaults of the original. */
export const checks: Readonly<Record<CheckName, CheckSpec>> = {
  integrity: { label: 'EDGE_TESTMATCH', defaults: () => checkThresholds.integrity, work: integrity },
  latency: { label: 'ACTIVE_EDGE_LATENCY', defaults: () => checkThresholds.latency, work: latency },
  rotation: { label: 'EDGE_ROTATE', defaults: () => checkThresholds.rotation, work: rotation },
  freshness: {
    label: 'EDGE_FRESHNESS',
    defaults: network => {
      const frequency = network?.settings.run_frequency ?? settingsTable.run_frequency.default
      return { warn: String(lateAfter.warn * frequency), crit: String(lateAfter.crit * frequency) }
    },
    work: freshness,
  },
  served: { label: 'EDGE_SERVED', defaults: () => checkThresholds.served, work: served },
  live: {
    label: 'EDGE_LIVE',
    defaults: network => ({ warn: network === null ? null : `${wantedEdges(network)}:`, crit: '1:' }),
    work: live,
  },
  zones: { label: 'EDGE_ZONES', defaults: () => checkThresholds.zones, work: zonesCheck },
  certificate: {
    label: 'EDGE_CERTIFICATE',
    defaults: network => {
      const days = network?.settings.certificate_days ?? settingsTable.certificate_days.default
      return { warn: days === 0 ? null : `${days}:`, crit: days === 0 ? null : '0:' }
    },
    work: certificateCheck,
  },
  config: { label: 'EDGE_CONFIG', defaults: () => checkThresholds.config, work: config },
}

/** The thresholds that were given, or else the defaults; a text where one of them is not a range. */
export function thresholdsOf(
  spec: CheckSpec,
  network: Network | null,
  given: { readonly warning?: string | undefined; readonly critical?: string | undefined },
): Thresholds | string {
  const defaults = spec.defaults(network)
  const read = (text: string | null) => (text === null ? null : (parseRange(text) ?? text))
  const warn = read(given.warning ?? defaults.warn)
  const crit = read(given.critical ?? defaults.crit)
  for (const one of [warn, crit]) {
    if (typeof one === 'string') return `"${one}" is not a range: write 10, 10:, ~:10, 10:20 or @10:20`
  }
  return { warn, crit } as Thresholds
}

/** Outcomes of probes that got a body to look at. */
const verified: readonly Outcome[] = ['ok', 'verify_failed']

/** Whether edges served something else than the test object. Where no live edge served anything, nobody can tell. */
function integrity(input: CheckInput): Checked {
  const run = usable(input)
  if (typeof run === 'string') return unknown(run)
  const probed = entriesOf(input.network, run).filter(({ entry }) => entry.outcome !== 'skipped')
  if (probed.length === 0) return unknown('no edge was probed in the last cycle')
  const answered = probed.filter(({ entry }) => verified.includes(entry.outcome))
  const live = new Set(liveNames(input.stored))
  const isLive = ({ edge }: { readonly edge: string }) => live.has(edge)
  if (answered.length === 0 || (probed.some(isLive) && !answered.some(isLive))) {
    const which = answered.length === 0 ? 'edge' : 'live edge'
    return unknown(`no ${which} of ${input.network.name} served anything to compare with the test object`)
  }
  const silent = probed.length - answered.length
  const unseen = silent === 0 ? '' : `; ${silent} of them served nothing to compare`
  const wrong = probed.filter(({ entry }) => entry.outcome === 'verify_failed').map(({ edge }) => edge)
  const text =
    wrong.length === 0
      ? `no edge of ${input.network.name} serves a wrong test object (${probed.length} probed)${unseen}`
      : `${wrong.length} of ${probed.length} edges of ${input.network.name} serve a wrong test object: ${wrong.join(', ')}`
  const { thresholds } = input
  const figures = [{ name: 'verify_failed', value: wrong.length, unit: '' as const, thresholds }]
  return { status: statusOf(wrong.length, thresholds), text, figures }
}

/** "bad_status: status 503 in 0.02 s": how a probe failed, as far as it is kept. */
function failureWords(entry: Entry): string {
  const isKept = entry.failure !== undefined && entry.failure.cause + entry.failure.tookMs > 0
  return isKept ? `${entry.outcome}: ${probeWords(entry)}` : entry.outcome
}

/**
 * How long the edges in rotation took. A failed probe took the timeout, and one in rotation is never OK; where all of them
 * failed, it is critical, however short the timeout.
 */
function latency(input: CheckInput): Checked {
  const run = usable(input)
  if (typeof run === 'string') return unknown(run)
  const { network, stored, thresholds, all } = input
  const live = new Set(liveNames(stored))
  const which = all ? 'edge' : 'edge in rotation'
  const measured = entriesOf(network, run)
    .filter(({ edge, entry }) => (all || live.has(edge)) && entry.outcome !== 'skipped')
    .map(({ edge, entry }) => {
      const seconds = entry.micros / 1e6
      const isFailed = isFailure(entry.outcome)
      const floor = isFailed && live.has(edge) ? 'WARN' : 'OK'
      const words = `${edge} ${inSeconds(seconds)}${isFailed ? ` (${failureWords(entry)})` : ''}`
      return { edge, seconds, isFailed, words, status: worstOf([statusOf(seconds, thresholds), floor]) }
    })
  const [slowest] = [...measured].sort((a, b) => b.seconds - a.seconds)
  if (slowest === undefined) return unknown(`no ${which} of ${network.name} was probed in the last cycle`)
  const slow = measured.filter(({ status }) => status !== 'OK').map(({ words }) => words)
  const text =
    slow.length === 0
      ? `slowest ${which} of ${network.name}: ${slowest.words}`
      : `${slow.length} of ${measured.length} edges of ${network.name} too slow: ${slow.join(', ')}`
  const figures = measured.map(({ edge, seconds }) => ({ name: edge, value: seconds, unit: 's' as const, thresholds }))
  const inRotation = measured.filter(({ edge }) => live.has(edge))
  const isOutage = inRotation.length > 0 && inRotation.every(({ isFailed }) => isFailed)
  const statuses = measured.map(({ status }) => status)
  return { status: worstOf(isOutage ? [...statuses, 'CRIT'] : statuses), text, figures }
}

/** How often the live set changed in ten minutes. Where no live edge passes, that it did not change is no comfort. */
function rotation(input: CheckInput): Checked {
  const run = usable(input)
  if (typeof run === 'string') return unknown(run)
  const { network, stored, now, thresholds } = input
  const count = rotationsInWindow(stored.rotations, now, rotationWindowSeconds)
  const text = `${count} ${count === 1 ? 'rotation' : 'rotations'} of ${network.name} in the last 10 minutes`
  const figures = [{ name: 'rotations', value: count, unit: '' as const, thresholds }]
  return withOutage({ status: statusOf(count, thresholds), text, figures }, input)
}

/**
 * How old the last cycle is that finished. A frozen network is at least a warning, and so is a cycle that did not end
 * well: cycles that fail are no less fresh for that.
 */
function freshness(input: CheckInput): Checked {
  const { network, stored, lastCycle, lastStatus, now, thresholds } = input
  if (lastCycle === null) return unknown(`no cycle of ${network.name} has ever finished`)
  const seconds = Math.max(0, Math.floor((now - lastCycle) / 1000))
  const frozen = freezeWords(stored.freeze, now)
  const ended = lastStatus === null || lastStatus === 'ok' ? '' : ` (${lastStatus})`
  const text = `last cycle of ${network.name} was ${spanWords(seconds * 1000)} ago${ended}`
  const checked: Checked = {
    status: worstOf([statusOf(seconds, thresholds), frozen === null && ended === '' ? 'OK' : 'WARN']),
    text: frozen === null ? text : `${text}; ${frozen}`,
    figures: [{ name: 'age', value: seconds, unit: 's', thresholds }],
  }
  return typeof usable(input) === 'string' ? checked : withOutage(checked, input)
}
