import type { PassReport } from '../following/pass-report.ts'
import type { Family } from './prometheus.ts'

/** The metrics of a follower's last pass, for the text files that node_exporter collects. */
export function followerMetrics(report: PassReport): Family[] {
  const { networks, startedAt, durationMs } = report
  const waiting = report.waiting.zones.length + Number(report.waiting.reconfig)
  const gauges: [name: string, help: string, value: number][] = [
    ['last_pass_timestamp_seconds', 'When the last pass started.', Date.parse(startedAt) / 1000],
    ['pass_duration_seconds', 'How long it took.', durationMs / 1000],
    ['ok', 'Whether everything was as the bucket has it, and nothing waits.', Number(report.status === 'ok')],
    ['zones', 'Zones that the name server has.', report.zones],
    ['failed_zones', 'Zones that stay as they were, as what is published could not be taken.', report.failed.length],
    ['missing_zones', 'Zones that no manifest has.', report.missing.length],
    ['kept_zones', 'Zones that would leave, and stay until follow --yes.', report.kept.length],
    ['waiting_reloads', 'Requests to the name server that were not granted yet.', waiting],
  ]
  return [
    ...gauges.map(([name, help, value]) => ({
      name: `edgemanage_follower_${name}`,
      help,
      series: [{ labels: {}, value }],
    })),
    {
      name: 'edgemanage_follower_manifest_readable',
      help: 'Whether the manifest of a network could be read.',
      series: networks.map(({ network, manifest }) => ({
        labels: { network },
        value: Number(manifest !== 'unreadable'),
      })),
    },
  ]
}
