import { clock } from '../../adapters/time/clock.ts'
import type { FolderReading } from '../../core/config/folder-reading.ts'
import type { Pointer } from '../../core/config/pointer.ts'
import { shortHash } from '../../core/config/taking.ts'
import { byName } from '../../core/domain/model.ts'
import type { PushObstacles } from '../../core/operation/push-rules.ts'
import { cleanUp } from '../../cycle/configuration/clean-up.ts'
import { type Move, movePointer, storeForMove } from '../../cycle/configuration/move-pointer.ts'
import { deployedHash, type NetworkInForce, networksKept, standingOf } from '../network-in-force.ts'
import type { Storage } from '../open-storage.ts'
import type { Place } from '../target.ts'
import { obstaclesFor } from './obstacles.ts'

type Valid = Extract<FolderReading, { is: 'valid' }>

/** One network of a push, and what is in force now. */
export interface PushedNetwork {
  readonly network: string
  readonly reading: Valid
  readonly standing: NetworkInForce
  /** Another configuration than what is in force. */
  readonly differs: boolean
}

/** What a push would do, in the order in which it would be done, and what prevents it. */
export interface PushPlan {
  readonly networks: readonly PushedNetwork[]
  /** Why it needs a deploy instead; empty where it does not (behaviour §11.3). */
  readonly deploy: readonly string[]
  /** What it takes `--yes` for. */
  readonly yes: readonly string[]
  /** What stays as it was deployed until the next deploy. */
  readonly stays: readonly string[]
}

/** Plans a push of these networks; reads only. `whole`: they are all networks of the folder. */
export async function planPush(
  readings: ReadonlyMap<string, Valid>,
  storage: Storage,
  place: Place,
  whole: boolean,
): Promise<PushPlan> {
  const kept = await networksKept(storage)
  const networks: PushedNetwork[] = []
  const added: string[] = []
  for (const [network, reading] of readings) {
    // The first push of all brings every network; after that, a new one takes a deploy: nothing else makes its functions.
    const isKnown = place.kind === 'local' || kept.length === 0 || kept.includes(network)
    if (!isKnown && (await deployedHash(network, place)) === null) {
      added.push(`${network} is a new network`)
      continue
    }
    const standing = await standingOf(network, storage, place)
    const { hash } = reading.loaded
    const differs = standing.wanted !== hash || standing.inUse?.loaded.hash !== hash
    networks.push({ network, reading, standing, differs })
  }
  const gone = place.kind === 'local' || !whole ? [] : kept.filter(name => !readings.has(name))
  const others = [...added, ...gone.map(name => `the folder has no network ${name}`)]
  const obstacles: PushObstacles[] = []
  for (const { differs, standing, reading } of networks) {
    if (differs) obstacles.push(await obstaclesFor(standing, reading.loaded.network, storage, place))
  }
  const all = (of: keyof PushObstacles) => obstacles.flatMap(one => one[of])
  return { networks: inOrder(networks), deploy: [...others, ...all('deploy')], yes: all('yes'), stays: all('stays') }
}

/** Networks that receive a zone from another first, otherwise by name (behaviour §11.2). */
function inOrder(networks: readonly PushedNetwork[]): PushedNetwork[] {
  const owners = new Map<string, string>()
  for (const { network, standing } of networks) {
    for (const { name } of standing.inUse?.loaded.network.zones ?? []) owners.set(name, network)
  }
  const receives = ({ network, reading }: PushedNetwork) =>
    reading.loaded.network.zones.some(({ name }) => (owners.get(name) ?? network) !== network)
  return [...networks].sort((a, b) => Number(receives(b)) - Number(receives(a)) || byName(a.network, b.network))
}

/** What became of a network in a push. */
export interface PushOutcome {
  readonly network: string
  readonly action: 'pushed' | 'unchanged' | 'conflict' | 'left'
  readonly hash: string
  readonly previous: string | null
  /** What was written for it. */
  readonly bytes: number
  /** Of a conflict: who was first. */
  readonly first?: { readonly by: string; readonly hash: string }
}

/** The outcome for a network that is in force already as it was to be pushed. */
export function unchanged({ network, reading, standing }: PushedNetwork): PushOutcome {
  const previous = standing.inUse?.loaded.hash ?? null
  return { network, action: 'unchanged', hash: reading.loaded.hash, previous, bytes: 0 }
}

/**
 * Stores the bundles that differ, then moves one pointer after the other; stops at the first that somebody else has moved
 * meanwhile: those after it are `left`. The same push again completes what a kill cut short.
 */
export async function carryOut(
  plan: PushPlan,
  who: { readonly by: string; readonly comment: string },
  storage: Storage,
): Promise<PushOutcome[]> {
  const { bucket } = storage
  const stored = new Map<string, { readonly bytes: number; readonly source: string }>()
  for (const { network, reading, differs } of plan.networks) {
    if (differs) stored.set(network, await storeForMove(bucket, network, reading.bundle, reading.settings))
  }
  const outcomes: PushOutcome[] = []
  let isStopped = false
  for (const one of plan.networks) {
    const { bytes, source } = stored.get(one.network) ?? { bytes: 0, source: null }
    const facts = unchanged(one)
    if (!one.differs || isStopped) {
      outcomes.push(one.differs ? { ...facts, action: 'left', bytes } : facts)
      continue
    }
    const first = await putInForce(one, { ...who, at: clock() }, source, storage)
    isStopped = first !== null
    outcomes.push({ ...facts, bytes, ...(first === null ? { action: 'pushed' } : { action: 'conflict', first }) })
  }
  return outcomes
}

/** Moves the pointer of one network; who was first, where somebody was and has put something else in force. */
async function putInForce(
  { network, reading, standing }: PushedNetwork,
  signed: Move['signed'],
  source: string | null,
  storage: Storage,
): Promise<{ by: string; hash: string } | null> {
  const { configurations, bucket } = storage
  const { hash } = reading.loaded
  const { desired, deployed } = standing
  const move = { what: 'push', network, hash, signed, inForce: earlier(standing), deployed, source } as const
  if (!(await movePointer(move, desired, configurations.newId(), configurations))) {
    const { pointer } = await configurations.read(network)
    const other = pointer === null || pointer === 'unreadable' ? null : pointer
    if (other?.hash !== hash) return { by: other?.by ?? 'somebody', hash: other?.hash ?? '' }
  }
  // Whoever tidied up meanwhile knew nothing of this bundle.
  await storeForMove(bucket, network, reading.bundle, reading.settings)
  await cleanUp(network, storage)
  return null
}

/** What was in force before, as a pointer names it. */
export function earlier({ inUse }: NetworkInForce): Pointer['previous'] {
  return inUse === null ? null : { hash: inUse.loaded.hash, ...inUse.signed }
}

/** The sentence about a conflict. */
export function conflictWords({ network, first }: PushOutcome, changed: readonly string[]): string {
  const others = changed.length === 0 ? 'no network was changed' : `changed before: ${changed.join(', ')}`
  return `${network}: ${first?.by} was first and put ${shortHash(String(first?.hash))} in force; ${others}`
}
