import * as z from 'zod'
import { canonicalAddress } from '../zone/addresses.ts'
import { checkUncheckedType } from '../zone/record-types.ts'
import { checkHostName, checkMailbox, checkRotateLabel } from '../zone/zone-name.ts'
import { checkZoneOptions } from '../zone/zone-options.ts'
import { requestHeaders } from './request-headers.ts'
import { checkServer } from './server-address.ts'
import { checkUri } from './uri.ts'

const positive = z.number().positive()
const count = z.int().min(1)
const seconds = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)

/** A string for which `check` gives no reason against it. */
function checked(check: (text: string) => string | null) {
  return z.string().superRefine((text, context) => {
    const why = check(text)
    if (why !== null) context.addIssue({ code: 'custom', message: why })
  })
}

const host = checked(text => (canonicalAddress(text) === null ? checkHost(text) : null))
const uri = checked(checkUri)
const reference = checked(text => (isHttpUrl(text) ? null : `'${text}' is no http or https URL`))

function checkHost(text: string): string | null {
  if (text.endsWith('.')) return `'${text}' is to be written without the final dot`
  return checkHostName(text)
}

function isHttpUrl(text: string): boolean {
  const parsed = URL.canParse(text) ? new URL(text) : null
  return parsed !== null && ['http:', 'https:'].includes(parsed.protocol)
}

const rotateLabels = z.array(checked(checkRotateLabel)).superRefine((labels, context) => {
  const seen = new Set<string>()
  for (const [at, label] of labels.entries()) {
    const isTwice = seen.size === seen.add(label.toLowerCase()).size
    if (label === '@') context.addIssue({ code: 'custom', path: [at], message: "'@' has the addresses anyway" })
    else if (isTwice) context.addIssue({ code: 'custom', path: [at], message: `'${label}' is listed twice` })
  }
})

/** Vantage points, at most (behaviour §10.2). */
const maxVantages = 5
const region = z.string().regex(/^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/, 'is not the name of an AWS region')
const vantages = z
  .array(region)
  .max(maxVantages)
  .superRefine((regions, context) => {
    for (const [at, name] of regions.entries()) {
      if (regions.indexOf(name) < at)
        context.addIssue({ code: 'custom', path: [at], message: `'${name}' is listed twice` })
    }
  })

/** Everything that `edgemanage.yaml` may say, for all networks or for one; each key may be missing here. */
export const settingsSchema = z
  .strictObject({
    testobject: z
      .strictObject({
        host,
        uri,
        local: z.string().min(1),
        proto: z.enum(['http', 'https']),
        port: z.int().min(1).max(65_535),
        verify: z.boolean(),
        headers: requestHeaders,
      })
      .partial(),
    dns: z
      .strictObject({
        ns_records: z.array(checked(checkHostName)).min(1),
        soa_nameserver: checked(checkHostName),
        soa_mailbox: checked(checkMailbox),
        rotate_zones: rotateLabels,
        unchecked_types: z.array(checked(checkUncheckedType)),
        zone_options: checked(checkZoneOptions),
        ttl: seconds,
        soa: z.strictObject({ refresh: seconds, retry: seconds, expire: seconds, minimum: seconds }).partial(),
      })
      .partial(),
    goodenough: positive,
    edge_count: count,
    workers: z.int().min(1).max(900),
    retry: z.int().min(1).max(100),
    timeout: positive.max(15),
    down_after: count,
    up_after: count,
    stay_factor: z.number().min(1),
    rotation: z.enum(['minimal', 'reselect']),
    on_shortage: z.enum(['keep', 'shrink']),
    min_edges: count,
    dnschange_maxfreq: z.int().min(0).max(100),
    dnschange_window: z.int().min(1),
    canary_killer: z.int().min(0),
    verify_every: z.int().min(0),
    recheck: z.number().min(0).max(10),
    vantages,
    brake: z.number().min(0).max(1),
    brake_cycles: z.int().min(1).max(10),
    references: z.array(reference),
    run_frequency: z.int().min(60).multipleOf(60),
    history: z.strictObject({ samples: count, window: z.number().min(0) }).partial(),
    route53: z
      .strictObject({
        enabled: z.boolean(),
        ttl: seconds,
        zones: z.record(z.string(), z.string().regex(/^[A-Z0-9]{1,32}$/, 'is no hosted zone id')),
        rate: positive,
        verify_every: z.int().min(0),
      })
      .partial(),
    served: z
      .strictObject({
        servers: z.array(checked(checkServer)).max(16),
        grace: z.int().min(0).max(86_400),
        sample: z.int().min(0).max(1_000),
      })
      .partial(),
    heartbeat: reference,
    notify: z.array(reference).max(20),
    certificate_days: z.int().min(0).max(3650),
    events: z.strictObject({ enabled: z.boolean() }).partial(),
    metrics: z.strictObject({ per_edge: z.boolean() }).partial(),
    alarms: z.strictObject({ email: z.email(), slow_seconds: positive }).partial(),
  })
  .partial()

/** Settings as written: any key may be missing. */
export type RawSettings = z.infer<typeof settingsSchema>
