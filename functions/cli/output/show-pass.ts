import { counted } from '../../core/domain/printable.ts'
import {
  changeLines,
  isEventful,
  type NetworkSight,
  type PassReport,
  troubleLines,
} from '../../core/following/pass-report.ts'
import { lines } from './report.ts'
import { type Column, renderTable } from './table.ts'
import type { Terminal } from './terminal.ts'

/** What was told of the pass before: trouble that goes on is told once. */
export interface ToldTrouble {
  words: string
}

/** Tells of a pass: a line of JSON; or a table and what changed, and on standard error what is wrong. */
export function showPass(
  report: PassReport,
  { json, every }: { readonly json?: boolean; readonly every?: number },
  terminal: Terminal,
  told: ToldTrouble = { words: '' },
): void {
  terminal.progress('')
  if (json === true) terminal.out(`${JSON.stringify(report)}\n`)
  // Where passes go on, those that change nothing say nothing.
  else if (every === undefined || isEventful(report)) terminal.out(lines(passLines(report, terminal)))
  const words = troubleLines(report)
    .map(line => `edgemanage: ${line}\n`)
    .join('')
  if (words !== told.words) terminal.err(words || 'edgemanage: everything is as the bucket has it again\n')
  told.words = words
}

interface Row extends NetworkSight {
  readonly placed: number
  readonly failed: number
}

function passLines(report: PassReport, { width, paint }: Terminal): string[] {
  const rows = report.networks.map(sight => {
    const isOwn = ({ network }: { readonly network: string }) => network === sight.network
    return { ...sight, placed: report.placed.filter(isOwn).length, failed: report.failed.filter(isOwn).length }
  })
  const changes = changeLines(report)
  const catalog = report.catalog === null ? [] : [`catalog ${report.catalog.zone}, serial ${report.catalog.serial}`]
  const sum = `${counted(report.zones, 'zone')} in place${changes.length === 0 ? ', nothing changed' : ''}`
  // A pass that broke off has seen no network.
  return rows.length === 0 ? [] : [...renderTable(columns, rows, width, paint), ...changes, sum, ...catalog]
}

const columns: Column<Row>[] = [
  { title: 'NETWORK', text: row => row.network },
  { title: 'ZONES', text: row => String(row.zones), alignRight: true },
  {
    title: 'PLACED',
    text: row => String(row.placed),
    alignRight: true,
    style: row => (row.placed > 0 ? 'green' : null),
  },
  { title: 'FAILED', text: row => String(row.failed), alignRight: true, style: row => (row.failed > 0 ? 'red' : null) },
  {
    title: 'MANIFEST',
    text: row => row.manifest,
    style: row => (row.manifest === 'unreadable' ? 'red' : row.manifest === 'read' ? 'green' : 'dim'),
  },
]
