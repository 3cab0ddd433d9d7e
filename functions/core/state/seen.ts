import type { Seen } from './network-state.ts'

/** Nothing is remembered. */
export const nothingSeen: Seen = { etags: new Map() }

/**
 * What is remembered after a cycle: `etags` by key, null where an object's ETag says by itself what it holds. Null where
 * nothing of it is new.
 */
export function seenAfter(before: Seen = nothingSeen, etags: ReadonlyMap<string, string | null>): Seen | null {
  const after = new Map(before.etags)
  let isChanged = false
  for (const [key, etag] of etags) {
    isChanged ||= (before.etags.get(key) ?? null) !== etag
    if (etag === null) after.delete(key)
    else after.set(key, etag)
  }
  return isChanged ? { ...before, etags: after } : null
}
