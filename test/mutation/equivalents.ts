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
    file: 'functions/core/history/history.ts',
    before: 'if (history.sums !== undefined) return history.sums.window(kind, name, windowSeconds)',
    after: '',
    why: 'the same total is added up from the runs then, which takes longer',
  },
  {
    file: 'functions/core/history/history.ts',
    before: 'if (newest !== undefined && inOrder(run, newest) < 0) return historyOf([...history.runs, run], keep)',
    after: 'if (newest !== undefined && inOrder(run, newest) <= 0) return historyOf([...history.runs, run], keep)',
    why: 'of two runs of one moment the later one comes last either way: sorting is stable',
  },
  {
    file: 'functions/core/status-page/page.ts',
    before: 'const rows = all.sort((a, b) => urgency(a.tone) - urgency(b.tone) || (a.zone < b.zone ? -1 : 1))',
    after: 'const rows = all.sort((a, b) => urgency(a.tone) - urgency(b.tone) || (a.zone <= b.zone ? -1 : 1))',
    why: 'no two zones have one name',
  },
  {
    file: 'functions/core/config/settings-file.ts',
    before: 'if (!isMap(value)) return',
    after: '',
    why: 'what is no map is a number, a text or a list here: to delete a key that it does not have changes nothing',
  },
]
