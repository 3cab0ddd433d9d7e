import type { PlaceFlags } from './target.ts'

/** The flags of every command that works on one network. */
export interface NetworkFlags extends PlaceFlags {
  readonly dnet?: string
  readonly config?: string
  readonly json?: boolean
  readonly verbose?: boolean
}

export interface ManageFlags extends NetworkFlags {
  readonly dryRun?: boolean
  readonly force?: boolean
  readonly forceUpdate?: boolean
  /** Seconds between the starts of two cycles. */
  readonly every?: number
  readonly maxSeconds: number
}
