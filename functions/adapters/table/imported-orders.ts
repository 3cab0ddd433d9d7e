import { createHash } from 'node:crypto'
import { type AvailableEdge, type OriginalOrder, standInSigner } from '../../core/legacy/original-orders.ts'
import { asNames, parseJson } from './chunks.ts'
import { orderPrefix, sincePrefix } from './keys.ts'
import { decodeOrder, edgeOf, encodeOrder, encodeSince } from './order-items.ts'
import type { Condition, Item, Rows } from './rows.ts'

/** Edges whose orders an import changed. */
export interface Given {
  /** Orders that were given now. */
  readonly given: readonly string[]
  /** Orders that stood in for a mode that could not be read, and ended now that it can. */
  readonly lifted: readonly string[]
  /** Orders that stand in for a mode that cannot be read, and hold. */
  readonly standing: readonly string[]
}

/** Orders that were imported once, so that those that were lifted since do not come back. */
const importedKey = 'IMPORTED'

/**
 * Gives the orders of edges that have none here, unless the same one was imported before and lifted since. An order that
 * stands in for an unknown mode gives way to what a later import can read. It may be cut short anywhere and done again.
 */
export async function giveImported(
  rows: Rows,
  orders: readonly OriginalOrder[],
  available: readonly AvailableEdge[],
): Promise<Given> {
  if (orders.length === 0 && available.length === 0) return { given: [], lifted: [], standing: [] }
  const imported = new Set(parseJson((await rows.get(importedKey))?.orders?.S, asNames) ?? [])
  const present = await rows.list(orderPrefix)
  const standIns = new Set(present.filter(isStandIn).map(edgeOf))
  const given: string[] = []
  for (const original of orders.filter(one => !wasImported(one, imported))) {
    const { edge } = original.order
    const isNew = await giveOrder(rows, original)
    if (isNew || (standIns.has(edge) && !original.isStandIn && (await replace(rows, original)))) given.push(edge)
  }
  const lifted = available.filter(({ edge }) => standIns.has(edge)).map(({ edge }) => edge)
  for (const edge of lifted) await rows.delete(orderPrefix + edge)
  await keepSince(rows, available)
  const known = [...orders.filter(one => !one.isStandIn).map(one => one.order), ...available].map(knownMarkOf)
  const marks = [...new Set([...imported, ...orders.map(markOf), ...known])]
  if (marks.length > imported.size) await rows.put(importedKey, { orders: { S: JSON.stringify(marks) } })
  const standing = orders.filter(one => one.isStandIn).map(one => one.order.edge)
  return { given, lifted, standing: standing.filter(edge => standIns.has(edge) || given.includes(edge)) }
}

function isStandIn(item: Item): boolean {
  const order = decodeOrder(item)
  return order !== 'unreadable' && order.by === standInSigner && order.mode === 'unavailable'
}

/** Orders may have long comments, and edges are many: marks are short. */
function shortened(mark: string): string {
  return createHash('sha256').update(mark).digest('hex').slice(0, 12)
}

function markOf(original: OriginalOrder): string {
  return shortened(longMarkOf(original))
}

/** The mark of an edge whose mode could be read once: a copy that was damaged later says nothing of it. */
function knownMarkOf({ edge }: { readonly edge: string }): string {
  return shortened(JSON.stringify([edge]))
}

function longMarkOf({ order, mark }: OriginalOrder): string {
  return JSON.stringify([order.edge, mark])
}

/** Earlier versions kept the mark whole. */
function wasImported(original: OriginalOrder, imported: ReadonlySet<string>): boolean {
  if (original.isStandIn && imported.has(knownMarkOf(original.order))) return true
  return imported.has(markOf(original)) || imported.has(longMarkOf(original))
}

function giveOrder(rows: Rows, original: OriginalOrder): Promise<boolean> {
  return putIf(rows, original, { is: 'absent', attribute: 'sk' })
}

function replace(rows: Rows, original: OriginalOrder): Promise<boolean> {
  return putIf(rows, original, { is: 'text', attribute: 'by', text: standInSigner })
}

async function putIf(rows: Rows, { order }: OriginalOrder, when: Condition): Promise<boolean> {
  return (await rows.update(orderPrefix + order.edge, { when, set: encodeOrder(order) })) !== null
}

/** Since when edges are available, where nothing is known of it here. */
async function keepSince(rows: Rows, available: readonly AvailableEdge[]): Promise<void> {
  const known = new Set((await rows.list(sincePrefix)).map(item => (item.sk?.S ?? '').slice(sincePrefix.length)))
  for (const { edge, since } of available) {
    if (since !== null && !known.has(edge)) await rows.put(sincePrefix + edge, encodeSince(since))
  }
}
