import { expect, test } from 'vitest'
import { emptyReport } from '../../../../functions/core/following/pass-report.ts'
import { followerMetrics } from '../../../../functions/core/inspect/follower-metrics.ts'
import { renderMetrics } from '../../../../functions/core/inspect/prometheus.ts'

test('the metrics of a follower tell when it last did what, and what it waits for', () => {
  const networks = [
    { network: 'a', manifest: 'unchanged', zones: 3 },
    { network: 'b', manifest: 'unreadable', zones: 0 },
  ] as const
  const waiting = { reconfig: true, zones: ['x'] }
  const text = renderMetrics(
    followerMetrics({ ...emptyReport(90_000, null), durationMs: 1500, zones: 3, networks, waiting }),
  )
  for (const line of [
    'edgemanage_follower_last_pass_timestamp_seconds 90',
    'edgemanage_follower_pass_duration_seconds 1.5',
    'edgemanage_follower_ok 1',
    'edgemanage_follower_zones 3',
    'edgemanage_follower_waiting_reloads 2',
    'edgemanage_follower_manifest_readable{network="a"} 1',
    'edgemanage_follower_manifest_readable{network="b"} 0',
  ])
    expect(text.split('\n')).toContain(line)
})
