import { readBundleRoot, readZoneIndex } from '../../core/config/bundle.ts'
import type { Desired } from '../../core/config/pointer.ts'
import { bundlePrefix, eachOf } from '../../cycle/configuration/bundles.ts'
import type { Bucket } from '../../cycle/ports/ports.ts'
import type { Storage } from '../open-storage.ts'

/** Bundles of that many entries of the log are kept, the newest. */
const keptEntries = 50

/**
 * Deletes the objects of bundles that nothing needs any more: those of the newest 50 entries of the log stay, and so do those
 * that are in force, were, or are deployed. Where a bundle that stays cannot be read, nothing is deleted.
 */
export async function cleanUp(network: string, { configurations, bucket }: Storage): Promise<number> {
  const entries = await configurations.log(network, keptEntries + 1)
  if (entries.length <= keptEntries) return 0
  const desired = await configurations.read(network)
  const logged = entries
    .slice(0, keptEntries)
    .flatMap(({ hash, previous }) => [hash, ...(previous === null ? [] : [previous])])
  const roots = new Set([...logged, ...namedBy(desired)])
  const prefix = bundlePrefix(network)
  const needed = new Set<string>(sourcesOf(desired))
  let isWhole = true
  await eachOf(roots, async hash => {
    const objects = await objectsOf(hash, network, bucket)
    isWhole &&= objects !== null
    for (const object of objects ?? []) needed.add(object)
  })
  if (!isWhole) return 0
  const keys = [...(await bucket.list(prefix)).keys()].filter(key => !needed.has(key.slice(prefix.length)))
  await eachOf(keys, key => bucket.delete(key))
  return keys.length
}

function namedBy({ pointer, taken }: Desired): string[] {
  const moved = pointer === null || pointer === 'unreadable' ? [] : [pointer.hash, pointer.base, pointer.previous?.hash]
  const used = taken === null || taken === 'unreadable' ? [] : [taken.hash, taken.deployed, taken.rejected?.hash]
  return [...moved, ...used].flatMap(hash => hash ?? [])
}

function sourcesOf({ pointer }: Desired): string[] {
  return pointer === null || pointer === 'unreadable' || pointer.source === null ? [] : [pointer.source]
}

/** The names of all objects of a bundle; empty where it is gone already, null where it cannot be read. */
async function objectsOf(hash: string, network: string, bucket: Bucket): Promise<string[] | null> {
  const get = (name: string) => bucket.get(bundlePrefix(network) + name)
  const text = await get(hash)
  if (text === null) return []
  const root = readBundleRoot(text, network)
  if (typeof root === 'string') return null
  const files = [hash, ...Object.values(root.files).map(({ sha256 }) => sha256)]
  if (root.zones === null) return files
  const index = readZoneIndex((await get(root.zones)) ?? '')
  return index === null ? null : [...files, root.zones, ...index]
}
