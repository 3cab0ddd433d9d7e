import type { LoadedMemory } from '../../../functions/cycle/configuration/take-up.ts'
import { type Kept, readingsOf, revision, type Step } from '../../helpers/push-place.ts'
import type { World } from '../../helpers/world.ts'
import type { Turns } from '../handover/turns.ts'
import type { Random } from '../world/random.ts'
import type { Moment } from './history.ts'

export const names = ['alpha', 'beta'] as const
export type Name = (typeof names)[number]
export const zones = { alpha: ['a.example', 'c.example'], beta: ['b.example'] }
export const place = { kind: 'aws', tableName: '', bucketName: '' } as const

/** What happened, for those who ask whether anything did. */
export interface Counts {
  cycles: number
  failed: number
  pushes: number
  conflicts: number
  rollbacks: number
  deploys: number
  killed: number
  damaged: number
  rejected: number
  aside: number
}

export function noCounts(): Counts {
  return {
    cycles: 0,
    failed: 0,
    pushes: 0,
    conflicts: 0,
    rollbacks: 0,
    deploys: 0,
    killed: 0,
    damaged: 0,
    rejected: 0,
    aside: 0,
  }
}

/** A network of the simulation: what was put in force, what is deployed, and its warm function. */
export interface Net {
  readonly name: Name
  readonly world: World
  readonly moments: Moment[]
  deployed: ReturnType<typeof readingOf>
  memory: LoadedMemory
  /** Of the pointer when it was looked at last. */
  seen: string
  /** Whether nobody could read it since. */
  isLost: boolean
}

export interface Sim {
  readonly kept: Kept
  readonly turns: Turns
  readonly random: Random
  readonly nets: readonly Net[]
  readonly broken: string[]
  readonly counts: Counts
  /** By hash: its revision. */
  readonly known: Map<string, number>
  /** By key: the objects that somebody has damaged, as they were; one bundle at a time. */
  readonly harmed: Map<string, string>
  /** Hashes of bundles that are damaged now. */
  readonly damaged: Set<string>
  /** Those that ever were, one after another. */
  readonly everDamaged: string[]
  faults: number
  revision: number
}

export const readings = new Map<string, Reading>()
export type Reading = NonNullable<ReturnType<ReturnType<typeof readingsOf>['get']>>

export function readingOf(sim: Pick<Sim, 'known'>, name: Name, number: number): Reading {
  const reading = readings.get(`${name} ${number}`) ?? readingsOf(revision(number, zones), [name]).get(name)
  if (reading === undefined) throw new Error('no reading')
  readings.set(`${name} ${number}`, reading)
  sim.known.set(reading.loaded.hash, number)
  return reading
}

/** A step of a process: it takes its turn, may fail before or after, and whoever looks on looks. */
export function stepOf(sim: Sim, told: { faults: number; read?: (() => void) | undefined }): Step {
  const { turns, random } = sim
  return async (name, work) => {
    await turns.wait()
    if (random.chance(sim.faults)) {
      told.faults++
      throw new Error('not done')
    }
    const answer = work()
    for (const net of sim.nets) look(sim, net)
    if (name === 'table list ') {
      told.read?.()
      told.read = undefined
    }
    const isLost = random.chance(sim.faults)
    await turns.wait()
    if (!isLost) return answer
    told.faults++
    throw new Error('answer lost')
  }
}

export function bodyOf({ kept }: Sim, { name }: Net, key: string): Record<string, unknown> | null {
  try {
    return JSON.parse(kept.items.get(name)?.get(key)?.body?.S ?? '')
  } catch {
    return null
  }
}

/** Notes a pointer that was moved; one that was only marked, or damaged, is no move. */
export function look(sim: Sim, net: Net): void {
  const pointer = bodyOf(sim, net, 'DESIRED')
  net.isLost ||= pointer === null && sim.kept.items.get(net.name)?.has('DESIRED') === true
  if (pointer === null || pointer.id === net.seen) return
  net.seen = String(pointer.id)
  const base = pointer.base === null ? null : String(pointer.base)
  const over = net.isLost ? bodyOf(sim, net, 'DESIRED#TAKEN')?.hash : undefined
  net.isLost = false
  if (pointer.aside === null)
    net.moments.push({ what: 'move', hash: String(pointer.hash), base, over: over?.toString() })
}
