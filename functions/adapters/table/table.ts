import { startRunClock } from '../../core/domain/run-clock.ts'
import { LeaseLost } from '../../cycle/ports/errors.ts'
import type { BeginRequest, Begun, Lease, Table } from '../../cycle/ports/ports.ts'
import { guarded } from './guarded.ts'
import { freeSurely, takeLease } from './lease.ts'
import type { Memory } from './memory.ts'
import { moveOrders } from './move-orders.ts'
import { read, readAll } from './read.ts'
import type { Rows, RowsOf } from './rows.ts'
import { finish, record, type Work } from './save-run.ts'
import { setAside } from './set-aside.ts'

/**
 * The table, over the rows of a store. Keeps in memory what it read and wrote of each network, and trusts it while the table says
 * that nobody else has written since. `clock`: milliseconds; `monotonic`: those of a monotonic clock.
 */
export function createTable(
  rows: RowsOf,
  clock: () => number = Date.now,
  monotonic: () => number = () => performance.now(),
): Table {
  const memories = new Map<string, Memory>()
  const works = new Map<string, Work>()
  return {
    begin: request => {
      const runClock = startRunClock({ clock, monotonic })
      return begin(rows(request.network), request, memories, works, runClock.clock)
    },
    peek: async (network, samples) => (await readAll(rows(network), samples, clock())).stored,
    record: async (lease, recording) => {
      const work = workOf(lease, works)
      const memory = await record(guarded(rows, lease, work.clock), lease, recording, work)
      works.set(lease.network, { ...work, memory })
    },
    finish: async (lease, settled) => {
      const work = workOf(lease, works)
      const memory = await finish(guarded(rows, lease, work.clock), lease, settled, work)
      // Only now: who failed to finish comes again, to free the lease.
      works.delete(lease.network)
      if (settled.status === 'failed') memories.delete(lease.network)
      else memories.set(lease.network, memory)
    },
  }
}

function workOf(lease: Lease, works: ReadonlyMap<string, Work>): Work {
  const work = works.get(lease.network)
  if (work?.run !== lease.run) throw new LeaseLost('this run has ended')
  return work
}

async function begin(
  rows: Rows,
  request: BeginRequest,
  memories: Map<string, Memory>,
  works: Map<string, Work>,
  clock: () => number,
): Promise<Begun> {
  const taken = await takeLease(rows, request)
  if (taken.status !== 'begun') return taken
  const { lease, item } = taken
  const kept = memories.get(request.network)
  memories.delete(request.network)
  works.delete(request.network)
  try {
    const { stored, memory, state, corrupt, orders, samples } = await read(
      rows,
      item,
      request.samples,
      request.now,
      kept,
    )
    await setAside(rows, corrupt)
    await moveOrders(rows, orders)
    const work = { run: lease.run, memory: { ...memory, version: lease.run }, samples, state, clock }
    works.set(request.network, work)
    return { status: 'begun', lease, before: stored, lastStatus: state.status }
  } catch (error) {
    await freeSurely(rows, lease)
    throw error
  }
}
