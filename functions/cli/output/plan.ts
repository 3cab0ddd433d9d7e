import { structuredPatch } from 'diff'
import type { Report, ZoneReport } from '../../core/report/report.ts'
import { plannedRecords, renderRecordPlans } from './records.ts'
import { lines, renderChanges } from './report.ts'
import type { Paint } from './terminal.ts'

const contextLines = 2

/**
 * What a dry run would change, as a plan: edges in and out, each zone against the published one (by zone; null: there
 * is none), and a line that sums it up.
 */
export function renderPlan(report: Report, published: ReadonlyMap<string, string | null>, paint: Paint): string {
  const planned = report.zones.filter(zone => zone.action === 'planned')
  const changes = renderChanges(report, paint).map(line => `  ${line}`)
  const zones = planned.flatMap(zone => renderZone(zone, published.get(zone.zone) ?? null, paint))
  const records = renderRecordPlans(report, paint)
  const content = [...changes, ...(changes.length > 0 ? [''] : []), ...zones, ...records]
  return lines(['', ...content, paint('bold', summary(report, planned))])
}

/** Whether a dry run plans any change. */
export function plansChange(report: Report): boolean {
  return (
    changesIn(
      report,
      report.zones.filter(zone => zone.action === 'planned'),
    ) > 0
  )
}

function changesIn(report: Report, planned: readonly ZoneReport[]): number {
  return report.in.length + report.out.length + planned.length + plannedRecords(report).length
}

function summary(report: Report, planned: readonly ZoneReport[]): string {
  const pushes = plannedRecords(report).length
  if (changesIn(report, planned) === 0) return 'Plan: nothing to change.'
  const zones = `${planned.length} ${planned.length === 1 ? 'zone' : 'zones'} to write`
  const records = pushes === 0 ? '' : `, records of ${pushes} ${pushes === 1 ? 'zone' : 'zones'} to push`
  return `Plan: ${report.in.length} in, ${report.out.length} out, ${zones}${records}. Nothing was written.`
}

function renderZone({ zone, serial, reason, text = '' }: ZoneReport, before: string | null, paint: Paint): string[] {
  const old = before === null ? null : (/\bSOA\s+\S+\s+\S+\s+(\d+)/.exec(before)?.[1] ?? 'unknown')
  const head =
    old === null
      ? `${paint('green', '+')} zone ${zone} serial ${serial}: ${reason}`
      : `${paint('yellow', '~')} zone ${zone} serial ${old} → ${serial}: ${reason}`
  return [`  ${head}`, ...differences(before ?? '', text).map(line => `      ${painted(line, paint)}`), '']
}

/** The lines that differ, marked `+` and `-` among a few that do not. */
function differences(before: string, after: string): string[] {
  const { hunks } = structuredPatch('', '', before, after, undefined, undefined, { context: contextLines })
  return hunks.flatMap((hunk, at) => [...(at > 0 ? ['…'] : []), ...hunk.lines.filter(line => !line.startsWith('\\'))])
}

/** A line of a difference in its colour: added, removed, or as it was. */
export function painted(line: string, paint: Paint): string {
  if (line.startsWith('+')) return paint('green', line)
  return line.startsWith('-') ? paint('red', line) : paint('dim', line)
}
