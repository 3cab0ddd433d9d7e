import type { Connection } from './connection.ts'
import type { Identity } from './inspect.ts'

/** An open database. */
export interface Store {
  readonly path: string
  readonly connection: Connection
  /** Which file it is; null where it is this process's own. */
  readonly identity: Identity | null
  /** What there is to say beyond the notices that the database holds. */
  readonly notices: readonly string[]
  readonly close: () => Promise<void>
}
