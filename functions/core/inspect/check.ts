import { oneLine } from '../domain/printable.ts'
import { alerts, type NagiosRange } from './nagios-range.ts'

export type CheckStatus = 'OK' | 'WARN' | 'CRIT' | 'UNKNOWN'

/** One figure of a check, as performance data. */
export interface Figure {
  readonly name: string
  readonly value: number
  /** `s` for seconds, empty for a count. */
  readonly unit: 's' | ''
  /** Null where the alert thresholds do not apply to this figure. */
  readonly thresholds: Thresholds | null
}

export interface Thresholds {
  readonly warn: NagiosRange | null
  readonly crit: NagiosRange | null
}

/** What a check found (contract, "Command line"). */
export interface Checked {
  readonly status: CheckStatus
  readonly text: string
  readonly figures: readonly Figure[]
}

/** Exit statuses of the monitoring plugins' guidelines. */
export const checkExit: Readonly<Record<CheckStatus, number>> = { OK: 0, WARN: 1, CRIT: 2, UNKNOWN: 3 }

/** How bad a value is by the thresholds. */
export function statusOf(value: number, { warn, crit }: Thresholds): 'OK' | 'WARN' | 'CRIT' {
  if (alerts(value, crit)) return 'CRIT'
  return alerts(value, warn) ? 'WARN' : 'OK'
}

/** The worst of these; `OK` where there is none. */
export function worstOf(statuses: readonly CheckStatus[]): CheckStatus {
  return (['CRIT', 'WARN', 'UNKNOWN'] as const).find(status => statuses.includes(status)) ?? 'OK'
}

/** A check that could not be done, and why: never OK. */
export function unknown(text: string): Checked {
  return { status: 'UNKNOWN', text, figures: [] }
}

/** Plugins' lines are cut at 4 KB and more; performance data comes behind the text. */
const maxText = 2_000

/** The one line of a check: `LABEL STATUS text | name=value;warn;crit;min`. */
export function renderChecked(label: string, { status, text, figures }: Checked): string {
  // A bar begins the performance data, and a line break the next line.
  const plain = oneLine(text.replaceAll('|', '/'), maxText)
  const data = figures.length === 0 ? '' : ` | ${figures.map(renderFigure).join(' ')}`
  return `${label} ${status} ${plain}${data}\n`
}

function renderFigure({ name, value, unit, thresholds }: Figure): string {
  const label = /^[^\s'=|;]+$/.test(name) ? name : `'${name.replaceAll(/[=|\s]/g, '_').replaceAll("'", "''")}'`
  const fields = [thresholds?.warn?.text ?? '', thresholds?.crit?.text ?? '', '0']
  return `${label}=${plainNumber(value)}${unit};${fields.join(';')}`
}

/** Decimal digits without an exponent: plugins' figures have none. */
function plainNumber(value: number): string {
  return String(Number(value.toFixed(6)))
}
