import { clock } from '../adapters/time/clock.ts'
import { signerOf } from '../app/caller-identity.ts'
import { UsageError } from '../core/domain/errors.ts'
import type { Mode } from '../core/domain/model.ts'
import {
  type FreezeAnswer,
  type OrderAnswer,
  type OrderRequest,
  type ValidOrder,
  validOrderOf,
} from '../core/orders/order-request.ts'
import { orderEvent } from '../core/report/event.ts'
import { announceEvents } from '../cycle/announce.ts'
import { freezeNetwork, orderEdge } from '../cycle/give-orders.ts'
import { onSite, type Site, type Where } from './place.ts'

/** Why, until when, and by whom an order is given. */
export interface Reason {
  /** Required unless an order or a freeze ends. */
  readonly comment?: string
  /** `90s`, `15m`, `2h`, `3d` or an ISO 8601 time with a zone. */
  readonly expires?: string
  /** The user of this process unless another is named. */
  readonly by?: string
}

/**
 * Orders an edge of the list; `available` ends the order. Waits for no cycle: the next one acts on it. The answer is the
 * order as stored. Throws `UsageError` with every reason against it.
 */
export function setMode(where: Where, edge: string, mode: Mode, reason: Reason = {}): Promise<OrderAnswer> {
  return onSite(where, false, async ({ orders, announceFor }, site) => {
    const instruction = instructed({ ...reason, order: mode }, site)
    const ordered = await orderEdge(orders, site.network, edge, instruction)
    if ('fault' in ordered) throw new UsageError(ordered.fault)
    // Whether it is heard of makes the order no less given.
    await announceEvents(announceFor(site.network), [orderEvent(site.network.name, [ordered.answer.edge], instruction)])
    return ordered.answer
  })
}

/** Holds a network's live set as it is. Throws `UsageError` with every reason against it. */
export function freeze(where: Where, reason: Reason): Promise<FreezeAnswer> {
  return freezeOrThaw(where, 'freeze', reason)
}

/** Ends a freeze. */
export function thaw(where: Where, reason: Omit<Reason, 'expires'> = {}): Promise<FreezeAnswer> {
  return freezeOrThaw(where, 'thaw', reason)
}

function freezeOrThaw(where: Where, order: 'freeze' | 'thaw', reason: Reason): Promise<FreezeAnswer> {
  return onSite(where, false, async ({ orders, announceFor }, site) => {
    const instruction = instructed({ ...reason, order }, site)
    const { answer } = await freezeNetwork(orders, site.network, instruction)
    await announceEvents(announceFor(site.network), [orderEvent(site.network.name, [], instruction)])
    return answer
  })
}

function instructed({ by, ...wish }: Omit<OrderRequest, 'by'> & { readonly by?: string }, { place }: Site): ValidOrder {
  const signer = by ?? signerOf(process.env, place.kind !== 'local')
  const instruction = validOrderOf({ ...wish, by: signer }, clock())
  if ('faults' in instruction) throw new UsageError(instruction.faults.join('; '))
  return instruction
}
