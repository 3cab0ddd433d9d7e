import * as z from 'zod'
import { healthWords, modeWords, type QueryFilter, stateWords } from '../core/inspect/query-rows.ts'
import { parse } from './events.ts'

/** As many hourly averages are kept (behaviour §2.3). */
const maxHours = 2000
const defaultHours = 24

const listEvent = z.strictObject({
  health: z.enum(healthWords).optional(),
  state: z.enum(stateWords).optional(),
  mode: z.enum(modeWords).optional(),
})
const edgeEvent = z.strictObject({
  edge: z.string().min(1),
  hours: z.number().int().min(1).max(maxHours).default(defaultHours),
})

/** What `query` is asked: which edges, or one edge's samples. */
export type QueryEvent =
  | { readonly kind: 'list'; readonly filter: QueryFilter }
  | { readonly kind: 'edge'; readonly edge: string; readonly hours: number }

/** The event of `query` (contract, "Events and reports"). Throws `InvalidInput` with every reason. */
export function parseQueryEvent(event: unknown): QueryEvent {
  const isAboutOne = typeof event === 'object' && event !== null && ('edge' in event || 'hours' in event)
  return isAboutOne ? { kind: 'edge', ...parse(edgeEvent, event) } : { kind: 'list', filter: parse(listEvent, event) }
}
