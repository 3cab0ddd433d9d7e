import * as z from 'zod'
import { InvalidInput } from './errors.ts'

const flag = z.boolean().default(false)
const dryRunEvent = z.strictObject({ forceUpdate: flag, verbose: flag })
const manageEvent = dryRunEvent.extend({ force: flag })

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

/** An event as its schema has it. Throws `InvalidInput` with every reason. */
export function parse<T>(schema: z.ZodType<T>, event: unknown): T {
  const result = schema.safeParse(event ?? {})
  if (result.success) return result.data
  const reasons = result.error.issues.map(issue => [issue.path.join('.'), issue.message].filter(Boolean).join(': '))
  throw new InvalidInput(reasons.join('; '))
}

function isScheduled(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'detail-type' in event && 'source' in event
}
