import { compiledName, compiledText, readCompiled } from '../../core/config/compiled.ts'
import { type Candidate, type InForce, inForce } from '../../core/config/in-force.ts'
import type { Loaded } from '../../core/config/loaded.ts'
import type { BundleName, Desired, Pointer, Rejection, Signed, TakenUp } from '../../core/config/pointer.ts'
import { formatProblem, type Problem } from '../../core/config/problem.ts'
import {
  asideWarning,
  boundedReasons,
  type ConfigurationReport,
  configurationReport,
  isKnownInvalid,
  isSameTaken,
  rejectionWarning,
  signedBy,
  takenAfter,
} from '../../core/config/taking.ts'
import { productVersion } from '../../core/domain/version.ts'
import { once } from '../flow/once.ts'
import type { Compiled } from '../ports/compiled.ts'
import type { Bucket } from '../ports/ports.ts'

/** What a process knows already of bundles, by hash: loading one again would give the same. */
export type LoadedMemory = Map<BundleName, Loaded>

/** Where the bundles of a network come from. */
export interface BundleSources {
  readonly network: string
  readonly bucket: Bucket
  /** The hash of the bundle that the stack brought; null where there is none. */
  readonly deployed: BundleName | null
  /** A bundle that is at hand without the bucket; null: it has to be read there. */
  readonly atHand?: (hash: BundleName) => Promise<Loaded | null>
  /** Verdicts on bundles that were checked before; left out: none. */
  readonly compiled?: Compiled
  readonly memory: LoadedMemory
}

/** The configuration that a cycle uses, and what follows from it. */
export interface InUse {
  readonly loaded: Loaded
  readonly report: ConfigurationReport
  readonly warnings: readonly string[]
  /** What is to be kept; null where it is kept already. */
  readonly taken: TakenUp | null
  readonly signed: Signed
  /** What the table said when it was taken up. */
  readonly desired: Desired
  /** Why the bucket could not be read, where that kept a newer one from being used; null or left out: it could. */
  readonly unread?: string | null
  /** What else has to be stored before it is noted: a bundle that a deploy brought; left out: nothing. */
  readonly store?: () => Promise<void>
  /** A rejection that this cycle is the first to find, or a pointer that it is the first to find overtaken by a deploy. */
  readonly news: { readonly rejected: Rejection | null; readonly aside: Pointer | null; readonly isNewDeploy: boolean }
}

/** Takes up the configuration in force. `now`: milliseconds. Throws `NoConfiguration`. */
export type TakeUp = (
  desired: Desired,
  how: { readonly now: number; readonly dryRun: boolean },
) => Promise<InUse & { readonly problems?: readonly Problem[] }>

/** Nothing can be used: nothing was ever in force, or the bucket is out of reach. */
export class NoConfiguration extends Error {
  override readonly name = 'NoConfiguration'
  /** Why the bucket could not be read; null where it could. */
  readonly unread: string | null

  constructor(message: string, unread: string | null = null) {
    super(message)
    this.unread = unread
  }
}

/**
 * The configuration in force (behaviour §11.4), loaded and checked; writes nothing. Throws `NoConfiguration`. `now` in
 * milliseconds. A bundle that is in memory is not asked for.
 */
export async function configurationInForce(desired: Desired, sources: BundleSources, now: number): Promise<InUse> {
  const force = inForce(desired, sources.deployed)
  const rejections: Rejection[] = force.fault === null ? [] : [rejectionOf(null, [force.fault], true)]
  let unread: string | null = null
  for (const candidate of force.candidates) {
    // While the bucket is out of reach, only what this very process used before is surely no step back.
    if (unread !== null && !(isNoStepBack(candidate, desired) && sources.memory.has(candidate.hash))) continue
    const found = await loadOne(candidate.hash, desired, sources)
    if ('unread' in found) {
      unread = found.unread
      rejections.push(rejectionOf(candidate.hash, [found.unread], false))
      continue
    }
    if ('network' in found) {
      const signed = signedBy(candidate, desired, now)
      const given = { desired, force, rejected: rejections[0] ?? null, sources }
      return { ...inUse(found, signed, given), unread }
    }
    rejections.push(found)
  }
  const reasons = rejections.flatMap(({ reasons: all }) => all.slice(0, 3))
  throw new NoConfiguration(
    reasons.length === 0 ? 'nothing was ever put in force' : `no configuration can be used: ${reasons.join('; ')}`,
    unread,
  )
}

