import * as z from 'zod'
import { defaultHours, keptHours } from '../core/domain/limits.ts'
import { healthWords, modeWords, type QueryFilter, stateWords } from '../core/inspect/query-rows.ts'
import { parse } from './schema-event.ts'

const listEvent = z.strictObject({
  health: z.enum(healthWords).optional(),
  state: z.enum(stateWords).optional(),
  mode: z.enum(modeWords).optional(),
})
const hours = z.number().int().min(1).max(keptHours).default(defaultHours)
const edgeEvent = z.strictObject({ edge: z.string().min(1), hours })

const setting = z.union([z.string(), z.number()])
const replayEvent = z.strictObject({
  replay: z.strictObject({
    set: z.record(z.string(), z.union([setting, z.record(z.string(), setting)])).default({}),
    hours,
  }),
})

/** What `query` is asked: which edges, one edge's samples, or what other settings would have done. */
export type QueryEvent =
  | { readonly kind: 'list'; readonly filter: QueryFilter }
  | { readonly kind: 'edge'; readonly edge: string; readonly hours: number }
  | { readonly kind: 'replay'; readonly set: Readonly<Record<string, unknown>>; readonly hours: number }

/** The event of `query` (contract, "Events and reports"). Throws `InvalidInput` with every reason. */
export function parseQueryEvent(event: unknown): QueryEvent {
  const has = (key: string) => typeof event === 'object' && event !== null && key in event
  if (has('replay')) return { kind: 'replay', ...parse(replayEvent, event, 'query').replay }
  if (has('edge') || has('hours')) return { kind: 'edge', ...parse(edgeEvent, event, 'query') }
  return { kind: 'list', filter: parse(listEvent, event, 'query') }
}
