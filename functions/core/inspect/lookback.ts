import type { Network } from '../config/network.ts'
import { canaryAddresses } from '../config/network.ts'
import { type DecidedEdge, decidedEdges } from '../decision/decided-edges.ts'
import { judgeAndSelect } from '../decision/judge-and-select.ts'
import { noPhases, type Probe, unprobed } from '../domain/model.ts'
import { failureOf, type ToldFailure } from '../history/failure-words.ts'
import { entryOf, type Kind, liveIn, withoutNewest } from '../history/history.ts'
import { type Entry, noCircumstances, type Run } from '../history/run.ts'
import type { Participants, Probing } from '../judgement/participants.ts'
import { isSameSet } from '../live-set/budget.ts'
import type { LiveSet } from '../live-set/live-set.ts'
import { isExpired } from '../orders/orders.ts'
import type { CanaryReport, EdgeReport } from '../report/report.ts'
import { canaryRows, edgeRows } from '../report/report-rows.ts'
import { type Before, isConfirmed } from '../state/network-state.ts'

/** The newest recorded cycle, reconstructed from what is stored. */
export interface Lookback {
  /** When it ran, milliseconds. */
  readonly time: number
  readonly participants: Participants<DecidedEdge>
  readonly liveSet: LiveSet
  /** By name, as in a report; `state` and `reason` speak of the live set that is recorded now. */
  readonly edges: readonly EdgeReport[]
  /** By zone, as in a report. */
  readonly canaries: readonly CanaryReport[]
}

/**
 * What the newest recorded cycle found and decided, by the same rules (behaviour §3–§5), with the orders and settings of
 * now: samples and outcomes are stored, sentences are not. Null where no cycle is recorded. `now`: milliseconds, for the
 * orders that have expired meanwhile.
 */
export function lookBack(network: Network, stored: Before, now: number): Lookback | null {
  const newest = stored.history.runs.at(-1)
  if (newest === undefined) return null
  const before = beforeThat(stored, newest, now)
  const probing = probingOf(network, newest)
  const judged = judgeAndSelect(network, before, probing, newest.time)
  const { liveSet: decided } = judged
  const live = stored.live ?? decided.live
  const isEmpty = decided.answer === 'nothing'
  const otherwise = isEmpty ? 'no edge can be live' : 'orders or settings have changed since the last cycle'
  const held = decided.held ?? otherwise
  const liveSet: LiveSet = { ...decided, live, held }
  const participants = decidedEdges(judged.participants, liveSet, network.settings, false)
  const placed = live.length > 0 ? confirmedZones(network, stored) : none
  return {
    time: newest.time,
    participants,
    liveSet,
    edges: edgeRows(participants, network, probing, false),
    canaries: canaryRows(participants, placed, network, probing, false),
  }
}

const none: ReadonlySet<string> = new Set()

/** The zones whose last publication is confirmed, in the bucket or in Route 53. */
function confirmedZones(network: Network, { zones, pushed }: Before): Set<string> {
  const isWritten = (zone: string) => isConfirmed(zones.get(zone))
  const isPushed = (zone: string) => {
    const record = network.settings.route53.enabled ? pushed.get(zone) : undefined
    return record !== undefined && record.sets.length > 0 && record.due === null
  }
  const publishable = network.zones.filter(zone => zone.publishable).map(({ name }) => name)
  return new Set(publishable.filter(zone => isWritten(zone) || isPushed(zone)))
}

/** The state as the newest recorded cycle found it, as far as it can be told. */
function beforeThat(stored: Before, newest: Run, now: number): Before {
  const history = withoutNewest(stored.history)
  const previous = history.runs.at(-1)
  const live = previous === undefined ? [] : liveIn(previous)
  return {
    ...stored,
    history,
    live,
    rotations: rotationsBefore(stored.rotations, newest, !isSameSet(live, liveIn(newest))),
    orders: new Map([...stored.orders].filter(([, order]) => order === 'unreadable' || !isExpired(order.expires, now))),
  }
}

/** The rotations before a cycle: its own is at its time, and so may be those that it re-dated (behaviour §5). */
function rotationsBefore(rotations: readonly number[], { time: now }: Run, isRotation: boolean): readonly number[] {
  const earlier = rotations.filter(time => time <= now)
  return isRotation && earlier.at(-1) === now ? earlier.slice(0, -1) : earlier
}

function probingOf(network: Network, run: Run): Probing {
  const probes = (kind: Kind, names: readonly string[]) => new Map(names.map(name => [name, probeOf(run, kind, name)]))
  const edges = network.edges.map(({ name }) => name)
  const canaries = canaryAddresses(network)
  const seen = run.circumstances ?? noCircumstances
  return {
    edges: probes('edge', edges),
    canaries: probes('canary', canaries),
    killed: run.killed,
    blind: false,
    rechecked: seen.rechecked,
    verdicts: seen.verdicts,
  }
}

function probeOf(run: Run, kind: Kind, name: string): Probe {
  const entry = entryOf(run, kind, name)
  return entry === null ? unprobed('it came after the last cycle') : probeBehind(entry)
}

/** The probe that a stored entry tells of: its outcome and fetch time are kept, how it went is not. */
export function probeBehind(entry: Entry): Probe {
  const { outcome, micros } = entry
  if (outcome === 'skipped') return unprobed('probing ended before it was done')
  // Replays make millions of them: spelled out, they take a tenth of the time.
  if (outcome === 'ok') {
    return { address: null, attempts: 1, tookSeconds: null, phases: noPhases, outcome, detail: '', fetchMicros: micros }
  }
  const { detail, tookSeconds } = failureOf(entry) as ToldFailure
  return { address: null, attempts: 1, tookSeconds, phases: noPhases, outcome, detail }
}
