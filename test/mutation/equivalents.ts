/** A change of the source that changes nothing anybody could notice, and why. */
export interface Equivalent {
  readonly file: string
  /** The line, without the space around it. */
  readonly before: string
  readonly after: string
  readonly why: string
}

/** Mutants that are left out: no test could tell them from the source. */
export const equivalents: readonly Equivalent[] = []
