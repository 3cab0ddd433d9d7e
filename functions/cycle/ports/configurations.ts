import type { ConfigEvent, Desired, Pointer, TakenUp } from '../../core/config/pointer.ts'

/** What the table keeps about the configurations of networks (behaviour §11). Throws `TableUnavailable`. */
export interface Configurations {
  /** A new id for a pointer: random. */
  newId(): string
  read(network: string): Promise<Desired>
  /** Puts a pointer in the place of the one that was read; false where another has come there meanwhile. */
  move(network: string, pointer: Pointer, over: Desired['pointer']): Promise<boolean>
  /** What cycles have taken up; only a run that has the lease writes it. */
  take(network: string, taken: TakenUp): Promise<void>
  enter(network: string, event: ConfigEvent): Promise<void>
  /** The newest `limit` entries, the newest first; what cannot be read is left out. */
  log(network: string, limit: number): Promise<ConfigEvent[]>
}
