import { counted, firstOf, maxSentence, oneLine } from '../domain/printable.ts'
import type { Change } from '../live-set/rotation.ts'
import type { Report } from './report.ts'

/** This many warnings of a cycle are told; the line that counts the others is extra. */
export const maxWarnings = 100

const moreWarnings = (rest: number) => `and ${counted(rest, 'more warning')}`

/**
 * The report with a bound on every text: sentences are single lines of at most 500 characters, and of warnings there are
 * at most a hundred; what is left out is counted. A report that is bounded already stays as it is.
 */
export function boundedReport(report: Report): Report {
  const withReason = reasonBounder()
  return {
    ...report,
    in: report.in.map(withReason),
    out: report.out.map(withReason),
    edges: report.edges.map(withReason),
    zones: report.zones.map(withReason),
    route53: report.route53.map(withReason),
    served: report.served.map(row => ({ ...row, detail: bounded(row.detail) })),
    warnings: boundedWarnings(report.warnings),
  }
}

/** At most a hundred warnings, and a line that counts the others; each a line of its own. */
function boundedWarnings(warnings: readonly string[]): string[] {
  const isBounded = warnings.length <= maxWarnings + 1
  const told = isBounded ? warnings : firstOf(warnings, maxWarnings, moreWarnings)
  return told.map(warning => bounded(warning))
}

/** Bounds the reason of a row; thousands of rows have the same, which is looked at once. */
function reasonBounder() {
  const known = new Map<string, string>()
  return <Row extends { readonly reason: string }>(row: Row): Row => {
    const reason = known.get(row.reason) ?? bounded(row.reason)
    known.set(row.reason, reason)
    return reason === row.reason ? row : { ...row, reason }
  }
}

/** Cutting says what it left out, which takes some characters of its own: what was cut once is not cut again. */
const maxBounded = maxSentence + 40

function bounded(text: string): string {
  return text.length <= maxBounded && oneLine(text, maxBounded) === text ? text : oneLine(text)
}

/** What is stored of a rotation: an item holds no more than 400 KB, so that its reasons are shorter the more there are. */
export function boundedChanges(changes: { readonly in: readonly Change[]; readonly out: readonly Change[] }) {
  const all = [...changes.in, ...changes.out]
  const names = all.reduce((sum, { edge }) => sum + edge.length, 0)
  const room = Math.floor((maxChanges - names) / Math.max(1, all.length)) - overheadOfChange
  const most = Math.max(1, Math.min(maxBounded, room))
  const short = ({ edge, reason }: Change): Change => {
    return { edge, reason: reason.length <= most ? reason : oneLine(reason, Math.max(1, most - 40)) }
  }
  return { in: changes.in.map(short), out: changes.out.map(short) }
}

/** Characters of ASCII, for the most part: half of what an item holds. */
const maxChanges = 200_000
/** What JSON and the count of what is left out take in addition. */
const overheadOfChange = 30
