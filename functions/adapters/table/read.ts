import type { Desired } from '../../core/config/pointer.ts'
import { datedAnew } from '../../core/live-set/rotation.ts'
import type { SamplesWanted, Stored } from '../../cycle/ports/ports.ts'
import { type Corrupt, reportCorrupt } from './corrupt.ts'
import { desiredIn } from './desired-items.ts'
import { desiredKey, freezeKey, orderPrefix, stateKey, takenKey } from './keys.ts'
import { load } from './load.ts'
import { isAhead } from './load-runs.ts'
import type { Memory } from './memory.ts'
import { decodeFreeze, decodeOrder, edgeOf, isUnderCanonicalForm } from './order-items.ts'
import type { Item, Rows } from './rows.ts'
import { decodeState, type State } from './state-item.ts'

/**
 * All that a cycle would find in the table, read without the lease, and STATE itself. `now` in milliseconds. Without
 * `zones`, it is as if there were none.
 */
export async function readAll(
  rows: Rows,
  samples: SamplesWanted,
  now: number,
  zones = true,
): Promise<{ stored: Stored; state: State }> {
  const item = (await rows.get(stateKey)) ?? {}
  return read(rows, item, samples, now, undefined, zones)
}

/** The same, given STATE's item; orders are always read, everything else only where `kept` is not of this version. */
export async function read(
  rows: Rows,
  item: Item,
  wanted: SamplesWanted,
  now: number,
  kept: Memory | undefined,
  withZones = true,
) {
  const state = decodeState(item)
  const ordered = await readOrdered(rows)
  const { notices, orders, freeze, desired } = ordered
  // Only the configuration in force says how much of the past it looks at.
  const samples = typeof wanted === 'number' ? wanted : await wanted(desired)
  const loaded =
    kept !== undefined && isGood(kept, state, samples, now)
      ? { memory: { ...kept, rotations: state.rotations ?? kept.rotations }, corrupt: [] }
      : await load(rows, state, samples, now, withZones)
  const corrupt: Corrupt[] = [...loaded.corrupt]
  if (state.corrupt.length > 0) {
    reportCorrupt(corrupt, item, `${state.corrupt.join(', ')} lost, the rest is used`, true)
  }
  reportOrdered(corrupt, ordered)
  const stored: Stored = {
    ...knownIn(loaded.memory, state, now),
    orders: new Map(orders.map(order => [edgeOf(order), decodeOrder(order)])),
    freeze,
    desired,
    warnings: [...notices, ...corrupt.map(({ warning }) => warning)],
  }
  return { stored, memory: loaded.memory, state, corrupt, orders, samples }
}

/** What operators have ordered: orders, freeze, configuration; always read, as it changes between cycles. */
interface Ordered {
  readonly notices: readonly string[]
  /** Of two for one edge, the one under its canonical form comes last: it is the newer. */
  readonly orders: readonly Item[]
  readonly freeze: Stored['freeze']
  readonly desired: Desired
  /** An item of freeze or configuration; empty where there is none. */
  readonly itemOf: (key: string) => Item
}

async function readOrdered(rows: Rows): Promise<Ordered> {
  const [notices, listed, beside] = await Promise.all([
    rows.notices(),
    rows.list(orderPrefix),
    // The pointer to the configuration and the freeze in one request (design, "The table").
    rows.list('', undefined, { from: desiredKey, to: freezeKey }),
  ])
  const orders = [...listed].sort((a, b) => Number(isUnderCanonicalForm(a)) - Number(isUnderCanonicalForm(b)))
  const find = (key: string) => beside.find(({ sk }) => sk?.S === key)
  const freeze = find(freezeKey)
  return {
    notices,
    orders,
    freeze: freeze === undefined ? null : decodeFreeze(freeze),
    desired: desiredIn(beside),
    itemOf: key => find(key) ?? {},
  }
}

function reportOrdered(corrupt: Corrupt[], { orders, freeze, desired, itemOf }: Ordered): void {
  for (const order of orders.filter(one => decodeOrder(one) === 'unreadable')) {
    reportCorrupt(corrupt, order, 'it counts as things are until the order is given again', true)
  }
  if (freeze === 'unreadable') reportCorrupt(corrupt, itemOf(freezeKey), 'the network stays frozen', true)
  const { pointer, taken } = desired
  if (pointer === 'unreadable') {
    reportCorrupt(corrupt, itemOf(desiredKey), 'the previous configuration stays in force', true)
  }
  if (taken === 'unreadable') reportCorrupt(corrupt, itemOf(takenKey), 'what was in force before is not known')
}

function knownIn({ rotations, ...memory }: Omit<Memory, 'version'>, { cycles }: State, now: number) {
  const { history, addresses, live, zones, namedConf, liveList, manifest, pushed, seen } = memory
  const files = { namedConf, liveList, manifest }
  return {
    history,
    addresses,
    live,
    zones,
    ...files,
    pushed,
    seen,
    rotations: datedAnew(rotations, now),
    cycle: cycles,
  }
}

/** Whether what is kept is all that a cold function would read now. */
function isGood({ version, liveId, history, reach, staleAt, era }: Memory, state: State, samples: number, now: number) {
  const isCurrent = version === state.previous && liveId === state.live && era === state.era
  return isCurrent && reach >= samples && now < staleAt && !isAhead(history.runs.at(-1)?.time ?? 0, now)
}
