/** The value of an attribute: a text, a number in decimal digits, or bytes. What else a table may hold is unreadable here. */
export interface Attribute {
  readonly S?: string
  readonly N?: string
  readonly B?: Uint8Array
}

export type Item = Record<string, Attribute>

/** From this key to that one, both included; left out: from the first, to the last. */
export interface Span {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** What must hold of an item, as data that every store interprets. Of an item that is not there, all attributes are absent. */
export type Condition = Test | { readonly is: 'all' | 'any'; readonly of: readonly Condition[] }

/** What must hold of one attribute. */
export type Test =
  | { readonly is: 'absent'; readonly attribute: string }
  /** The attribute is this text. */
  | { readonly is: 'text'; readonly attribute: string; readonly text: string }
  /** The attribute is absent, or no number. */
  | { readonly is: 'no-number'; readonly attribute: string }
  /** The attribute is a number, and at most (or above) this one. */
  | { readonly is: 'at-most' | 'above'; readonly attribute: string; readonly number: number }

/** A change of single attributes of an item, as data that every store interprets; the item is made if need be. */
export interface Update {
  readonly when: Condition
  /** Attributes and the values that they get. */
  readonly set: Item
  /** Attributes that get the value which another one has before the update, or this one where it has none. */
  readonly copy?: Readonly<Record<string, { readonly from: string; readonly otherwise: Attribute }>>
  readonly remove?: readonly string[]
}

/** The items of one network, by sort key. Everything read is read consistently; every outage is `TableUnavailable`. */
export interface Rows {
  get(sk: string): Promise<Item | null>
  put(sk: string, attributes: Item): Promise<void>
  delete(sk: string): Promise<void>
  /** All items whose key begins so and lies in the span, or the newest (last by key) `limit` of them, newest first. */
  list(prefix: string, limit?: number, span?: Span): Promise<Item[]>
  /** The whole item as it is after the update; null if the condition does not hold. An attribute changes once at most. */
  update(sk: string, update: Update): Promise<Item | null>
  /** What the store itself has to say to its users: sentences for an operator, mostly none (behaviour §8.5). */
  notices(): Promise<readonly string[]>
}

/**
 * Gives the rows of a network. `check` is called before every attempt of every write, those included by which a client
 * tries again; what it throws ends the write.
 */
export type RowsOf = (network: string, check?: () => void) => Rows

/** After every key that begins with a prefix: keys are plain letters and digits. */
export const afterAll = '~'
