import type { Place } from './master-file.ts'

/** What is wrong or doubtful in an include; line and column count from 1. */
export interface IncludeFinding extends Place {
  readonly severity: 'error' | 'warning'
  readonly message: string
  /** How many findings it stands for, where it counts those that are not told one by one; left out: one. */
  readonly count?: number
}

/** An error at a place: the include is not published. */
export function errorAt({ line, column }: Place, message: string): IncludeFinding {
  return { severity: 'error', line, column, message }
}

/** A warning at a place: name servers load it all the same. */
export function warningAt({ line, column }: Place, message: string): IncludeFinding {
  return { severity: 'warning', line, column, message }
}

const maxQuote = 80
/** As many errors and as many warnings of one text are told in full. */
const maxFindings = 20

/** Findings in the order of the text: the first twenty errors and warnings each, and how many there are beyond. */
export function bounded(findings: readonly IncludeFinding[]): IncludeFinding[] {
  const sorted = [...findings].sort((a, b) => a.line - b.line || a.column - b.column)
  const kept = (['error', 'warning'] as const).flatMap(severity => {
    const all = sorted.filter(finding => finding.severity === severity)
    const [next] = all.slice(maxFindings)
    if (next === undefined) return all
    const left = all.length - maxFindings
    const message = `and ${left} more ${severity}${left === 1 ? '' : 's'} from here on`
    return [...all.slice(0, maxFindings), { ...next, message, count: left }]
  })
  return kept.sort((a, b) => a.line - b.line || a.column - b.column)
}

/** A word of a file for people: in quotes, and cut where it is long. */
export function quoted(text: string): string {
  return text.length > maxQuote ? `'${text.slice(0, maxQuote)}…'` : `'${text}'`
}
