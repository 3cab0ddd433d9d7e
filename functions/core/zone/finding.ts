import type { Place } from './master-file.ts'
import type { Name } from './names.ts'

/** What is wrong or doubtful in an include; line and column count from 1. */
export interface IncludeFinding extends Place {
  readonly severity: 'error' | 'warning'
  readonly message: string
}

/** An error at a place: the include is not published. */
export function errorAt({ line, column }: Place, message: string): IncludeFinding {
  return { severity: 'error', line, column, message }
}

/** A warning at a place: name servers load it all the same. */
export function warningAt({ line, column }: Place, message: string): IncludeFinding {
  return { severity: 'warning', line, column, message }
}

/** A name for people: without the final dot. */
export function shown(name: Name): string {
  return name === '.' ? name : name.slice(0, -1)
}
