import * as z from 'zod'
import { InvalidInput } from './errors.ts'

const flag = z.boolean().default(false)
const cycleEvent = z.strictObject({ forceUpdate: flag, verbose: flag })
const manageEvent = cycleEvent.extend({ force: flag })
const bundle = z.string().regex(/^[0-9a-f]{64}$/, 'must be the hash of a bundle: 64 hexadecimal digits')
const dryRunEvent = cycleEvent.extend({ bundle: bundle.optional() })

export type ManageEvent = z.infer<typeof manageEvent>
export type DryRunEvent = z.infer<typeof dryRunEvent>

/** The event of `manage`; one from EventBridge Scheduler counts as `{}`. Throws `InvalidInput` with every reason. */
export function parseManageEvent(event: unknown): ManageEvent {
  return parse(manageEvent, isScheduled(event) ? {} : event)
}

/** The event of `dry-run`. Throws `InvalidInput` with every reason. */
export function parseDryRunEvent(event: unknown): DryRunEvent {
  return parse(dryRunEvent, event)
}

/** The event as the schema has it; null counts as `{}`. Throws `InvalidInput` with every reason. */
export function parse<T>(schema: z.ZodType<T>, event: unknown): T {
  const result = schema.safeParse(event ?? {})
  if (result.success) return result.data
  const reasons = result.error.issues.map(issue => [issue.path.join('.'), issue.message].filter(Boolean).join(': '))
  throw new InvalidInput(reasons.join('; '))
}

function isScheduled(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'detail-type' in event && 'source' in event
}
