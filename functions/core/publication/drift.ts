/** What became of an object after it was published and confirmed: it is gone, or it holds something else. */
export type DriftState = 'missing' | 'other'

/** What of a network's objects in the bucket is not as it was confirmed (behaviour §7.8). */
export interface Drift {
  /** By zone name. */
  readonly zones: ReadonlyMap<string, DriftState>
  /** Null: it is as it was, or was not looked at. */
  readonly namedConf: DriftState | null
  readonly liveList: DriftState | null
  /** Left out: as null. */
  readonly manifest?: DriftState | null
}

/** Nothing is known to differ. */
export const noDrift: Drift = { zones: new Map(), namedConf: null, liveList: null }

/** Why such an object is written again. */
export const driftReason: Readonly<Record<DriftState, string>> = {
  missing: 'what was published is missing',
  other: 'what was published has been changed',
}

/** The warning about one object, by its key. `isRestored`: it is written again. */
export function driftWarning(key: string, state: DriftState, isRestored: boolean): string {
  const what = state === 'missing' ? 'is missing in the bucket' : 'was changed in the bucket by someone else'
  if (isRestored) return `${key} ${what}: it is written again`
  return `${key} ${what}, and cannot be written again: its zone is not in the configuration, or is invalid`
}
