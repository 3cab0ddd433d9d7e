import type { Seen } from './network-state.ts'
import { nothingServed, type ServedSeen } from './served-seen.ts'

/** Nothing is remembered. */
export const nothingSeen: Seen = { etags: new Map() }

/**
 * What is remembered after a cycle: `etags` by key, null where an object's ETag says by itself what it holds; `served` left
 * out: as it was. Null where nothing of it is new.
 */
export function seenAfter(
  before: Seen = nothingSeen,
  etags: ReadonlyMap<string, string | null>,
  served: ServedSeen = before.served ?? nothingServed,
): Seen | null {
  const after = new Map(before.etags)
  let isChanged = !isSame(before.served ?? nothingServed, served)
  for (const [key, etag] of etags) {
    isChanged ||= (before.etags.get(key) ?? null) !== etag
    if (etag === null) after.delete(key)
    else after.set(key, etag)
  }
  return isChanged ? { ...before, etags: after, ...(served === nothingServed ? {} : { served }) } : null
}

function isSame(a: ServedSeen, b: ServedSeen): boolean {
  const text = ({ published, waiting, late }: ServedSeen) => JSON.stringify([[...published], waiting, late])
  return a === b || text(a) === text(b)
}
