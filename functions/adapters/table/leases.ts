import type { Lease } from '../../cycle/ports/ports.ts'
import { freeLease, takeLease } from './lease.ts'
import type { RowsOf } from './rows.ts'

/** The leases of networks, for those who want no cycle to work meanwhile. Throws `TableUnavailable`. */
export interface Leases {
  /** The lease for `seconds` seconds from `now` (milliseconds), or until when another run has it (null: unknown). */
  take(network: string, seconds: number, now: number): Promise<Lease | { readonly until: number | null }>
  /** Frees a lease that is still held; one that has ended stays as it is. */
  free(lease: Lease): Promise<void>
}

/** The leases among the rows of a store. */
export function createLeases(rowsOf: RowsOf): Leases {
  return {
    take: async (network, leaseSeconds, now) => {
      const request = { network, now, leaseSeconds, force: true }
      const taken = await takeLease(rowsOf(network), request)
      return taken.status === 'begun' ? taken.lease : { until: taken.until }
    },
    free: lease => freeLease(rowsOf(lease.network), lease),
  }
}
