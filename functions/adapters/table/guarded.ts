import { LeaseLost } from '../../cycle/ports/errors.ts'
import type { Lease } from '../../cycle/ports/ports.ts'
import type { Rows, RowsOf } from './rows.ts'

/** The rows, writable only while the lease lasts: every attempt of a write looks again (behaviour §8.1). */
export function guarded(rows: RowsOf, lease: Lease, clock: () => number): Rows {
  return rows(lease.network, () => {
    if (clock() >= lease.until) throw new LeaseLost('the lease has ended, or the clock was set')
  })
}
