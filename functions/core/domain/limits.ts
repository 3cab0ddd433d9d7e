/** No run lasts longer (behaviour §8.1). */
export const maxRunSeconds = 55
/** Cycles that start closer together are `too_soon` unless forced (behaviour §8.2). */
export const minStartsApartSeconds = 30
/**
 * A run may be overtaken by one that started a little later, and clocks differ a little: what is dated further ahead of
 * now, in milliseconds, was dated by a clock that was wrong.
 */
export const aheadMs = 60_000
/**
 * Clocks that are right differ by less, in milliseconds: a lease that begins further ahead of now was taken by a wrong one,
 * and stands in nobody's way.
 */
export const clockSkewMs = 300_000
/** Probes start at most one per this many milliseconds (behaviour §1.1). */
export const probeApartMs = 1

/** A program may hold a network's lease for so long (functions/library/cycle.ts): nothing holds one longer. */
export const maxLockSeconds = 3_600
