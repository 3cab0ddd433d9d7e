import { keptSeconds } from '../config/kept-seconds.ts'
import type { Network } from '../config/network.ts'
import { keptHours } from '../domain/limits.ts'
import { microsOf } from '../domain/micros.ts'
import { byName } from '../domain/model.ts'
import { runsToRead } from '../history/history.ts'
import type { Hour, HourAverages } from '../history/hour.ts'
import { type Roster, type Run, rosterOf } from '../history/run.ts'
import type { Total } from '../history/total.ts'
import { withRotation } from '../live-set/rotation.ts'
import type { EdgeStore } from './edge-store.ts'
import type { Material } from './material.ts'
import { type AvailableEdge, availableIn, type OriginalOrder, ordersIn } from './original-orders.ts'
import { type PresentRun, runsOf } from './runs.ts'

/** What a table holds of a network, as far as an import has to know. */
export interface Present {
  readonly runs: readonly PresentRun[]
  /** By hour, in milliseconds. */
  readonly hours: ReadonlyMap<number, HourAverages>
  /** Those with an item of their own, in milliseconds. */
  readonly rotations: readonly number[]
  /** Those that the state names, in milliseconds: all, unless an import was cut short. */
  readonly stateRotations: readonly number[]
  /** A live set is recorded, or was published. */
  readonly hasLive: boolean
}

export interface HourAddition {
  readonly hour: Hour
  readonly roster: Roster
}

/** What an import adds to a table; nothing in it takes away or replaces what is there. */
export interface Additions {
  readonly runs: readonly Run[]
  readonly hours: readonly HourAddition[]
  /** Those that are new, in milliseconds. */
  readonly rotations: readonly number[]
  /** All to keep; the newest 100 of old and new. */
  readonly keptRotations: readonly number[]
  /** Null where one is there already, or the original has none. */
  readonly live: readonly string[] | null
  /** Those that are not there yet are given. */
  readonly orders: readonly OriginalOrder[]
  /** Edges that are not ordered anything: an order that an earlier import gave for want of a mode ends. */
  readonly available: readonly AvailableEdge[]
  /** How long samples and rotations are kept from now on, as those of a cycle are (design, "ttl"). */
  readonly keepSeconds: number
}

/** What of the original's files is missing in the table. `now` in milliseconds. */
export function additionsOf(material: Material, present: Present, { settings }: Network, now: number): Additions {
  const { goodenough } = settings
  const keep = runsToRead(settings)
  const known = new Set(present.rotations)
  const live = material.live ?? []
  const rotations = (material.state?.rotations ?? []).filter(time => !known.has(time))
  return {
    runs: runsOf(material, present.runs, { goodenoughMicros: microsOf(goodenough), keep }),
    hours: hoursOf(material, present.hours),
    rotations,
    keptRotations: [...new Set([...present.rotations, ...present.stateRotations, ...rotations])].reduce<
      readonly number[]
    >(withRotation, []),
    live: present.hasLive || live.length === 0 ? null : live,
    orders: ordersIn(material, now),
    available: availableIn(material),
    keepSeconds: keptSeconds(settings),
  }
}

/** The newest hours to which the original's averages add anything, with all that is to stand in them. */
function hoursOf({ edges, canaries }: Material, present: ReadonlyMap<number, HourAverages>): HourAddition[] {
  const [ofEdges, ofCanaries] = [averagesOf(edges), averagesOf(canaries)]
  const times = [...new Set([...ofEdges.keys(), ...ofCanaries.keys()])].sort((a, b) => a - b).slice(-keptHours)
  return times.flatMap(time => {
    const old = present.get(time)
    const hour = {
      time,
      edges: new Map([...(ofEdges.get(time) ?? []), ...totalsOf(old?.edges)]),
      canaries: new Map([...(ofCanaries.get(time) ?? []), ...totalsOf(old?.canaries)]),
    }
    const size = hour.edges.size + hour.canaries.size
    if (old !== undefined && size === old.edges.size + old.canaries.size) return []
    const roster = rosterOf([...hour.edges.keys()].sort(byName), [...hour.canaries.keys()].sort(byName))
    return [{ hour, roster }]
  })
}

/** Averages in seconds, each as a total of one sample. */
function totalsOf(averages: ReadonlyMap<string, number> | undefined): [string, Total][] {
  return [...(averages ?? [])].map(([name, seconds]) => [name, { sumMicros: seconds * 1e6, count: 1 }])
}

/** By hour and name; an average stands as a total of one sample. */
function averagesOf(stores: ReadonlyMap<string, EdgeStore>): Map<number, Map<string, Total>> {
  const hours = new Map<number, Map<string, Total>>()
  for (const [name, store] of stores) {
    for (const { time, micros } of store.hours) {
      const hour = hours.get(time) ?? new Map<string, Total>()
      hours.set(time, hour.set(name, { sumMicros: micros, count: 1 }))
    }
  }
  return hours
}
