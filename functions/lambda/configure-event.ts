import * as z from 'zod'
import { modes } from '../core/domain/model.ts'
import { type OrderRequest, type ValidOrder, validOrderOf } from '../core/orders/order-request.ts'
import { InvalidInput } from './errors.ts'
import { parse } from './events.ts'

const text = z.string()
const configureEvent = z
  .strictObject({
    edge: text.optional(),
    mode: z.enum(modes).optional(),
    freeze: z.boolean().optional(),
    comment: text.optional(),
    expires: text.optional(),
    by: text.optional(),
  })
  .superRefine(({ edge, mode, freeze }, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', message })
    const isForEdge = edge !== undefined || mode !== undefined
    if (freeze !== undefined && isForEdge) refuse('freeze goes with neither edge nor mode')
    if (freeze === undefined && edge === undefined) refuse('edge is missing (or freeze, for the whole network)')
    if (freeze === undefined && edge !== undefined && mode === undefined) refuse(`mode is missing: ${modes.join(', ')}`)
  })

/** What a `configure` event asks for. */
export interface Configure {
  /** Null: the order is for the whole network. */
  readonly edge: string | null
  readonly instruction: ValidOrder
}

/**
 * The event of `configure`: an order for an edge, or a freeze and its end. `caller`: who signs where the event names
 * nobody; `now`: milliseconds. Throws `InvalidInput` with every reason.
 */
export function parseConfigureEvent(event: unknown, caller: string, now: number): Configure {
  const { edge = null, mode, freeze, comment, expires, by = caller } = parse(configureEvent, event, 'configure')
  const order: OrderRequest['order'] = freeze === undefined ? (mode ?? 'available') : freeze ? 'freeze' : 'thaw'
  const instruction = validOrderOf({ order, comment, expires, by }, now)
  if ('faults' in instruction) throw new InvalidInput(instruction.faults.join('; '))
  return { edge, instruction }
}
