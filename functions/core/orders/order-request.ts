import { canonicalEdge } from '../config/edge-name.ts'
import type { Network } from '../config/network.ts'
import type { Mode } from '../domain/model.ts'
import { givenName, isPrintable } from '../domain/printable.ts'
import { isoTime } from '../domain/time-words.ts'
import { readExpiry } from './expiry.ts'

/** What an operator says of edges or of a whole network, as it was written. */
export interface OrderRequest {
  readonly order: Mode | 'freeze' | 'thaw'
  readonly comment?: string | undefined
  readonly expires?: string | undefined
  readonly by: string
}

/** A wish that can be stored: an order for edges, or a freeze; times in milliseconds. */
export interface ValidOrder {
  readonly order: OrderRequest['order']
  /** Null only where none is needed and none was given. */
  readonly comment: string | null
  readonly by: string
  readonly since: number
  readonly expires: number | null
}

/** An order as it is answered (contract, "configure"); times are ISO 8601 in UTC, null where there are none. */
export interface OrderAnswer {
  readonly edge: string
  readonly mode: Mode
  readonly comment: string | null
  readonly by: string
  readonly since: string
  readonly expires: string | null
}

/** A freeze, or its end, as it is answered. */
export interface FreezeAnswer extends Omit<OrderAnswer, 'edge' | 'mode'> {
  readonly freeze: boolean
}

/** What a comment, and the name of who gives an order, may be long: characters. */
export const maxComment = 500
export const maxSigner = 200

/** The wish as it can be stored, or every reason against it. `now`: milliseconds, when it is given. */
export function validOrderOf(wish: OrderRequest, now: number): ValidOrder | { readonly faults: readonly string[] } {
  const { order } = wish
  const isEnd = order === 'available' || order === 'thaw'
  const comment = wish.comment?.trim() || null
  const by = wish.by.trim()
  const expiry = wish.expires === undefined ? null : readExpiry(wish.expires, now)
  const faults = [
    ...(comment === null && !isEnd ? [`a comment is required: say why`] : []),
    ...signatureFaults({ comment: comment ?? '', by }),
    ...(isEnd && expiry !== null ? [`${order} does not expire`] : []),
    ...(expiry !== null && 'fault' in expiry ? [expiry.fault] : []),
  ]
  if (faults.length > 0) return { faults }
  return { order, comment, by, since: now, expires: expiry !== null && 'ms' in expiry ? expiry.ms : null }
}

/** What is wrong with the comment and the name that somebody signs with; the comment may be empty. */
export function signatureFaults({ comment, by }: { readonly comment: string; readonly by: string }): string[] {
  return [
    ...textFaults('comment', comment, maxComment),
    ...(by === '' ? ['by must not be empty'] : textFaults('by', by, maxSigner)),
  ]
}

function textFaults(what: string, text: string, most: number): string[] {
  return [
    ...(text.length > most ? [`${what} is longer than ${most} characters`] : []),
    ...(!isPrintable(text) ? [`${what} must be one line without control characters`] : []),
  ]
}

/** An edge of the list, however it is spelled (behaviour §2.4); else why it takes no orders. */
export function edgeNamed(network: Network, text: string): { readonly edge: string } | { readonly fault: string } {
  const name = canonicalEdge(text)
  if (network.edges.some(edge => edge.name === name)) return { edge: name }
  const canary = network.canaries.some(one => one.address === name)
  if (canary) return { fault: `${text} is a canary of ${network.name}: canaries take no orders` }
  return { fault: `${givenName(text)} is not in the edge list of ${network.name}` }
}

/** What is answered for an order of this edge. */
export function orderAnswer(edge: string, instruction: ValidOrder): OrderAnswer {
  const { order, ...rest } = answerOf(instruction)
  return { edge, mode: order as Mode, ...rest }
}

/** What is answered for a freeze or a thaw. */
export function freezeAnswer(instruction: ValidOrder): FreezeAnswer {
  const { order, ...rest } = answerOf(instruction)
  return { freeze: order === 'freeze', ...rest }
}

function answerOf({ order, comment, by, since, expires }: ValidOrder) {
  return { order, comment, by, since: isoTime(since), expires: expires === null ? null : isoTime(expires) }
}
