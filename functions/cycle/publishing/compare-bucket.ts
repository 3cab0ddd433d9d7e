import { messageOf } from '../../core/domain/message.ts'
import type { ConfirmedTexts } from '../../core/publication/confirmed.ts'
import { type Drift, type DriftState, driftWarning } from '../../core/publication/drift.ts'
import { md5 } from '../../core/zone/hash.ts'
import { inParallel } from '../flow/pool.ts'
import type { Bucket } from '../ports/ports.ts'
import { liveListKey, manifestKey, namedConfKey, zoneKey, zonesFolder } from './keys.ts'

const readsAtOnce = 32

/** What a look at the bucket found. */
export interface Compared {
  readonly drift: Drift
  readonly warnings: readonly string[]
  /** By key: the ETags of objects that hold what they should although their ETag did not say so. */
  readonly etags: ReadonlyMap<string, string>
}

/** What to compare, and how long it may take. */
export interface Comparison {
  /** The network's name. */
  readonly network: string
  readonly confirmed: ConfirmedTexts
  /** By key: ETags that are known to be of the right text, where that is not its MD5. */
  readonly etags: ReadonlyMap<string, string>
  readonly signal: AbortSignal
}

/**
 * Compares the bucket with what was published and confirmed (behaviour §7.8), by listing it: only what its ETag leaves in
 * doubt is read. Never rejects: where the bucket cannot be listed, a warning says so and nothing counts as changed.
 */
export async function compareBucket(comparison: Comparison, bucket: Bucket): Promise<Compared> {
  const found = new Map<string, DriftState>()
  const etags = new Map<string, string>()
  const warnings: string[] = []
  try {
    await compareListed(comparison, bucket, found, etags)
    await compareLiveList(comparison, bucket, found)
  } catch (error) {
    warnings.push(`the bucket could not be compared with what was published: ${messageOf(error)}`)
  }
  const { network, confirmed } = comparison
  const texts = textsByKey(network, confirmed)
  warnings.push(...[...found].map(([key, state]) => driftWarning(key, state, texts.get(key) !== null)))
  return { drift: driftOf(network, confirmed, found), warnings, etags }
}

async function compareListed(
  { network, confirmed, etags, signal }: Comparison,
  bucket: Bucket,
  found: Map<string, DriftState>,
  learned: Map<string, string>,
): Promise<void> {
  const listed = await bucket.list(zonesFolder(network), signal)
  const doubtful: { readonly key: string; readonly text: string; readonly etag: string }[] = []
  for (const [key, text] of textsByKey(network, confirmed)) {
    if (key === liveListKey(network)) continue
    const etag = listed.get(key)
    if (etag === undefined) found.set(key, 'missing')
    else if (text === null && etag === md5('')) found.set(key, 'other')
    else if (text !== null && etag !== md5(text) && etag !== etags.get(key)) doubtful.push({ key, text, etag })
  }
  const isOver = () => signal.aborted
  await inParallel(doubtful, readsAtOnce, isOver, async ({ key, text, etag }) => {
    // What cannot be read is not what was published, which could.
    const held = await bucket.get(key, signal).catch(() => {
      signal.throwIfAborted()
      return undefined
    })
    if (held !== text) found.set(key, held === null ? 'missing' : 'other')
    else if (etag !== '') learned.set(key, etag)
  })
  signal.throwIfAborted()
}

async function compareLiveList(
  { network, confirmed, signal }: Comparison,
  bucket: Bucket,
  found: Map<string, DriftState>,
): Promise<void> {
  if (confirmed.liveList === null) return
  const key = liveListKey(network)
  const held = await bucket.get(key, signal)
  if (held !== confirmed.liveList) found.set(key, held === null ? 'missing' : 'other')
}

/** What the bucket is to hold, by key; null: something. */
function textsByKey(
  network: string,
  { zones, namedConf, liveList, manifest }: ConfirmedTexts,
): Map<string, string | null> {
  const texts = new Map([...zones].map(([zone, text]) => [zoneKey(network, zone), text] as const))
  if (namedConf !== null) texts.set(namedConfKey(network), namedConf)
  if (manifest !== null) texts.set(manifestKey(network), manifest)
  if (liveList !== null) texts.set(liveListKey(network), liveList)
  return texts
}

function driftOf(network: string, { zones }: ConfirmedTexts, found: ReadonlyMap<string, DriftState>): Drift {
  const drifted = new Map<string, DriftState>()
  for (const zone of zones.keys()) {
    const state = found.get(zoneKey(network, zone))
    if (state !== undefined) drifted.set(zone, state)
  }
  return {
    zones: drifted,
    namedConf: found.get(namedConfKey(network)) ?? null,
    liveList: found.get(liveListKey(network)) ?? null,
    manifest: found.get(manifestKey(network)) ?? null,
  }
}
