import * as z from 'zod'
import { maxAttempts, maxTimeoutSeconds } from '../core/domain/limits.ts'
import { maxAskedEdges } from '../core/judgement/verdict.ts'
import { canonicalAddress } from '../core/zone/addresses.ts'
import { type Question, vantageVersion } from '../cycle/ports/vantage.ts'
import { parse } from './schema-event.ts'

/** No test object is larger. */
const maxBytes = 1e9

const request = z.strictObject({
  proto: z.enum(['http', 'https']),
  host: z.string().min(1),
  port: z.int().min(1).max(65_535),
  uri: z.string().min(1),
  verify: z.boolean(),
  timeoutSeconds: z.number().positive().max(maxTimeoutSeconds),
  attempts: z.int().min(1).max(maxAttempts),
  headers: z.record(z.string(), z.string()).default({}),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 in hexadecimal digits'),
  bytes: z.int().min(0).max(maxBytes),
})

/** A question's schema; `mayFetch`: whether this vantage point may fetch from a canonical address. */
function questionSchema(mayFetch: (address: string) => boolean) {
  const address = z.string().superRefine((text, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', message })
    if (canonicalAddress(text) !== text) refuse(`'${text}' is not a valid address in its canonical form`)
    else if (!mayFetch(text)) refuse(`${text} is not a public address`)
  })
  const targets = z
    .array(z.strictObject({ name: z.string().min(1), address }))
    .min(1)
    .max(maxAskedEdges)
  return z.strictObject({ version: z.unknown(), request, targets })
}

const versionSchema = z.looseObject({
  version: z.literal(vantageVersion, { error: `this vantage point speaks version ${vantageVersion}` }),
})

/**
 * The event of `vantage` (contract, "Events and reports"). Throws `InvalidInput` with every reason: of another version, for
 * more than 16 targets, for an address that `mayFetch` does not allow.
 */
export function parseVantageEvent(event: unknown, mayFetch: (address: string) => boolean): Question {
  // Of another version nothing else can be said.
  parse(versionSchema, event, 'vantage')
  const { request, targets } = parse(questionSchema(mayFetch), event, 'vantage')
  return { request, targets }
}
