import { keptRotations, maxAttempts, maxTimeoutSeconds } from '../domain/limits.ts'
import { recordType } from '../zone/record-types.ts'
import { headerFaults, headerNamePattern, headerValue } from './request-headers.ts'
import * as forms from './setting-forms.ts'
import { choice, list, map, number, text, truth, whole } from './setting-kinds.ts'

/** Vantage points, at most (behaviour §10.2). */
const maxVantages = 5
/** What the 32 bits hold in which DNS keeps times (RFC 2181 §8). */
const dnsSeconds = { min: 0, max: 2 ** 31 - 1 }
const count = { min: 1 }

/**
 * Every key of `edgemanage.yaml` (contract, "Settings"), once: what it may be, its default, its unit and what it means. The
 * types, the checks, the defaults, the JSON Schema and the table in config/README.md are made from it.
 */
export const settingsTable = {
  testobject: {
    host: text(forms.host, { required: true, means: 'name that edges are asked for, also in TLS' }),
    uri: text(forms.path, { required: true, means: 'what is fetched from every edge' }),
    local: text(forms.fileName, { required: true, means: 'local copy that the answer must equal, in this folder' }),
    proto: choice(['http', 'https'], { default: 'https', means: 'protocol of probes' }),
    port: whole(
      { min: 1, max: 65_535 },
      {
        default: 443,
        defaultBy: ({ proto }) => (proto === 'http' ? 80 : 443),
        defaultWords: '443, or 80 with http',
        means: 'port of the edges',
      },
    ),
    verify: truth({ default: true, means: 'whether certificates are checked' }),
    headers: map(
      { key: 'header', keyPattern: headerNamePattern, values: headerValue, check: headerFaults },
      { means: 'headers sent with every probe; their values appear in no report and no log' },
    ),
  },
  dns: {
    ns_records: list(
      { items: forms.hostName, min: 1 },
      { required: true, spelled: names => names.map(absolute), means: 'name servers of every zone' },
    ),
    soa_nameserver: text(forms.hostName, {
      required: true,
      spelled: absolute,
      means: 'primary name server in the SOA record',
    }),
    soa_mailbox: text(forms.mailbox, { required: true, spelled: absolute, means: 'mailbox in the SOA record' }),
    rotate_zones: list(
      { items: forms.rotateLabel, check: forms.rotateLabelFaults },
      { means: 'labels that get the same addresses as `@`' },
    ),
    unchecked_types: list(
      { items: forms.recordTypeName },
      {
        spelled: types => types.flatMap(type => recordType(type) ?? []),
        means: 'record types that includes may use although nothing checks them; a warning each',
      },
    ),
    zone_options: text(forms.zoneOptions, {
      default: '',
      means: 'statements for BIND, put into the clause of every zone as they are',
    }),
    ttl: whole(dnsSeconds, { default: 300, unit: 'seconds', means: 'TTL of the records in zones' }),
    soa: {
      refresh: whole(dnsSeconds, { default: 43_200, unit: 'seconds', means: 'refresh of the SOA record' }),
      retry: whole(dnsSeconds, { default: 10_800, unit: 'seconds', means: 'retry of the SOA record' }),
      expire: whole(dnsSeconds, { default: 1_209_600, unit: 'seconds', means: 'expire of the SOA record' }),
      minimum: whole(dnsSeconds, { default: 300, unit: 'seconds', means: 'minimum of the SOA record' }),
    },
  },
  goodenough: number({ above: 0 }, { required: true, unit: 'seconds', means: 'a fetch that takes less is good' }),
  edge_count: whole(count, { required: true, means: 'how many edges are live' }),
  workers: whole({ min: 1, max: 900 }, { default: 500, means: 'probes in flight at the same time' }),
  retry: whole({ min: 1, max: maxAttempts }, { default: 3, means: 'attempts where the connection fails' }),
  timeout: number(
    { above: 0, max: maxTimeoutSeconds },
    { default: 10, unit: 'seconds', means: 'one deadline over a whole probe' },
  ),
  down_after: whole(count, { default: 1, means: 'failures in a row until an edge is `fail`' }),
  up_after: whole(count, { default: 1, means: 'successes in a row until an edge is no longer `fail`' }),
  stay_factor: number(
    { min: 1 },
    { default: 1, means: 'a live edge stays while its fetch time is under `goodenough` × this' },
  ),
  rotation: choice(['minimal', 'reselect'], {
    default: 'minimal',
    means: '`reselect` chooses the whole set afresh whenever a place has to be filled',
  }),
  on_shortage: choice(['keep', 'shrink'], {
    default: 'keep',
    means: 'with too few passing edges, `keep` failing ones or `shrink` the set',
  }),
  min_edges: whole(count, { default: 1, means: 'the set never shrinks below this' }),
  dnschange_maxfreq: whole(
    { min: 0, max: keptRotations },
    { default: 10, means: 'rotations that are allowed in any `dnschange_window`; 0 is unlimited' },
  ),
  dnschange_window: whole({ min: 1 }, { default: 600, unit: 'seconds', means: 'see `dnschange_maxfreq`' }),
  canary_killer: whole(
    { min: 0 },
    { default: 0, means: 'how many failed canaries turn all of them off for the cycle; 0 is off' },
  ),
  verify_every: whole(
    { min: 0 },
    { default: 60, unit: 'cycles', means: 'how often the bucket is compared with what was confirmed; 0 is never' },
  ),
  recheck: number(
    { min: 0, max: 10 },
    {
      default: 0,
      unit: 'seconds',
      means: 'a live edge that would fail is fetched once more after this time; 0 is off',
    },
  ),
  vantages: list(
    { items: forms.region, max: maxVantages, check: forms.repetitionFaults },
    { means: 'regions in which a vantage point is asked before an edge falls' },
  ),
  brake: number(
    { min: 0, max: 1 },
    { default: 0, means: 'share of the live set; if more of it fails at once, none of them leaves; 0 is off' },
  ),
  brake_cycles: whole(
    { min: 1, max: 10 },
    { default: 1, unit: 'cycles', means: 'how long a failure is fresh, for the brake' },
  ),
  references: list(
    { items: forms.url },
    { means: 'when all of them fail, the prober itself is cut off and nothing changes' },
  ),
  run_frequency: whole({ min: 60, step: 60 }, { default: 60, unit: 'seconds', means: 'how often cycles run' }),
  history: {
    samples: whole(count, { default: 2000, means: 'recorded cycles that are kept' }),
    window: number({ min: 0 }, { default: 300, unit: 'seconds', means: 'the window of the window average' }),
  },
  route53: {
    enabled: truth({ default: false, means: 'pushes the chosen addresses to Route 53' }),
    ttl: whole(dnsSeconds, { default: 60, unit: 'seconds', means: 'TTL of the records in Route 53' }),
    zones: map({ key: 'zone', values: forms.hostedZoneId }, { means: 'hosted zone ids, where they are not looked up' }),
    rate: number({ above: 0 }, { default: 8, means: 'requests a second, for all networks together' }),
    verify_every: whole(
      { min: 0 },
      { default: 60, unit: 'cycles', means: 'how often the records in Route 53 are read back; 0 is never' },
    ),
  },
  served: {
    servers: list(
      { items: forms.nameServer, max: 16 },
      { means: 'name servers that are asked whether they serve what was published' },
    ),
    grace: whole(
      { min: 0, max: 86_400 },
      { default: 300, unit: 'seconds', means: 'how long a server may serve an older zone before it is stale' },
    ),
    sample: whole({ min: 0, max: 1_000 }, { default: 20, means: 'zones that each server is asked for in a cycle' }),
    route53: truth({
      default: false,
      means: "whether Route 53's own name servers are asked for the records pushed there",
    }),
  },
  heartbeat: text(forms.url, { default: null, means: 'fetched after every cycle that went well' }),
  notify: list({ items: forms.url, max: 20 }, { means: 'where the events of cycles are posted to' }),
  certificate_days: whole(
    { min: 0, max: 3650 },
    { default: 14, unit: 'days', means: 'a certificate that ends this soon is a warning; 0 is off' },
  ),
  events: {
    enabled: truth({ default: null, defaultWords: 'true on AWS', means: 'whether events are sent to EventBridge' }),
  },
  metrics: {
    per_edge: truth({ default: false, means: 'metrics of each edge in CloudWatch, US$ 0.60 per edge and month' }),
  },
  alarms: {
    email: text({ kind: 'email' }, { default: null, means: 'who gets alarms by mail' }),
    slow_seconds: number(
      { above: 0 },
      {
        default: null,
        defaultWords: '3 × `goodenough`',
        unit: 'seconds',
        means: 'fetch time from which on a live edge is slow',
      },
    ),
  },
}

/** A name of several labels is meant whole, final dot or not; a single label is relative to the zone. */
function absolute(name: string): string {
  return name.includes('.') && !name.endsWith('.') ? `${name}.` : name
}