/** Whether nothing newer than this was ever used, as far as is known. */
function isNoStepBack({ hash }: Candidate, { taken }: Desired): boolean {
  return taken === null || taken === 'unreadable' || taken.hash === hash
}

function inUse(
  loaded: Loaded,
  signed: Signed,
  given: { desired: Desired; force: InForce; rejected: Rejection | null; sources: BundleSources },
): InUse {
  const { desired, force, rejected, sources } = given
  const { deployed } = sources
  const taken = takenAfter(loaded.hash, signed, { deployed, rejected })
  const before = desired.taken === 'unreadable' ? null : desired.taken
  const aside = force.setsAside ? (desired.pointer as Pointer) : null
  // A deploy of what was pushed undoes nothing.
  const isUndone = aside !== null && aside.hash !== deployed
  const isNews = rejected !== null && (before?.rejected ?? undefined)?.hash !== rejected.hash
  return {
    loaded,
    report: configurationReport(loaded, signed, rejected),
    warnings: [
      ...(rejected === null ? [] : [rejectionWarning(rejected, desired, { hash: loaded.hash, signed })]),
      ...(isNews ? rejected.reasons : []),
      ...(isUndone ? [asideWarning(aside, String(deployed))] : []),
    ],
    taken: isSameTaken(taken, desired.taken) ? null : taken,
    signed,
    desired,
    news: { rejected: isNews ? rejected : null, aside, isNewDeploy: force.isNewDeploy },
  }
}

/** A configuration, why it cannot be used, or why the bucket did not answer. */
type Found = Loaded | Rejection | { readonly unread: string }

async function loadOne(hash: BundleName, { taken }: Desired, sources: BundleSources): Promise<Found> {
  const { memory, atHand } = sources
  const known = memory.get(hash)
  if (known !== undefined) return known
  const invalid = isKnownInvalid(taken, hash, productVersion)
  if (invalid !== null) return invalid
  const loaded = (await atHand?.(hash)) ?? (await fromBucket(hash, sources))
  if ('network' in loaded) remember(memory, loaded)
  return loaded
}

/** What reads bundles, and what checks them: loaded where there is one to be read, or one that is not known. */
export const loadBundles = once(() => import('./bundles.ts'))
export const loadChecker = once(() => import('../../core/config/loaded.ts'))

/** What is in the bucket is read and must be whole, even where the verdict on it is known. */
async function fromBucket(hash: BundleName, { network, bucket, compiled }: BundleSources): Promise<Found> {
  const { readBundle } = await loadBundles()
  const read = await readBundle(bucket, network, hash)
  if (read.is === 'unread') return { unread: read.reason }
  if (read.is !== 'whole') return rejectionOf(hash, [read.reason], read.is === 'invalid')
  const known = readCompiled(compiled?.read(compiledName(hash)) ?? null, hash)
  if (known !== null) return known
  const { loadFiles } = await loadChecker()
  const checked = loadFiles(hash, network, read.files)
  if ('errors' in checked) return rejectionOf(hash, checked.errors.map(formatProblem), true)
  const verdict = compiledText(checked.loaded)
  if (verdict !== null) compiled?.keep(compiledName(hash), verdict)
  return checked.loaded
}

/** A process needs the one in force, the one before it, and one that is tried. */
const maxRemembered = 4

function remember(memory: LoadedMemory, loaded: Loaded): void {
  memory.set(loaded.hash, loaded)
  for (const hash of memory.keys()) if (memory.size > maxRemembered) memory.delete(hash)
}

function rejectionOf(hash: BundleName | null, reasons: readonly string[], isFinal: boolean): Rejection {
  return { hash, version: productVersion, isFinal, reasons: boundedReasons(reasons) }
}
