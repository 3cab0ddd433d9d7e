import { isoTime } from '../domain/time-words.ts'
import type { ValidOrder } from '../orders/order-request.ts'

/** The version of the events' shape: it grows when something is taken away or means something else. */
export const eventVersion = 1

/** What an event tells of, and its `detail-type`. */
export type Happening =
  | 'cycle finished with changes'
  | 'edges rotated'
  | 'zones published'
  | 'edge state changed'
  | 'shortage'
  | 'blind'
  | 'verification failed'
  | 'name servers'
  | 'disputed'
  | 'order given'
  | 'configuration rejected'
  | 'configuration set aside'

/** One event as it is sent; `detail` always has `version` and `network`. */
export interface Event {
  readonly happening: Happening
  readonly detail: Readonly<Record<string, unknown>>
}

/** A request holds 1 MB, of which seven events of a cycle may need all but a little. */
const maxBytes = { zones: 350_000, others: 100_000 } as const

/** This many edges are named, and no more. */
export const maxEdges = 300
/** Characters of a reason. */
export const maxReason = 300

/** An operator's order, as it is told when it is given; for a network (freeze, thaw) without edges. */
export function orderEvent(network: string, edges: readonly string[], instruction: ValidOrder): Event {
  const { order, comment, by, since, expires } = instruction
  const times = { since: isoTime(since), expires: expires === null ? null : isoTime(expires) }
  const detail = { version: eventVersion, network, time: times.since, order, comment, by, ...times }
  return {
    happening: 'order given',
    detail: fitted('order given', { ...detail, ...cutTo('edges', edges, maxEdges) }),
  }
}

/** The detail, with its lists cut by half until it fits. */
export function fitted(happening: Happening, detail: Event['detail']): Event['detail'] {
  const most = happening === 'zones published' ? maxBytes.zones : maxBytes.others
  if (new TextEncoder().encode(JSON.stringify(detail)).length <= most) return detail
  const shorter = Object.entries(detail).map(([key, value]) => [
    key,
    Array.isArray(value) ? value.slice(0, Math.floor(value.length / 2)) : value,
  ])
  return fitted(happening, Object.fromEntries(shorter))
}

/** The first few, and how many there are in all. */
export function cutTo<T>(name: string, all: readonly T[], most: number): object {
  return { [name]: all.slice(0, most), count: all.length }
}
