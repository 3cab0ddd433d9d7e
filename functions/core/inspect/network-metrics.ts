import type { Network } from '../config/network.ts'
import { wantedEdges } from '../config/network.ts'
import { isFailure, modes } from '../domain/model.ts'
import { livePassing } from '../live-set/live-edges.ts'
import { rotationsInWindow } from '../live-set/rotation.ts'
import type { EdgeReport } from '../report/report.ts'
import type { Before } from '../state/network-state.ts'
import { freezeWords } from './freeze-words.ts'
import type { Family, Series } from './prometheus.ts'
import { liveNames, reportRows } from './query-rows.ts'
import { secondSightOf } from './second-sight.ts'

/** What the metrics of one network are made from; all its samples are in `stored`. */
export interface NetworkState {
  readonly network: Network
  readonly stored: Before
  /** Milliseconds: the start of the last cycle that finished; null if none ever did. */
  readonly lastCycle: number | null
}

/** The metrics of these networks (README, "Metrics"). What is not known has no series. `now`: milliseconds. */
export function metricsOf(states: readonly NetworkState[], now: number): Family[] {
  const seen = states.map(state => ({ ...state, rows: reportRows(state.network, state.stored, now) }))
  return [
    ...edgeFamilies.map(({ name, help, value }) => ({
      name: `edgemanage_edge_${name}`,
      help,
      series: seen.flatMap(({ network, rows }) =>
        rows.flatMap(row => one({ network: network.name, edge: row.edge }, value(row))),
      ),
    })),
    {
      name: 'edgemanage_edge_mode',
      help: 'Whether this is the mode of the edge: 1 for one of the four modes, 0 for the others.',
      series: seen.flatMap(({ network, rows }) =>
        rows.flatMap(row =>
          modes.map(mode => ({
            labels: { network: network.name, edge: row.edge, mode },
            value: Number(row.mode === mode),
          })),
        ),
      ),
    },
    ...networkFamilies.map(({ name, help, value }) => ({
      name: `edgemanage_${name}`,
      help,
      series: seen.flatMap(state => one({ network: state.network.name }, value(state, now))),
    })),
  ]
}

function one(labels: Series['labels'], value: number | null): Series[] {
  return value === null ? [] : [{ labels, value }]
}

interface EdgeFamily {
  readonly name: string
  readonly help: string
  readonly value: (row: EdgeReport) => number | null
}

const edgeFamilies: readonly EdgeFamily[] = [
  {
    name: 'response_time_seconds',
    help: 'Fetch time of the newest probe; the timeout where it failed.',
    value: row => row.fetchSeconds,
  },
  {
    name: 'average_time_seconds',
    help: 'Mean fetch time of all kept samples, failed ones as their timeout.',
    value: row => row.average,
  },
  {
    name: 'window_time_seconds',
    help: 'Mean fetch time of the samples within history.window, failed ones as their timeout.',
    value: row => row.windowAverage,
  },
  {
    name: 'reachable',
    help: 'Whether the newest probe got the test object.',
    value: row => (row.outcome === 'skipped' ? null : Number(!isFailure(row.outcome))),
  },
  { name: 'in_rotation', help: 'Whether the edge is in the live set.', value: row => Number(row.state === 'in') },
]

interface NetworkFamily {
  readonly name: string
  readonly help: string
  readonly value: (state: NetworkState, now: number) => number | null
}

const networkFamilies: readonly NetworkFamily[] = [
  { name: 'live_edges', help: 'Edges in the live set.', value: ({ stored }) => liveNames(stored).length },
  {
    name: 'wanted_edges',
    help: 'Edges that are to be live: edge_count, or all where there are fewer.',
    value: ({ network }) => wantedEdges(network),
  },
  {
    name: 'live_edges_passing',
    help: 'Edges in the live set that passed in the newest recorded cycle; 0 is an outage.',
    value: ({ network, stored }) =>
      stored.history.runs.length === 0 ? null : livePassing(network, stored, liveNames(stored)).passing,
  },
  {
    name: 'recent_rotations',
    help: 'Changes of the live set within dnschange_window, the newest 100 at most.',
    value: ({ network, stored }, now) => rotationsInWindow(stored.rotations, now, network.settings.dnschange_window),
  },
  {
    name: 'last_rotation_timestamp_seconds',
    help: 'Unix time of the newest change of the live set.',
    value: ({ stored }) => inSeconds(stored.rotations.at(-1)),
  },
  {
    name: 'frozen',
    help: 'Whether an operator has frozen the live set.',
    value: ({ stored }, now) => Number(freezeWords(stored.freeze, now) !== null),
  },
  {
    name: 'braked',
    help: 'Whether the brake held the live set in the newest recorded cycle.',
    value: ({ network, stored }) => Number(secondSightOf(stored, network.settings).braked !== null),
  },
  {
    name: 'disputed_edges',
    help: 'Edges that failed here and answered from other regions.',
    value: ({ network, stored }) => secondSightOf(stored, network.settings).disputed.length,
  },
  {
    name: 'last_cycle_timestamp_seconds',
    help: 'Unix time of the start of the last cycle that finished.',
    value: ({ lastCycle }) => inSeconds(lastCycle ?? undefined),
  },
  {
    name: 'last_cycle_age_seconds',
    help: 'Age of the last cycle that finished, counted from its start.',
    value: ({ lastCycle }, now) => inSeconds(lastCycle === null ? undefined : Math.max(0, now - lastCycle)),
  },
]

function inSeconds(ms: number | undefined): number | null {
  return ms === undefined ? null : ms / 1000
}
