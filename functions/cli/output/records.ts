import type { RecordReport, Report } from '../../core/report/report.ts'
import type { RecordChangeReport } from '../../core/route53/record-change.ts'
import type { Look } from './edges.ts'
import { renderTable } from './table.ts'
import type { Paint, Style } from './terminal.ts'

/** This many zones are listed, unless everything is asked for. */
const maxZones = 20

const actionStyles: Record<RecordReport['action'], Style | null> = {
  upserted: 'green',
  planned: 'green',
  unchanged: 'dim',
  due: 'yellow',
  refused: 'red',
}

/** What became of the records in Route 53, one line per zone; those that are unchanged are only counted. */
export function renderRecords(records: readonly RecordReport[], { paint, width, verbose }: Look): string[] {
  const told = verbose ? records : records.filter(({ action }) => action !== 'unchanged')
  const shown = verbose ? told : told.slice(0, maxZones)
  const rest = told.length - shown.length
  const unchanged = records.length - told.length
  const columns = [
    {
      title: 'ACTION',
      text: (row: RecordReport) => row.action,
      style: (row: RecordReport) => actionStyles[row.action],
    },
    { title: 'ZONE', text: (row: RecordReport) => row.zone },
    { title: 'REASON', text: (row: RecordReport) => row.reason },
  ]
  return [
    ...(shown.length > 0 ? renderTable(columns, shown, width, paint) : []),
    ...(rest > 0 ? [`and ${rest} more (-v lists them all)`] : []),
    ...(unchanged > 0 ? [paint('dim', `${unchanged} unchanged`)] : []),
  ]
}

/** The zones whose records a dry run would change. */
export function plannedRecords({ route53 }: Report): RecordReport[] {
  return route53.filter(({ changes = [] }) => changes.length > 0)
}

/** What a dry run would change in Route 53: each record set as it is and as it would be. */
export function renderRecordPlans(report: Report, paint: Paint): string[] {
  return plannedRecords(report).flatMap(({ zone, reason, changes = [] }) => [
    `  ${paint('yellow', '~')} records of ${zone} in Route 53: ${reason}`,
    ...changes.flatMap(change => renderChange(change, paint)),
    '',
  ])
}

function renderChange({ action, name, type, ttl, values, before }: RecordChangeReport, paint: Paint): string[] {
  const line = (sign: string, seconds: number, addresses: readonly string[]) =>
    `      ${sign}${name.slice(0, -1)} ${seconds} IN ${type} ${addresses.join(' ')}`
  const old = before === null ? [] : [paint('red', line('-', before.ttl, before.values))]
  return action === 'DELETE' ? old : [...old, paint('green', line('+', ttl, values))]
}
