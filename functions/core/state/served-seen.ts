/** What cycles remember of name servers. */
export interface ServedSeen {
  /** By zone that was published lately: when, in milliseconds. */
  readonly published: ReadonlyMap<string, number>
  /** Zones that some server did not have yet when it was asked last. */
  readonly waiting: readonly string[]
  readonly late: readonly ServedRow[]
}

export const nothingServed: ServedSeen = { published: new Map(), waiting: [], late: [] }

/** A name server that does not serve a zone as it was published (behaviour §12, contract "Report"). */
export interface ServedRow {
  /** As the settings have it. */
  readonly server: string
  readonly zone: string
  readonly state: 'stale' | 'unreachable'
  /** What the server has; null where it gave no answer. */
  readonly serial: number | null
  readonly detail: string
}
