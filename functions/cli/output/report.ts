import { shortageWords } from '../../core/live-set/live-edges.ts'
import type { Report, ZoneReport } from '../../core/report/report.ts'
import { type Look, renderCanaries, renderEdges } from './edges.ts'
import { renderRecords } from './records.ts'
import { renderTable } from './table.ts'
import type { Paint, Style } from './terminal.ts'

/** This many zones are listed, unless everything is asked for. */
const maxZones = 20
const indent = '  '

/** What a cycle did, for a person: edges, what changed, canaries, zones, warnings. Ends with a line break. */
export function renderReport(report: Report, look: Look): string {
  const { paint } = look
  const inner = { ...look, width: look.width - indent.length }
  // A dry run's plan tells these two better.
  const changes = report.dryRun ? [] : renderChanges(report, paint)
  const zones = report.dryRun ? [] : renderZones(report.zones, inner)
  const isQuiet = look.quiet === true
  const canaries = report.canaries.length === 0 || isQuiet ? [] : renderCanaries(report.canaries, inner)
  const warnings = report.warnings.map(warning => paint('yellow', warning))
  return lines([
    headline(report, paint),
    ...(report.edges.length === 0 || isQuiet ? [] : ['', ...renderEdges(report.edges, look)]),
    ...section('Changes', changes, paint),
    ...section('Canaries', canaries, paint),
    ...section('Zones', zones, paint),
    ...section('Route 53', report.dryRun ? [] : renderRecords(report.route53, inner), paint),
    ...section('Warnings', warnings, paint),
  ])
}

function headline(report: Report, paint: Paint): string {
  const time = report.startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')
  const status = paint(report.status === 'ok' ? 'green' : report.status === 'failed' ? 'red' : 'yellow', report.status)
  const live = report.edges.length === 0 ? '' : `, ${report.live.length} of ${report.edges.length} edges live`
  const short = shortageWords(report)
  const shortage = short === null ? '' : `, ${paint(report.passing === 0 ? 'red' : 'yellow', short)}`
  const frozen = report.frozen ? `, ${paint('yellow', 'FROZEN')}` : ''
  const braked = report.braked ? `, ${paint('red', 'BRAKED')}` : ''
  const kind = report.dryRun ? ' (dry run)' : ''
  const took = report.edges.length === 0 ? '' : `, ${(report.durationMs / 1000).toFixed(2)} s`
  return `${paint('bold', report.network)}${kind}, ${time}: ${status}${frozen}${braked}${live}${shortage}${took}`
}

/** Whether a cycle changed something, would change something, or met with trouble. */
export function isNews(report: Report): boolean {
  const { status, passing, wanted, rotated, rotationSuppressed, warnings, zones, route53 } = report
  const isPlanned = report.in.length + report.out.length > 0
  const isTouched = [...zones, ...route53].some(({ action }) => action !== 'unchanged')
  const isChange = rotated || rotationSuppressed || isPlanned || isTouched
  return isChange || status !== 'ok' || passing < wanted || warnings.length > 0
}

/** Who came and who went; a `+` or `-` and the reason. */
export function renderChanges(report: Report, paint: Paint): string[] {
  const braked = report.braked ? 'the brake is on, as many live edges failed at once' : null
  const held = braked ?? (report.frozen ? 'the network is frozen' : 'the rotation budget is spent')
  return [
    ...report.in.map(({ edge, reason }) => `${paint('green', '+')} ${edge} in: ${reason}`),
    ...report.out.map(({ edge, reason }) => `${paint('red', '-')} ${edge} out: ${reason}`),
    ...(report.rotationSuppressed ? [paint('yellow', `held back: ${held}`)] : []),
  ]
}

const actionStyles: Record<ZoneReport['action'], Style | null> = {
  published: 'green',
  planned: 'green',
  unchanged: 'dim',
  due: 'yellow',
  invalid: 'red',
}

function renderZones(zones: readonly ZoneReport[], { paint, width, verbose }: Look): string[] {
  const told = verbose ? zones : zones.filter(zone => zone.action !== 'unchanged')
  const shown = verbose ? told : told.slice(0, maxZones)
  const rest = told.length - shown.length
  const unchanged = zones.length - told.length
  const columns = [
    {
      title: 'ACTION',
      text: (zone: ZoneReport) => zone.action,
      style: (zone: ZoneReport) => actionStyles[zone.action],
    },
    { title: 'ZONE', text: (zone: ZoneReport) => zone.zone },
    { title: 'SERIAL', text: (zone: ZoneReport) => String(zone.serial ?? '-'), alignRight: true },
    { title: 'REASON', text: (zone: ZoneReport) => zone.reason },
  ]
  return [
    ...(shown.length > 0 ? renderTable(columns, shown, width, paint) : []),
    ...(rest > 0 ? [`and ${rest} more (-v lists them all)`] : []),
    ...(unchanged > 0 ? [paint('dim', `${unchanged} unchanged`)] : []),
  ]
}

/** A titled block after an empty line; nothing where it has no lines. */
function section(title: string, content: readonly string[], paint: Paint): string[] {
  return content.length === 0 ? [] : ['', paint('bold', title), ...content.map(line => indent + line)]
}

/** Lines as a text that ends with a line break. */
export function lines(content: readonly string[]): string {
  return `${content.join('\n')}\n`
}
