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
  /** Print changes and trouble alone. */
  readonly quiet?: boolean
  /** A dry run that plans a change exits with a status of its own. */
  readonly detailedExitcode?: boolean
}
