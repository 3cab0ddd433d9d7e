import type { Mode, Order } from '../domain/model.ts'
import { allUnprintable } from '../domain/printable.ts'
import { maxComment, maxSigner } from '../orders/order-request.ts'
import type { Material } from './material.ts'

/** An operator's order of the original, and what tells it from an earlier or later one for the same edge. */
export interface OriginalOrder {
  readonly order: Order
  readonly mark: string
  /** It stands in for a mode that cannot be read, until an operator, or a file that can be read, says which it is. */
  readonly isStandIn: boolean
}

/** An edge that the original's file says is available, and since when (milliseconds; null if it was never set). */
export interface AvailableEdge {
  readonly edge: string
  readonly since: number | null
}

/** Who gives the orders that stand in. */
export const standInSigner = 'import (edgemanage)'

/**
 * The orders in the original's files (a comment is written `[user] text`); one without a date is given `now`
 * (milliseconds). An edge whose mode cannot be known is ordered `unavailable` (behaviour §15).
 */
export function ordersIn(material: Material, now: number): OriginalOrder[] {
  const orders = [...material.edges].flatMap(([edge, { mode, since, comment }]): OriginalOrder[] => {
    if (mode === null) return [standIn(edge, comment, now)]
    if (!isOrder(mode)) return []
    const [, user = '', text = ''] = /^(?:\[([^\]]*)\])?\s*(.*)$/s.exec(comment) as RegExpExecArray
    const order = {
      edge,
      mode,
      comment: inOneLine(text, maxComment) || 'imported from edgemanage, where no reason was given',
      by: inOneLine(user, maxSigner) || 'unknown',
      since: since ?? now,
      expires: null,
    }
    return [{ order, mark: JSON.stringify([mode, since, comment]), isStandIn: false }]
  })
  return [...orders, ...material.unknown.map(edge => standIn(edge, '', now))]
}

/** The edges that are available, by the original's files. */
export function availableIn({ edges }: Material): AvailableEdge[] {
  return [...edges].flatMap(([edge, { mode, since }]) => (mode === 'available' ? [{ edge, since }] : []))
}

/** What an import changes in the comments of orders: one line per edge. */
export function commentFaults(material: Material): string[] {
  return [...material.edges].flatMap(([edge, { mode, comment }]) =>
    mode !== null && isOrder(mode) && comment.length > maxComment
      ? [`${edge}: the comment of its order has ${comment.length} characters: it was cut to ${maxComment}`]
      : [],
  )
}

function standIn(edge: string, comment: string, now: number): OriginalOrder {
  const why = `its file of the original is damaged, so its mode is not known: check the edge, then "edgemanage conf ${edge} -m available"`
  const told = comment === '' ? '' : `; the file's comment: ${comment}`
  const order = {
    edge,
    mode: 'unavailable' as const,
    comment: inOneLine(`${why}${told}`, maxComment),
    by: standInSigner,
    since: now,
    expires: null,
  }
  return { order, mark: JSON.stringify(['unknown']), isStandIn: true }
}

/** A text as an order's may be (contract, "configure"): one line, of at most this many characters. */
function inOneLine(text: string, longest: number): string {
  // What is cut off need not be looked at: it may be long.
  const line = text
    .slice(0, 4 * longest)
    .replace(allUnprintable, ' ')
    .trim()
  if (line.length <= longest && text.length <= 4 * longest) return line
  return `${line.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

function isOrder(mode: Mode): mode is Order['mode'] {
  return mode !== 'available'
}
