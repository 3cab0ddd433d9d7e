import * as z from 'zod'
import { InvalidInput } from '../core/domain/errors.ts'

const flag = z.boolean().default(false)
const cycleEvent = z.strictObject({ forceUpdate: flag, verbose: flag })
const manageEvent = cycleEvent.extend({ force: flag })
const bundle = z.string().regex(/^[0-9a-f]{64}$/, 'must be the hash of a bundle: 64 hexadecimal digits')
const dryRunEvent = cycleEvent.extend({ bundle: bundle.optional() })

export type ManageEvent = z.infer<typeof manageEvent>
export type DryRunEvent = z.infer<typeof dryRunEvent>

/** What to send instead, for whoever presses Test in the console. */
const examples = {
  manage: '{} for what the schedule starts, {"force": true} for a cycle now, {"forceUpdate": true} to write every zone',
  'dry-run': '{} for what a cycle would do now, {"forceUpdate": true} to plan every zone, {"verbose": true} for phases',
  configure:
    '{"edge": "NAME", "mode": "unavailable", "comment": "why", "expires": "2h"}, {"edge": "NAME", "mode": "available"} or {"freeze": true, "comment": "why"}',
  query:
    '{} for all edges, {"health": "fail"}, {"state": "in"}, {"mode": "force"}, {"edge": "NAME", "hours": 24}, or {"replay": {"set": {"down_after": 2}, "hours": 24}}',
  status: '{} for the page as HTML, {"describe": true} for what it shows, {"show": "all"} for every edge',
  vantage:
    'what manage sends when a live edge falls: {"version": "…", "request": {…}, "targets": [{"name": "NAME", "address": "ADDRESS"}]}',
} as const

/** The functions that take events from people. */
export type Asked = keyof typeof examples

/** What to send to a function, in a sentence. */
export function whatToSend(to: Asked): string {
  return `Send ${examples[to]}.`
}

/** The event that the console proposes for a new test: it asks for nothing, and whoever sends it wants to know what does. */
export function isConsoleSample(event: unknown): boolean {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return false
  const keys = Object.keys(event)
  return keys.length > 0 && keys.every(key => /^key\d+$/.test(key))
}

/** The event of `manage`; one from EventBridge Scheduler counts as `{}`. Throws `InvalidInput` with every reason. */
export function parseManageEvent(event: unknown): ManageEvent {
  return parse(manageEvent, isScheduled(event) ? {} : event, 'manage')
}

/** The event of `dry-run`. Throws `InvalidInput` with every reason. */
export function parseDryRunEvent(event: unknown): DryRunEvent {
  return parse(dryRunEvent, event, 'dry-run')
}

/** The event as the schema has it; null counts as `{}`. Throws `InvalidInput` with every reason, and what to send. */
export function parse<T>(schema: z.ZodType<T>, event: unknown, to: Asked): T {
  const result = schema.safeParse(event ?? {})
  if (result.success) return result.data
  const reasons = result.error.issues.map(issue => [issue.path.join('.'), issue.message].filter(Boolean).join(': '))
  throw new InvalidInput(`${reasons.join('; ')}. ${whatToSend(to)}`)
}

function isScheduled(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'detail-type' in event && 'source' in event
}
