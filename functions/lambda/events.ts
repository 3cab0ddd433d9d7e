import { InvalidInput } from '../core/domain/errors.ts'

/** What the schedule, or a person, asks of `manage`. */
export interface ManageEvent {
  readonly force: boolean
  readonly forceUpdate: boolean
  readonly verbose: boolean
}

/** What a person asks of `dry-run`. */
export interface DryRunEvent {
  readonly forceUpdate: boolean
  readonly verbose: boolean
  /** The hash of a bundle that is to be tried out. */
  readonly bundle?: string
}

/** What to send instead, for anyone who presses Test in the console. */
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
  const { verbose, forceUpdate, force } = fieldsOf(isScheduled(event) ? {} : event, 'manage', {
    forceUpdate: flagFault,
    verbose: flagFault,
    force: flagFault,
  })
  return { force: force === true, forceUpdate: forceUpdate === true, verbose: verbose === true }
}

/** The event of `dry-run`. Throws `InvalidInput` with every reason. */
export function parseDryRunEvent(event: unknown): DryRunEvent {
  const { verbose, forceUpdate, bundle } = fieldsOf(event, 'dry-run', {
    forceUpdate: flagFault,
    verbose: flagFault,
    bundle: bundleFault,
  })
  const tried = typeof bundle === 'string' ? { bundle } : {}
  return { forceUpdate: forceUpdate === true, verbose: verbose === true, ...tried }
}

/** Why a value is not allowed in a field; null if it is. */
type Fault = (value: unknown) => string | null

/** The words that the schemas of other events have for it. */
function expected(what: string, value: unknown): string {
  const found = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  return `Invalid input: expected ${what}, received ${found}`
}

const flagFault: Fault = value => (typeof value === 'boolean' ? null : expected('boolean', value))
const bundleFault: Fault = value =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
    ? null
    : 'must be the hash of a bundle: 64 hexadecimal digits'

/**
 * The fields of an event; null counts as `{}`. Throws `InvalidInput` with every reason, and what to send. By hand, as a cycle
 * that the schedule starts should load no more than it needs.
 */
function fieldsOf(
  event: unknown,
  to: Asked,
  faults: Readonly<Record<string, Fault>>,
): Readonly<Record<string, unknown>> {
  const fields = event ?? {}
  if (typeof fields !== 'object' || Array.isArray(fields)) refuse([expected('object', fields)], to)
  const wrong = Object.entries(faults).flatMap(([key, fault]) => {
    const value = (fields as Record<string, unknown>)[key]
    const why = value === undefined ? null : fault(value)
    return why === null ? [] : [`${key}: ${why}`]
  })
  const strange = Object.keys(fields).filter(key => !Object.hasOwn(faults, key))
  const keys = strange.map(key => JSON.stringify(key)).join(', ')
  if (strange.length > 0) wrong.push(`Unrecognized key${strange.length > 1 ? 's' : ''}: ${keys}`)
  if (wrong.length > 0) refuse(wrong, to)
  return fields as Record<string, unknown>
}

/** Throws `InvalidInput` with these reasons, and what to send instead. */
export function refuse(reasons: readonly string[], to: Asked): never {
  throw new InvalidInput(`${reasons.join('; ')}. ${whatToSend(to)}`)
}

function isScheduled(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'detail-type' in event && 'source' in event
}
