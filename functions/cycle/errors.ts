/** The lease is not (or no longer) this run's: it may neither save nor publish (behaviour §8.1). */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

/** State could not be read or saved. `cause` is what the neighbour said. */
export class TableUnavailable extends Error {
  override readonly name = 'TableUnavailable'
}

/** What went wrong, in one line; an error's cause is named where its message does not hold it. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').trim()
}
