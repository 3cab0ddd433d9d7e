/**
 * Where verdicts on configurations are kept as texts: a process that has one need not check again. All of them can be lost, as
 * whatever is not there is checked again; neither function ever throws.
 */
export interface Compiled {
  /** The text under this name as it was kept, or whatever has become of it; null where there is none. */
  readonly read: (name: string) => string | null
  readonly keep: (name: string, text: string) => void
}

/** Nothing is kept. */
export const nothingCompiled: Compiled = { read: () => null, keep: () => {} }
