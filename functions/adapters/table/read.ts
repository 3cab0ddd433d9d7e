import { datedAnew } from '../../core/live-set/rotation.ts'
import type { SamplesWanted, Stored } from '../../cycle/ports/ports.ts'
import { desiredIn } from './desired-items.ts'
import { desiredKey, freezeKey, orderPrefix, stateKey, takenKey } from './keys.ts'
import { type Corrupt, isAhead, load, reportCorrupt } from './load.ts'
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
  const [notices, listed, beside] = await Promise.all([
    rows.notices(),
    rows.list(orderPrefix),
    // The pointer to the configuration and the freeze in one request (design, "The table").
    rows.list('', undefined, { from: desiredKey, to: freezeKey }),
  ])
  const freeze = beside.find(({ sk }) => sk?.S === freezeKey) ?? null
  const desired = desiredIn(beside)
  // Only the configuration in force says how much of the past it looks at.
  const samples = typeof wanted === 'number' ? wanted : await wanted(desired)
  const loaded =
    kept !== undefined && isGood(kept, state, samples, now)
      ? { memory: { ...kept, rotations: state.rotations ?? kept.rotations }, corrupt: [] }
      : await load(rows, state, samples, now, withZones)
  // Of two for one edge, the one under its canonical form is the newer.
  const orders = [...listed].sort((a, b) => Number(isUnderCanonicalForm(a)) - Number(isUnderCanonicalForm(b)))
  const corrupt: Corrupt[] = [...loaded.corrupt]
  if (state.corrupt.length > 0) {
    reportCorrupt(corrupt, item, `${state.corrupt.join(', ')} lost, the rest is used`, true)
  }
  for (const order of orders.filter(one => decodeOrder(one) === 'unreadable')) {
    reportCorrupt(corrupt, order, 'it counts as things are until the order is given anew', true)
  }
  const decodedFreeze = freeze === null ? null : decodeFreeze(freeze)
  if (freeze !== null && decodedFreeze === 'unreadable')
    reportCorrupt(corrupt, freeze, 'the network stays frozen', true)
  const unreadable = (sk: string, state: unknown) =>
    state === 'unreadable' ? beside.find(one => one.sk?.S === sk) : undefined
  const pointer = unreadable(desiredKey, desired.pointer)
  const taken = unreadable(takenKey, desired.taken)
  if (pointer !== undefined) reportCorrupt(corrupt, pointer, 'the configuration in force before goes on', true)
  if (taken !== undefined) reportCorrupt(corrupt, taken, 'what was in force before is not known')
  const { history, addresses, live, rotations, zones, namedConf, liveList, manifest, pushed, seen } = loaded.memory
  const stored: Stored = {
    ...{
      history,
      addresses,
      live,
      rotations: datedAnew(rotations, now),
      zones,
      namedConf,
      liveList,
      manifest,
      pushed,
      seen,
      cycle: state.cycles,
    },
    orders: new Map(orders.map(order => [edgeOf(order), decodeOrder(order)])),
    freeze: decodedFreeze,
    desired,
    warnings: [...notices, ...corrupt.map(({ warning }) => warning)],
  }
  return { stored, memory: loaded.memory, state, corrupt, orders, samples }
}

/** Whether what is kept is all that a cold function would read now. */
function isGood({ version, liveId, history, reach, staleAt, era }: Memory, state: State, samples: number, now: number) {
  const isCurrent = version === state.previous && liveId === state.live && era === state.era
  return isCurrent && reach >= samples && now < staleAt && !isAhead(history.runs.at(-1)?.time ?? 0, now)
}
