import type { Seen } from './network-state.ts'

/** Nothing is remembered. */
export const nothingSeen: Seen = { etags: new Map() }

/**
 * What is remembered after a cycle: `etags` by key, null where an object's ETag says by itself what it holds;
 * `certificates` as `certificatesAfter` has them (left out: as before). Null where
 * nothing of it is new.
 */
export function seenAfter(
  before: Seen = nothingSeen,
  etags: ReadonlyMap<string, string | null>,
  certificates: ReadonlyMap<string, number> = before.certificates ?? new Map(),
): Seen | null {
  const after = new Map(before.etags)
  let isChanged = false
  for (const [key, etag] of etags) {
    isChanged ||= (before.etags.get(key) ?? null) !== etag
    if (etag === null) after.delete(key)
    else after.set(key, etag)
  }
  isChanged ||= !isSame(before.certificates ?? new Map(), certificates)
  if (certificates.size > 0) return isChanged ? { ...before, etags: after, certificates } : null
  const { certificates: _none, ...rest } = before
  return isChanged ? { ...rest, etags: after } : null
}

/**
 * When the certificates of a cycle's edges end, milliseconds: as its probe saw it, or else as one before it did. Edges that
 * are no longer probed have none.
 */
export function certificatesAfter(
  before: Seen = nothingSeen,
  probes: ReadonlyMap<string, { readonly certificateExpires?: number }>,
): Map<string, number> {
  return new Map(
    [...probes].flatMap(([edge, { certificateExpires = before.certificates?.get(edge) }]) =>
      certificateExpires === undefined ? [] : [[edge, certificateExpires] as const],
    ),
  )
}

function isSame(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value)
}
