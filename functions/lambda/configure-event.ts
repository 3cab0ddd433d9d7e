import * as z from 'zod'
import { InvalidInput } from '../core/domain/errors.ts'
import { modes } from '../core/domain/model.ts'
import { type OrderRequest, type ValidOrder, validOrderOf } from '../core/orders/order-request.ts'
import { refuse } from './events.ts'
import { reasonsAgainst } from './schema-event.ts'

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
  const given = configureEvent.safeParse(event ?? {})
  const instruction = validOrderOf(given.success ? wishOf(given.data, caller) : draftOf(event, caller), now)
  const faults = 'faults' in instruction ? instruction.faults : []
  if (!given.success) return refuse([...reasonsAgainst(given.error), ...faults], 'configure')
  if ('faults' in instruction) throw new InvalidInput(faults.join('; '))
  return { edge: given.data.edge ?? null, instruction }
}

function wishOf({ mode, freeze, comment, expires, by }: z.infer<typeof configureEvent>, caller: string): OrderRequest {
  const order = freeze === undefined ? (mode ?? 'available') : freeze ? 'freeze' : 'thaw'
  return { order, comment, expires, by: by ?? caller }
}

/** An event that does not fit as a whole, so that the faults of its parts are told too; misfits stand for parts without fault. */
function draftOf(event: unknown, caller: string): OrderRequest {
  const given = new Map(Object.entries(event ?? {}))
  const textOf = (key: string, sound: string) => {
    const value = given.get(key)
    return value === undefined || typeof value === 'string' ? value : sound
  }
  const mode = modes.find(one => one === given.get('mode'))
  const freeze = given.get('freeze')
  const comment = textOf('comment', '-')
  const texts = { expires: textOf('expires', '1h'), by: textOf('by', caller) }
  if (mode !== undefined || typeof freeze === 'boolean') {
    return wishOf({ mode, freeze: mode === undefined ? freeze : undefined, comment, ...texts }, caller)
  }
  return wishOf({ mode: 'force', comment: comment ?? '-', ...texts }, caller)
}
