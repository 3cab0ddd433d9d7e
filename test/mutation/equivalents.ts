/** A change of the source that changes nothing anybody could notice, and why. */
export interface Equivalent {
  readonly file: string
  /** The line, without the space around it. */
  readonly before: string
  readonly after: string
  readonly why: string
}

/** Mutants that are left out: no test could tell them from the source. */
export const equivalents: readonly Equivalent[] = [
  {
    file: 'functions/core/config/settings-file.ts',
    before: 'if (!isMap(value)) return',
    after: '',
    why: 'what is no map is a number, a text or a list here: to delete a key that it does not have changes nothing',
  },
]
