import type { TableWrite } from '../neighbours/dynamodb/client.ts'
import type { Store } from '../neighbours/dynamodb/store.ts'
import type { SentChange } from '../neighbours/route53.ts'
import type { Run } from '../world/run.ts'
import { checkEnd } from './ending.ts'
import { onlookerAt } from './onlooker.ts'
import { checkLease, checkPublication, type Fail, type Publishing } from './publishing.ts'
import { checkPush } from './pushing.ts'
import { checkAverages, checkSamplesAreKept, type Kept, keepSamples } from './recording.ts'
import { checkReplay, createRecorder, type ReplayedWorld } from './replaying.ts'
import { checkRotation, type Rotating } from './rotating.ts'
import { checkSight, type Sighting } from './sighting.ts'

/** A promise of behaviour.md that was broken. */
export interface Violation {
  readonly promise: string
  readonly how: string
}

/** Whoever looks on while a world goes its way. */
export interface Watch {
  readonly violations: readonly Violation[]
  readonly fail: Fail
  readonly publishing: Publishing
  readonly writingRow: (run: Run, write: TableWrite) => void
  readonly wroteRow: (run: Run, write: TableWrite) => void
  readonly writingObject: (run: Run, key: string, text: string) => void
  readonly pushing: (run: Run, hostedZone: string, changes: readonly SentChange[]) => void
  readonly announcing: (run: Run, events: number) => void
  readonly ended: (run: Run) => void
  /** Nothing that was recorded has been lost. */
  readonly keeps: () => void
  /** What was recorded is replayed, and comes out as it was (behaviour §13.2). */
  readonly replays: () => ReplayedWorld
  /** Lets go of what is kept for a replay, in a world that is not replayed. */
  readonly forgetReplay: () => void
  /** Rotations so far. */
  readonly rotations: () => number
  /** Somebody sets the wall clock. */
  readonly clockSet: () => void
}

export interface WatchedWorld extends Pick<Sighting, 'counts' | 'scene' | 'regions'> {
  readonly store: Store
  readonly objects: ReadonlyMap<string, string>
  /** The wall clock, which may be set. */
  readonly now: () => number
  readonly trueNow: () => number
  readonly ordersChanged: (run: Run) => boolean
}

/** Begins to watch a world in which nothing has happened yet. */
export function createWatch({ store, objects, now, trueNow, ordersChanged, ...world }: WatchedWorld): Watch {
  const violations: Violation[] = []
  const fail: Fail = (promise, how) => void violations.push({ promise, how })
  const eyes = onlookerAt(store)
  const publishing: Publishing = { eyes, objects, sent: new Map(), now, ordersChanged, fail }
  const sighting: Sighting = {
    ...{ ...world, eyes, fail, judged: new Map(), failures: new Map(), confirmed: new Set() },
    ...{ newest: 0, isUnsure: false },
  }
  const rotating: Rotating = { eyes, sighting, now, live: [], rotations: [], count: 0, ordersChanged, fail }
  const kept: Kept[] = []
  const replaying = createRecorder()
  let wasClockSet = false
  return {
    violations,
    fail,
    publishing,
    writingRow: (run, write) => {
      if (run.kind === 'dry-run') fail('a dry run changes nothing', `it wrote ${write.key}`)
      // Taking the lease is what nobody needs one for; what frees it asks for it in its condition.
      if (write.kind !== 'update') checkLease(run, `saved ${write.key}`, publishing)
    },
    wroteRow: (run, write) => {
      if (write.key === 'STATE') checkRotation(run, rotating)
      else if (write.key.startsWith('RUN#') && write.kind === 'put') {
        keepSamples(run, write.content, kept, fail)
        checkSight(run, write.content, sighting)
      }
      replaying.wrote(run, write)
    },
    writingObject: (run, key, text) => checkPublication(run, key, text, publishing),
    pushing: (run, hostedZone, changes) => checkPush(run, hostedZone, changes, publishing),
    announcing: (run, events) => {
      if (run.kind === 'dry-run') fail('a dry run changes nothing', 'it sent events')
      if (events === 0 || events > 10) fail('one request for events holds 1 to 10', String(events))
    },
    ended: run => {
      if (run.kind === 'dry-run' && run.sight.asked.size > 0) fail('a dry run asks nobody', [...run.sight.asked].join())
      if (run.report?.braked === true) world.counts.braked++
      checkEnd(run, publishing)
      if (run.report?.status === 'ok' || run.report?.status === 'no_edges')
        checkAverages(run, kept, { trueNow: trueNow(), wasClockSet }, fail)
    },
    keeps: () => {
      checkSamplesAreKept(store, kept, trueNow(), fail)
      // What may have expired nobody asks for.
      while (Number(kept[0]?.ttl) * 1000 <= trueNow()) kept.shift()
    },
    rotations: () => rotating.count,
    clockSet: () => {
      wasClockSet = true
      sighting.isUnsure = true
      // What counts of those before depends on who dated them anew, and when.
      rotating.rotations.length = 0
    },
    replays: () => checkReplay(replaying.recorded(), eyes, fail),
    forgetReplay: replaying.forget,
  }
}
