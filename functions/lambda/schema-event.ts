import type * as z from 'zod'
import { type Asked, refuse } from './events.ts'

/** The event as the schema has it; null counts as `{}`. Throws `InvalidInput` with every reason, and what to send. */
export function parse<T>(schema: z.ZodType<T>, event: unknown, to: Asked): T {
  const result = schema.safeParse(event ?? {})
  if (result.success) return result.data
  return refuse(reasonsAgainst(result.error), to)
}

/** Why an event does not fit, reason by reason, with the names of the parts. */
export function reasonsAgainst({ issues }: z.ZodError): string[] {
  return issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '))
}
