import type { Item } from './rows.ts'

/** What cannot be read, for the run that has the lease to set aside. */
export interface Corrupt {
  /** Null: it is missing, although something refers to it. */
  readonly item: Item | null
  /** Copied, but left where it is: an order still counts while it is unreadable (behaviour §8.5). */
  readonly stays: boolean
  readonly warning: string
}

/** Reports an item that cannot be read, and remembers to set it aside. */
export function reportCorrupt(corrupt: Corrupt[], item: Item, consequence: string, stays = false): void {
  const warning = `stored item ${item.sk?.S} cannot be read: ${consequence}`
  corrupt.push({ item, stays, warning })
}

/** Reports that no item is there under a key that another item names: its own key may be damaged. */
export function reportMissing(corrupt: Corrupt[], sk: string, consequence: string): void {
  corrupt.push({ item: null, stays: true, warning: `stored item ${sk} is missing: ${consequence}` })
}
