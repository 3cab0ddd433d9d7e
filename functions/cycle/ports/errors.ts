/** The lease is not (or no longer) this run's: it may neither save nor publish (behaviour §8.1). */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

/** State could not be read or saved. `cause` is what the neighbour said. */
export class TableUnavailable extends Error {
  override readonly name = 'TableUnavailable'
}

/** The live set and its rotation are saved, some of what belongs to them is not. `cause` says why. */
export class PartlyRecorded extends Error {
  override readonly name = 'PartlyRecorded'
}

/**
 * What became of a call to Route 53 that gave no answer to work with. `throttled` (also: an earlier change is still under
 * way) and `refused` are surely not carried out; `lost` may be. `invalid`: a change batch of which one part cannot be.
 */
export type RecordsFaultKind = 'throttled' | 'lost' | 'invalid' | 'missing' | 'refused'

/** A call to Route 53 that failed; the message is for an operator. `missing`: there is no such hosted zone. */
export class RecordsFault extends Error {
  override readonly name = 'RecordsFault'
  readonly kind: RecordsFaultKind

  constructor(kind: RecordsFaultKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}
