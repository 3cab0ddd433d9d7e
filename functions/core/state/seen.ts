import type { RenderedMemo, Seen } from './network-state.ts'
import { nothingServed, type ServedSeen } from './served-seen.ts'

/** Nothing is remembered. */
export const nothingSeen: Seen = { etags: new Map() }

/** What a cycle found out that later ones can use. */
export interface Sights {
  /** By key; null where an object's ETag says by itself what it holds. */
  readonly etags: ReadonlyMap<string, string | null>
  /** Left out: as before. */
  readonly served?: ServedSeen | undefined
  /** As `certificatesAfter` has them; left out: as before. */
  readonly certificates?: ReadonlyMap<string, number>
  /** Left out: as before. */
  readonly rendered?: RenderedMemo
  /** What `tellProblems` gives, null: there was nothing to tell; left out: as before. */
  readonly told?: string | null
}

/** What is remembered after a cycle; null where nothing of it is new. */
export function seenAfter(before: Seen = nothingSeen, sights: Sights): Seen | null {
  const { served = before.served ?? nothingServed, certificates = before.certificates ?? new Map() } = sights
  const { told = before.told ?? null } = sights
  const etags = etagsAfter(before.etags, sights.etags)
  const rendered = { ...before.rendered, ...sights.rendered }
  const isKnown =
    etags === null &&
    isSameRendered(before.rendered, rendered) &&
    told === (before.told ?? null) &&
    isSameText(before.served ?? nothingServed, served) &&
    isSameMap(before.certificates ?? new Map(), certificates)
  if (isKnown) return null
  const { served: _served, certificates: _certificates, told: _told, ...rest } = before
  return {
    ...rest,
    etags: etags ?? before.etags,
    ...(served === nothingServed ? {} : { served }),
    ...(certificates.size === 0 ? {} : { certificates }),
    ...(Object.keys(rendered).length === 0 ? {} : { rendered }),
    ...(told === null ? {} : { told }),
  }
}

function etagsAfter(before: Seen['etags'], found: Sights['etags']): Map<string, string> | null {
  const after = new Map(before)
  let isChanged = false
  for (const [key, etag] of found) {
    isChanged ||= (before.get(key) ?? null) !== etag
    if (etag === null) after.delete(key)
    else after.set(key, etag)
  }
  return isChanged ? after : null
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

function isSameText(a: ServedSeen, b: ServedSeen): boolean {
  const text = ({ published, waiting, late }: ServedSeen) => JSON.stringify([[...published], waiting, late])
  return a === b || text(a) === text(b)
}

function isSameRendered(a: RenderedMemo = {}, b: RenderedMemo): boolean {
  const facts = ({ zones, namedConf }: RenderedMemo) =>
    [zones?.key, zones?.hash, namedConf?.key, namedConf?.hash].join()
  return facts(a) === facts(b)
}

function isSameMap(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value)
}
