import { LeaseLost } from '../../cycle/errors.ts'
import type { Lease } from '../../cycle/ports.ts'
import type { Rows } from './rows.ts'

/** The rows, writable only while the lease lasts (behaviour §8.1). `clock`: milliseconds. */
export function guarded(rows: Rows, lease: Lease, clock: () => number): Rows {
  const check = () => {
    if (clock() >= lease.until) throw new LeaseLost('the lease has ended')
  }
  return {
    ...rows,
    put: async (sk, attributes) => {
      check()
      await rows.put(sk, attributes)
    },
    update: async (sk, update) => {
      check()
      return rows.update(sk, update)
    },
  }
}
