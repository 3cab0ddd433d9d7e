import { recordType } from '../zone/record-types.ts'
import type { Settings } from './settings.ts'
import type { RawSettings } from './settings-schema.ts'

/** Keys without which a network cannot run (contract, "Settings"). */
export const requiredPaths: readonly (readonly string[])[] = [
  ['testobject', 'host'],
  ['testobject', 'uri'],
  ['testobject', 'local'],
  ['dns', 'ns_records'],
  ['dns', 'soa_nameserver'],
  ['dns', 'soa_mailbox'],
  ['goodenough'],
  ['edge_count'],
]

/** Whether something is a plain map. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value at a path, or undefined. */
export function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (found, key) => (isMap(found) && Object.hasOwn(found, key) ? found[String(key)] : undefined),
    value,
  )
}

/** What is written for one network laid over what is written for all: maps merge, lists replace. */
export function mergeSettings(below: RawSettings, above: RawSettings): RawSettings {
  return merge(below, above) as RawSettings
}

function merge(below: unknown, above: unknown): unknown {
  if (!isMap(below) || !isMap(above)) return above
  const merged: Record<string, unknown> = { ...below }
  for (const [key, value] of Object.entries(above)) merged[key] = key in below ? merge(below[key], value) : value
  return merged
}

/** The settings with every default in place; for settings in which nothing that is required is missing. */
export function withDefaults(raw: RawSettings): Settings {
  const proto = raw.testobject?.proto ?? 'https'
  const defaults = {
    testobject: { proto, port: proto === 'https' ? 443 : 80, verify: true, headers: {} },
    dns: {
      rotate_zones: [],
      unchecked_types: [],
      zone_options: '',
      ttl: 300,
      soa: { refresh: 43_200, retry: 10_800, expire: 1_209_600, minimum: 300 },
    },
    workers: 500,
    retry: 3,
    timeout: 10,
    down_after: 1,
    up_after: 1,
    stay_factor: 1,
    rotation: 'minimal',
    on_shortage: 'keep',
    min_edges: 1,
    dnschange_maxfreq: 10,
    dnschange_window: 600,
    canary_killer: 0,
    verify_every: 60,
    recheck: 0,
    vantages: [],
    brake: 0,
    brake_cycles: 1,
    references: [],
    run_frequency: 60,
    history: { samples: 2000, window: 300 },
    route53: { enabled: false, ttl: 60, zones: {}, rate: 8, verify_every: 60 },
    served: { servers: [], grace: 300, sample: 20 },
    heartbeat: null,
    notify: [],
    certificate_days: 14,
    events: { enabled: null },
    metrics: { per_edge: false },
    alarms: { email: null, slow_seconds: null },
  }
  const settings = merge(defaults, raw) as Settings
  const { dns } = settings
  const names = {
    ns_records: dns.ns_records.map(absolute),
    soa_nameserver: absolute(dns.soa_nameserver),
    soa_mailbox: absolute(dns.soa_mailbox),
  }
  const unchecked_types = dns.unchecked_types.flatMap(type => recordType(type) ?? [])
  return { ...settings, dns: { ...dns, ...names, unchecked_types } }
}

const nothing: RawSettings = {
  testobject: { host: '', uri: '', local: '' },
  dns: { ns_records: [], soa_nameserver: '', soa_mailbox: '' },
  goodenough: 0,
  edge_count: 0,
}

/** Settings in which something required may be missing, and is empty then: to check the other files by, no more. */
export function draftOf(raw: RawSettings): Settings {
  return withDefaults(mergeSettings(nothing, raw))
}

/** A name of several labels is meant whole, final dot or not; a single label is relative to the zone. */
function absolute(name: string): string {
  return name.includes('.') && !name.endsWith('.') ? `${name}.` : name
}
