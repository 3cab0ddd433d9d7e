export interface Change {
  readonly edge: string
  readonly reason: string
}

/** A rotation as it is recorded: who came and went, and why. */
export interface Rotation {
  /** Milliseconds. */
  readonly time: number
  readonly in: readonly Change[]
  readonly out: readonly Change[]
}
