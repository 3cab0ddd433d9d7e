import type * as z from 'zod'
import { type Asked, refuse } from './events.ts'

/** The event as the schema has it; null counts as `{}`. Throws `InvalidInput` with every reason, and what to send. */
export function parse<T>(schema: z.ZodType<T>, event: unknown, to: Asked): T {
  const result = schema.safeParse(event ?? {})
  if (result.success) return result.data
  return refuse(
    result.error.issues.map(issue => [issue.path.join('.'), issue.message].filter(Boolean).join(': ')),
    to,
  )
}
