import { expect, test } from 'vitest'
import { metricsOf } from '../../../../functions/core/inspect/network-metrics.ts'
import { renderMetrics } from '../../../../functions/core/inspect/prometheus.ts'
import { freeze, network, now, order, orders, runAgo, stateBefore } from '../../../helpers/core.ts'
import { parseMetrics } from '../../../helpers/prometheus.ts'

const runs = [
  runAgo(400, { a: { how: 0.1, live: true }, b: 0.2 }),
  runAgo(60, { a: { how: 0.3, live: true }, b: 'refused', c: 'skipped' }),
]
const stored = stateBefore({
  live: ['a'],
  runs,
  rotations: [now - 700_000, now - 400_000],
  orders: orders(order('b', 'force')),
})

/** By name and labels: the value. */
function valuesOf(states: Parameters<typeof metricsOf>[0]): Map<string, number> {
  const families = parseMetrics(renderMetrics(metricsOf(states, now)))
  return new Map(
    families.flatMap(({ name, series }) =>
      series.map(({ labels, value }) => [`${name} ${Object.values(labels).join(' ')}`, value] as const),
    ),
  )
}

test('every quantity of every edge and network', () => {
  const values = valuesOf([{ network: network('abc'), stored, lastCycle: now - 60_000 }])
  const expected: [string, number | undefined][] = [
    ['edgemanage_edge_response_time_seconds net a', 0.3],
    ['edgemanage_edge_response_time_seconds net b', 10],
    ['edgemanage_edge_response_time_seconds net c', undefined],
    ['edgemanage_edge_average_time_seconds net a', 0.2],
    ['edgemanage_edge_window_time_seconds net a', 0.3],
    ['edgemanage_edge_window_time_seconds net c', undefined],
    ['edgemanage_edge_reachable net a', 1],
    ['edgemanage_edge_reachable net b', 0],
    ['edgemanage_edge_reachable net c', undefined],
    ['edgemanage_edge_in_rotation net a', 1],
    ['edgemanage_edge_in_rotation net b', 0],
    ['edgemanage_edge_mode net b force', 1],
    ['edgemanage_edge_mode net b available', 0],
    ['edgemanage_live_edges net', 1],
    ['edgemanage_wanted_edges net', 2],
    ['edgemanage_live_edges_passing net', 1],
    ['edgemanage_recent_rotations net', 1],
    ['edgemanage_last_rotation_timestamp_seconds net', (now - 400_000) / 1000],
    ['edgemanage_frozen net', 0],
    ['edgemanage_last_cycle_timestamp_seconds net', (now - 60_000) / 1000],
    ['edgemanage_last_cycle_age_seconds net', 60],
  ]
  for (const [name, value] of expected) {
    if (value === undefined) expect(values.has(name), name).toBe(false)
    else expect(values.get(name), name).toBeCloseTo(value)
  }
})

test('several networks share each metric, and one without cycles has no figures about them', () => {
  const empty = {
    network: { ...network('a'), name: 'new' },
    stored: stateBefore({ freeze: freeze() }),
    lastCycle: null,
  }
  const values = valuesOf([{ network: network('abc'), stored, lastCycle: now }, empty])
  expect(values.get('edgemanage_live_edges net')).toBe(1)
  expect(values.get('edgemanage_live_edges new')).toBe(0)
  expect(values.has('edgemanage_live_edges_passing new')).toBe(false)
  expect(values.get('edgemanage_frozen new')).toBe(1)
  expect(values.get('edgemanage_edge_in_rotation new a')).toBe(0)
  for (const name of ['edge_response_time_seconds', 'edge_average_time_seconds', 'edge_reachable']) {
    expect(values.has(`edgemanage_${name} new a`)).toBe(false)
  }
  expect([...values.keys()].filter(key => /last_\w+ new$/.test(key))).toEqual([])
})
