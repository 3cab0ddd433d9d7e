/** The lease is not (or no longer) this run's: it may neither save nor publish (behaviour §8.1). */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

/** State could not be read or saved. `cause` is what the neighbour said. */
export class TableUnavailable extends Error {
  override readonly name = 'TableUnavailable'
}
