import type { Bundle } from '../../core/config/bundle.ts'
import type { ConfigEvent, Desired, Pointer, Signed } from '../../core/config/pointer.ts'
import { hashText } from '../../core/zone/hash.ts'
import type { Configurations } from '../ports/configurations.ts'
import type { Bucket } from '../ports/ports.ts'
import { bundlePrefix, storeBundle } from './bundles.ts'

/** A bundle that is to be put in force, by whom and why. */
export interface Move {
  readonly what: Pointer['what']
  readonly network: string
  readonly hash: string
  readonly signed: Signed
  /** What is in force now, and whose it is; null: nothing is. */
  readonly inForce: Pointer['previous']
  /** The deployed bundle as far as is known; null: none is. */
  readonly deployed: string | null
  /** The object with the whole `edgemanage.yaml`; null where it is not kept. */
  readonly source: string | null
  /** The bundle of the folder that is taken up with this; left out: the one taken up before stays. */
  readonly folder?: string
}

/**
 * Puts a bundle in force that is in the bucket already: one conditional write, then an entry of the log. False where somebody
 * else was first (behaviour §11.2). `id`: random.
 */
export async function movePointer(
  move: Move,
  desired: Desired,
  id: string,
  configurations: Configurations,
): Promise<boolean> {
  const { network, signed, what, hash, inForce, deployed, source } = move
  const old = desired.pointer === 'unreadable' ? null : desired.pointer
  // A push that was killed after its write has no entry yet; the same entry twice is one.
  if (old !== null && old.aside === null && isChange(old)) await configurations.enter(network, eventOf(old))
  const folder = move.folder ?? old?.folder ?? null
  const pointer: Pointer = { id, what, hash, ...signed, base: deployed, previous: inForce, source, folder, aside: null }
  const isMoved = await configurations.move(network, pointer, desired.pointer)
  if (isMoved && isChange(pointer)) await configurations.enter(network, eventOf(pointer))
  return isMoved
}

/** Whether a pointer that was moved put something else in force than before. */
export function isChange({ hash, previous }: Pointer): boolean {
  return hash !== previous?.hash
}

/** The entry of the log for a pointer that was moved. */
export function eventOf({ what, hash, previous, by, at, comment, source }: Pointer): ConfigEvent {
  const event = { what, hash, previous: previous?.hash ?? null, by, at, comment }
  return source === null ? event : { ...event, source }
}

/** Stores a bundle, and the settings as they were written; gives how many bytes that took, and the settings' hash. */
export async function storeForMove(
  bucket: Bucket,
  network: string,
  bundle: Bundle,
  settings: string,
): Promise<{ readonly bytes: number; readonly source: string }> {
  const source = hashText(settings)
  const objects = new Map([[source, settings], ...bundle.objects])
  return { bytes: await storeBundle(bucket, network, { ...bundle, objects }), source }
}

/** The key of one object of a network's bundles. */
export function objectKey(network: string, hash: string): string {
  return bundlePrefix(network) + hash
}
