/**
 * For a test that measures time, and for no other: the processes that share the machine take time away from it, so that
 * one attempt in three has to keep within the limits.
 */
export const measuresTime = { retry: 2 } as const
