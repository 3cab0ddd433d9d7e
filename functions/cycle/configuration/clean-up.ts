import { readBundleRoot, readZoneIndex } from '../../core/config/bundle.ts'
import type { ConfigEvent, Desired } from '../../core/config/pointer.ts'
import { hashText } from '../../core/zone/hash.ts'
import type { Configurations } from '../ports/configurations.ts'
import type { Bucket } from '../ports/ports.ts'
import { bundlePrefix, eachOf } from './bundles.ts'

/** Where bundles are kept, and who names them. */
interface Kept {
  readonly configurations: Configurations
  readonly bucket: Bucket
}

/** How many of the newest entries of the log keep their bundles. */
const keptEntries = 50
/** How many older entries are looked through for bundles that are still there. */
const maxOlder = 200

/**
 * Deletes the objects of older bundles that nothing needs any more: those of the newest 50 entries of the log stay, and so do
 * those that are in force, were, or are deployed. Only what an older entry names is deleted, never what a push under way has
 * just stored; a bundle's root goes last, so that what is cut short is done by the next push. Where a bundle that stays cannot
 * be read, nothing is deleted. Gives how many objects it deleted.
 */
export async function cleanUp(network: string, { configurations, bucket }: Kept): Promise<number> {
  const entries = await configurations.log(network, keptEntries + maxOlder)
  if (entries.length <= keptEntries) return 0
  const prefix = bundlePrefix(network)
  const present = new Set([...(await bucket.list(prefix)).keys()].map(key => key.slice(prefix.length)))
  const desired = await configurations.read(network)
  const stays = new Set([...entries.slice(0, keptEntries).flatMap(namedIn), ...namedBy(desired)])
  const goes = new Set(entries.slice(keptEntries).flatMap(namedIn))
  const roots = [...goes].filter(hash => !stays.has(hash) && present.has(hash))
  if (roots.length === 0) return 0
  const needed = await objectsOf(stays, network, bucket)
  const objects = await objectsOf(roots, network, bucket)
  if (!needed.isWhole) return 0
  const unneeded = [...objects.found].filter(hash => present.has(hash) && !needed.found.has(hash))
  if (!isSamePointer(desired, await configurations.read(network))) return 0
  const remove = (hash: string) => bucket.delete(prefix + hash)
  await eachOf(
    unneeded.filter(hash => !roots.includes(hash)),
    remove,
  )
  await eachOf(roots, remove)
  return unneeded.length
}

/** Somebody who has moved the pointer meanwhile may need what nobody needed before. */
function isSamePointer(a: Desired, b: Desired): boolean {
  return JSON.stringify(a.pointer) === JSON.stringify(b.pointer)
}

function namedIn({ hash, previous, source }: ConfigEvent): string[] {
  return [hash, previous, source].flatMap(one => one ?? [])
}

function namedBy({ pointer, taken }: Desired): string[] {
  const known = pointer === null || pointer === 'unreadable' ? null : pointer
  const moved = known === null ? [] : [known.hash, known.base, known.previous?.hash, known.source]
  const used = taken === null || taken === 'unreadable' ? [] : [taken.hash, taken.deployed, taken.rejected?.hash]
  return [...moved, ...used].flatMap(hash => hash ?? [])
}

/** The names of these objects and of all that they name; not whole where one is no longer what it was. */
async function objectsOf(hashes: Iterable<string>, network: string, bucket: Bucket) {
  const found = new Set<string>()
  let isWhole = true
  await eachOf(hashes, async hash => {
    const objects = await partsOf(hash, network, bucket)
    isWhole &&= objects !== null
    for (const object of [hash, ...(objects ?? [])]) found.add(object)
  })
  return { found, isWhole }
}

/** What a bundle's root names; null where it cannot be read. Settings as they were pushed are no bundle and name nothing. */
async function partsOf(hash: string, network: string, bucket: Bucket): Promise<string[] | null> {
  const get = (name: string) => bucket.get(bundlePrefix(network) + name)
  const text = await get(hash)
  if (text === null) return []
  if (hashText(text) !== hash) return null
  if (!text.startsWith('{"version":')) return []
  const root = readBundleRoot(text, network)
  if (typeof root === 'string') return null
  const files = Object.values(root.files).map(({ sha256 }) => sha256)
  if (root.zones === null) return files
  const index = readZoneIndex((await get(root.zones)) ?? '')
  return index === null ? null : [...files, root.zones, ...index]
}
