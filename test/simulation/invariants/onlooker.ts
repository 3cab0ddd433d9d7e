import { asNames, parseJson } from '../../../functions/adapters/table/chunks.ts'
import { decodeFreeze, decodeOrder } from '../../../functions/adapters/table/order-items.ts'
import { decodePushed, pushedKeyOf } from '../../../functions/adapters/table/pushed-items.ts'
import { decodeState, type State } from '../../../functions/adapters/table/state-item.ts'
import {
  decodeFiles,
  decodeZones,
  type Files,
  groupKeyOf,
  noFiles,
} from '../../../functions/adapters/table/zone-items.ts'
import type { Freeze, Order } from '../../../functions/core/domain/model.ts'
import type { Pushed, ZoneRecord } from '../../../functions/core/state/network-state.ts'
import type { Item } from '../neighbours/dynamodb/expression.ts'
import type { Store } from '../neighbours/dynamodb/store.ts'
import { partitionKey } from '../world/operator.ts'
import type { Run } from '../world/run.ts'

/** What the table holds at this moment, for those who only look on. */
export interface Onlooker {
  readonly state: () => State
  /** The recorded live set; null where none is. */
  readonly live: () => readonly string[] | null
  readonly zone: (zone: string) => ZoneRecord | undefined
  /** What is known of a zone's records in Route 53. */
  readonly pushed: (zone: string) => Pushed | undefined
  readonly files: () => Files
  readonly run: (time: number) => Item | undefined
  /** The last known address of an edge that is a host name. */
  readonly knownAddress: (edge: string) => string | null
  readonly order: (edge: string) => Order | 'unreadable' | null
  readonly anyOrder: () => boolean
  readonly freeze: () => Freeze | 'unreadable' | null
}

/** An onlooker at a store. */
export function onlookerAt(store: Store): Onlooker {
  const row = (sk: string) => store.get({ pk: partitionKey, sk: { S: sk } }, true)
  const text = (prefix: string) => {
    const { items } = store.query(
      { partition: partitionKey.S, prefix: `${prefix}#`, isForward: true, limit: 1000, after: undefined },
      true,
    )
    return items.length === 0 ? null : items.map(item => item.text?.S ?? '').join('')
  }
  const state = () => decodeState(row('STATE') ?? {})
  return {
    state,
    live: () => {
      const { live } = state()
      return live === null ? null : parseJson(text(`LIVE#${live}`), asNames)
    },
    zone: zone => decodeZones(row(groupKeyOf(zone)) ?? {})?.get(zone),
    pushed: zone => decodePushed(row(pushedKeyOf(zone)) ?? {})?.get(zone),
    files: () => decodeFiles(row('ZONES#FILES') ?? {}) ?? noFiles,
    run: time => row(`RUN#${String(time).padStart(13, '0')}`),
    knownAddress: edge => {
      const rows = parseJson(text('ADDRESS'), value => (Array.isArray(value) ? value : null)) ?? []
      return rows.find(row => row?.[0] === edge)?.[1] ?? null
    },
    order: edge => {
      const item = row(`ORDER#${edge}`)
      return item === undefined ? null : decodeOrder(item)
    },
    anyOrder: () => store.items().some(item => item.sk?.S?.startsWith('ORDER#')),
    freeze: () => {
      const item = row('FREEZE')
      return item === undefined ? null : decodeFreeze(item)
    },
  }
}

/** The mode that counts for an edge in a run; one whose order nobody can read counts as things are. */
export function modeOf(edge: string, run: Run, eyes: Onlooker): string {
  const order = eyes.order(edge)
  if (order === null || order === 'unreadable') return 'available'
  return order.expires !== null && order.expires <= run.startedAt ? 'available' : order.mode
}
