/** No run lasts longer (behaviour §8.1). */
export const longestRunSeconds = 55
/** Cycles that start closer together are `too_soon` unless forced (behaviour §8.2). */
export const closestStartsSeconds = 30
/** Probes start at most one per so many milliseconds (behaviour §1.1). */
export const probeApartMs = 1
