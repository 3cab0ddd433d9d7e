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
 * and blocks nothing.
 */
export const clockSkewMs = 300_000
/** Seconds of a run that are kept for publishing: probing ends that much earlier than the run (behaviour §1.9). */
export const probingReserveSeconds = 20
/** Seconds that it takes to reach a vantage point and to hear from it (behaviour §10.2). */
export const askingReserveSeconds = 3
/** Probes start at most one per this many milliseconds (behaviour §1.1). */
export const probeApartMs = 1

/** A program may hold a network's lease for so long (functions/library/cycle.ts): nothing holds one longer. */
export const maxLockSeconds = 3_600

/** Seconds: no deadline of a probe is longer (behaviour §1.4). */
export const maxTimeoutSeconds = 15
/** Attempts of one probe, at most. */
export const maxAttempts = 100

/** How many rotation times are kept (behaviour §5): no budget counts further. */
export const keptRotations = 100
/** How many of the newest hours keep their averages (behaviour §2.3). */
export const keptHours = 2000
/** How many hours back commands and functions look where nobody says. */
export const defaultHours = 24
/** How long recorded cycles are kept at least, in seconds (design, "The table"). */
export const minKeptSeconds = 14 * 86_400
/** The number of items of the table over which zones are spread by their names: with 50,000 zones an item has about 120 KB. */
export const zoneItems = 64
