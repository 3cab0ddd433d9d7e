import { byName, type Judgement, type Phases } from '../../core/domain/model.ts'
import { failedWords } from '../../core/history/failure-words.ts'
import type { CanaryReport, EdgeReport } from '../../core/report/report.ts'
import { type Column, renderTable } from './table.ts'
import type { Paint, Style } from './terminal.ts'

/** How a report is shown. `width`: characters in a line; infinite where lines are not cut. */
export interface Look {
  readonly paint: Paint
  readonly width: number
  readonly verbose: boolean
  /** Only changes and trouble. */
  readonly quiet?: boolean
}

/** Seconds with three digits, or a dash. */
export function secondsText(seconds: number | null): string {
  return seconds === null ? '-' : seconds.toFixed(3)
}

/** The table of edges, those in the live set first, then by name. */
export function renderEdges(edges: readonly EdgeReport[], { paint, width, verbose }: Look): string[] {
  const ordered = [...edges].sort(
    (a, b) => Number(b.state === 'in') - Number(a.state === 'in') || byName(a.edge, b.edge),
  )
  const modes: Column<EdgeReport>[] = edges.some(edge => edge.mode !== 'available')
    ? [{ title: 'MODE', text: edge => edge.mode, style: edge => (edge.mode === 'available' ? null : 'yellow') }]
    : []
  const addresses: Column<EdgeReport>[] = edges.some(edge => edge.address !== null && edge.address !== edge.edge)
    ? [{ title: 'ADDRESS', text: edge => edge.address ?? '-' }]
    : []
  const columns: Column<EdgeReport>[] = [
    { title: 'STATE', text: edge => edge.state, style: edge => (edge.state === 'in' ? 'green' : 'dim') },
    { title: 'EDGE', text: edge => edge.edge },
    ...addresses,
    ...modes,
    { title: 'JUDGEMENT', text: edge => edge.judgement ?? '-', style: edge => judgementStyle(edge.judgement) },
    { title: 'FETCH', text: fetchText, alignRight: true },
    { title: 'WINDOW', text: edge => secondsText(edge.windowAverage), alignRight: true },
    { title: 'AVERAGE', text: edge => secondsText(edge.average), alignRight: true },
    ...(verbose ? phaseColumns() : []),
    { title: 'REASON', text: edge => edge.reason },
  ]
  return renderTable(columns, ordered, width, paint)
}

/** The table of canaries, by zone. */
export function renderCanaries(canaries: readonly CanaryReport[], { paint, width, verbose }: Look): string[] {
  const columns: Column<CanaryReport>[] = [
    { title: 'ZONE', text: canary => canary.zone },
    { title: 'CANARY', text: canary => canary.address },
    { title: 'JUDGEMENT', text: canary => canary.judgement ?? '-', style: canary => judgementStyle(canary.judgement) },
    { title: 'FETCH', text: fetchText, alignRight: true },
    ...(verbose ? phaseColumns() : []),
    { title: 'USED', text: canary => (canary.used ? 'in its zone' : 'not in its zone') },
    ...(canaries.some(({ detail }) => detail !== undefined)
      ? [{ title: 'WHY', text: (canary: CanaryReport) => failedWords({ detail: '', ...canary }) }]
      : []),
  ]
  return renderTable(columns, canaries, width, paint)
}

/** The fetch time in seconds, or how the probe ended where it did not succeed. */
function fetchText({ outcome, fetchSeconds }: EdgeReport | CanaryReport): string {
  return outcome === 'ok' ? secondsText(fetchSeconds) : outcome
}

/** The colour of a judgement. */
export function judgementStyle(judgement: Judgement | null): Style | null {
  if (judgement === null) return 'dim'
  return judgement === 'fail' ? 'red' : judgement === 'pass_threshold' ? 'green' : 'yellow'
}

function phaseColumns(): Column<EdgeReport | CanaryReport>[] {
  const phase = (title: string, name: keyof Phases): Column<EdgeReport | CanaryReport> => ({
    title,
    text: ({ phases }) => (phases?.[name] == null ? '-' : `${phases[name].toFixed(1)}ms`),
    alignRight: true,
  })
  return [
    phase('RESOLVE', 'resolve'),
    phase('CONNECT', 'connect'),
    phase('TLS', 'tls'),
    phase('FIRST', 'firstByte'),
    phase('BODY', 'body'),
  ]
}
