import type { Item } from './rows.ts'

/** Items that cannot be read, for the run that has the lease to set aside. */
export interface Corrupt {
  readonly item: Item
  /** Copied, but left where it is: an order still counts while it is unreadable (behaviour §8.5). */
  readonly stays: boolean
  readonly warning: string
}

/** Reports an item that cannot be read, and remembers to set it aside. */
export function reportCorrupt(corrupt: Corrupt[], item: Item, consequence: string, stays = false): void {
  const warning = `stored item ${item.sk?.S} cannot be read: ${consequence}`
  corrupt.push({ item, stays, warning })
}
