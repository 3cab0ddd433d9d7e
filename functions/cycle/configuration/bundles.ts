import { type Bundle, bundleFiles, readBundleRoot, readZoneIndex } from '../../core/config/bundle.ts'
import type { BundleName } from '../../core/config/pointer.ts'
import { messageOf } from '../../core/domain/message.ts'
import { hashText, md5 } from '../../core/zone/hash.ts'
import { inParallel } from '../flow/pool.ts'
import type { Bucket } from '../ports/ports.ts'

/** This many objects of a bundle are read, or written, at once. */
const atOnce = 32

/** The prefix of all objects of a network's bundles (contract, "What lands in the bucket"). */
export function bundlePrefix(network: string): string {
  return `config/${network}/`
}

/** A bundle as it was read, or why it cannot be used: it is missing or damaged, or the bucket is out of reach. */
export type BundleRead =
  | { readonly is: 'whole'; readonly files: ReadonlyMap<string, Uint8Array> }
  | { readonly is: 'damaged' | 'unread' | 'invalid'; readonly reason: string }

/** Reads a bundle; every object of it must have the hash under which it is kept. Never rejects. */
export async function readBundle(bucket: Bucket, network: string, hash: BundleName): Promise<BundleRead> {
  const get = async (sha256: string) => {
    const text = await bucket.get(bundlePrefix(network) + sha256)
    const what = sha256 === hash ? 'the bundle' : `its part ${sha256}`
    if (text === null) throw new Damaged(`${what} is missing in the bucket`)
    if (hashText(text) !== sha256) throw new Damaged(`${what} is damaged: its content is not that of its name`)
    return text
  }
  try {
    const root = readBundleRoot(await get(hash), network)
    if (typeof root === 'string') return { is: 'invalid', reason: root }
    const objects = new Map<string, string>()
    const getAll = (hashes: Iterable<string>) =>
      eachOf(hashes, async sha256 => void objects.set(sha256, await get(sha256)))
    const index = root.zones === null ? [] : readZoneIndex(await get(root.zones))
    if (index === null) return { is: 'invalid', reason: 'its list of zones is not one' }
    await getAll(new Set([...Object.values(root.files).map(({ sha256 }) => sha256), ...index]))
    const files = bundleFiles(root, index, objects)
    return files === null ? { is: 'invalid', reason: 'its parts are not those of a bundle' } : { is: 'whole', files }
  } catch (error) {
    const is = error instanceof Damaged ? 'damaged' : 'unread'
    return { is, reason: is === 'damaged' ? messageOf(error) : `the bundle cannot be read: ${messageOf(error)}` }
  }
}

class Damaged extends Error {}

/** Stores what the bucket does not have of a bundle, its root last; gives how many bytes it wrote. */
export async function storeBundle(bucket: Bucket, network: string, { hash, objects }: Bundle): Promise<number> {
  const prefix = bundlePrefix(network)
  const there = await bucket.list(prefix)
  const missing = [...objects].filter(([sha256, text]) => !isThere(there.get(prefix + sha256), text))
  const put = async ([sha256, text]: readonly [string, string]) => void (await bucket.put(prefix + sha256, text))
  await eachOf(
    missing.filter(([sha256]) => sha256 !== hash),
    put,
  )
  for (const root of missing.filter(([sha256]) => sha256 === hash)) await put(root)
  return missing.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0)
}

/** Whether an object is there and whole: an ETag is the MD5 of its text, unless a key of KMS encrypts it. */
function isThere(etag: string | undefined, text: string): boolean {
  if (etag === undefined) return false
  return !/^[0-9a-f]{32}$/.test(etag) || etag === md5(text)
}

/** Works on all, some at once; rejects with the first error, when all that is under way has ended. */
export async function eachOf<T>(all: Iterable<T>, work: (one: T) => Promise<void>): Promise<void> {
  const errors: unknown[] = []
  const isOver = () => errors.length > 0
  await inParallel([...all], atOnce, isOver, async one => {
    await work(one).catch(error => void errors.push(error))
  })
  if (errors.length > 0) throw errors[0]
}
