import type { Network } from '../../core/config/network.ts'
import type { Desired } from '../../core/config/pointer.ts'
import type { Intents, Records } from '../../core/decision/settle.ts'
import type { Probe } from '../../core/domain/model.ts'
import type { Hour } from '../../core/history/hour.ts'
import type { Run } from '../../core/history/run.ts'
import type { ServedAnswer } from '../../core/publication/served.ts'
import type { RecordsAnswer } from '../../core/publication/served-records.ts'
import type { Event } from '../../core/report/event.ts'
import type { Before, KnownAddress } from '../../core/state/network-state.ts'
import type { FoundSet, RecordChange, RecordSet } from '../../core/zone/record-set.ts'
import type { Configurations } from './configurations.ts'
import type { LoopWatch } from './loop-watch.ts'
import type { Request } from './request.ts'
import type { AskVantage } from './vantage.ts'

/** The right to work on a network: taken by `begin`, kept until `until` (milliseconds), freed by `finish`. */
export interface Lease {
  readonly network: string
  /** Random, new for every run. */
  readonly run: string
  readonly until: number
}

export interface BeginRequest {
  readonly network: string
  /** Milliseconds: the cycle's `now`. */
  readonly now: number
  readonly leaseSeconds: number
  /** Skips the `too_soon` rule; never a lease (behaviour §8.1). */
  readonly force: boolean
  /** It is an operator's work and no cycle: the next cycle is not too soon after it. */
  readonly aside?: boolean
  /** How many of the newest recorded cycles are kept (`history.samples`). */
  readonly samples: SamplesWanted
}

/** How many of the newest recorded cycles are wanted: a number, or what the configuration in force makes of it. */
export type SamplesWanted = number | ((desired: Desired) => Promise<number>)

/** What `begin` found. `until`: when the lease ends, or when a run would not be too soon any more; null if unknown. */
export type Begun =
  | {
      readonly status: 'begun'
      readonly lease: Lease
      readonly before: Stored
      /** How the cycle that ended last ended; null if none ever did. */
      readonly lastStatus: string | null
    }
  | { readonly status: 'locked' | 'too_soon'; readonly until: number | null }

/** The state as the table has it. `live` is null where it was lost or never recorded: the cycle asks the bucket. */
export type Stored = Before

/** What a cycle stores between deciding and publishing: samples always, intents only where something is published. */
export interface Recording {
  /** Null if the cycle is not recorded (blind, or nothing but skipped probes). */
  readonly run: Run | null
  readonly hour: Hour | null
  /** Known and published addresses of the roster's edges that are host names; null where nothing changed. */
  readonly addresses: ReadonlyMap<string, KnownAddress> | null
  readonly intents: Intents | null
  /** Milliseconds until which items of this cycle are kept (design, "ttl"). */
  readonly keepUntil: number
}

/** What a run stores at its end, together with freeing the lease. */
export interface Settled {
  readonly now: number
  /** How the cycle ended; null where it was none: then the last one stays the last. */
  readonly status: string | null
  /** What a cycle failed for, for the log. */
  readonly why?: string
  /** Null leaves what is recorded. */
  readonly live: readonly string[] | null
  readonly rotations: readonly number[] | null
  readonly records: Records
}

/** One edge or canary to probe. */
export interface Target {
  readonly kind: 'edge' | 'canary'
  /** The edge's name or the canary's address. */
  readonly name: string
  /** The canonical address, or null for a host name that is to be resolved. */
  readonly address: string | null
  /** What to look up where that is not the name as it is. */
  readonly lookUp?: string
  /** The address last published for it: kept while it is among several answers (behaviour §1.3). */
  readonly preferred: string | null
}

/** What the cycle tells while it works, for a person who watches. */
export type Progress =
  | { readonly step: 'probing'; readonly done: number; readonly total: number }
  | { readonly step: 'publishing'; readonly done: number; readonly total: number }

/**
 * The bucket: S3, or a folder that stands in for it. An ETag changes with the text; it is its MD5 (hexadecimal), but for
 * objects that S3 encrypts with a key of KMS. It is empty where there is none.
 */
export interface Bucket {
  /** The object's text, or null if there is none. Throws if it cannot be read, or if nobody may know whether it is there. */
  get(key: string, signal?: AbortSignal): Promise<string | null>
  /** Writes the whole object or nothing; gives its ETag. Throws if it cannot be confirmed. */
  put(key: string, text: string, signal?: AbortSignal): Promise<string>
  delete(key: string): Promise<void>
  /** The ETags, by key, of all objects whose key begins so. Throws if they cannot be listed. */
  list(prefix: string, signal?: AbortSignal): Promise<ReadonlyMap<string, string>>
  /** The names of the folders directly below a prefix that ends in `/`. Throws if they cannot be listed. */
  folders(prefix: string, signal?: AbortSignal): Promise<readonly string[]>
}

/** A hosted zone of the account; the name as Route 53 has it. */
export interface HostedZone {
  readonly id: string
  readonly name: string
  readonly isPrivate: boolean
}

/** Where a list of record sets goes on. */
export interface RecordPlace {
  readonly name: string
  readonly type: string | null
  readonly identifier: string | null
}

/**
 * Route 53, one request each: when, how fast and how often they are made is the cycle's matter. `next` is null on the
 * last page. All throw `RecordsFault`.
 */
export interface RecordsPort {
  hostedZones(from: string | null, signal: AbortSignal): Promise<{ zones: readonly HostedZone[]; next: string | null }>
  /** Up to 300 record sets from this place on, in the order of Route 53. */
  recordSets(
    hostedZone: string,
    from: RecordPlace,
    signal: AbortSignal,
  ): Promise<{ sets: readonly FoundSet[]; next: RecordPlace | null }>
  /** The name servers of a hosted zone, which it keeps as long as it is there. */
  nameServers(hostedZone: string, signal: AbortSignal): Promise<readonly string[]>
  /** All of the changes or none. */
  change(hostedZone: string, changes: readonly RecordChange[], signal: AbortSignal): Promise<void>
}

/** The table: state, history, orders, lease. Throws `LeaseLost` where a conditional write finds another holder. */
export interface Table {
  begin(request: BeginRequest): Promise<Begun>
  /** The state without the lease, for a dry run: reads only. */
  peek(network: string, samples: SamplesWanted): Promise<Stored>
  record(lease: Lease, recording: Recording): Promise<void>
  finish(lease: Lease, settled: Settled): Promise<void>
}

/** Sends events, at most 10 at once. Rejects where they are not all taken. */
export type Announce = (events: readonly Event[], signal: AbortSignal) => Promise<void>

/** A request to a URL outside; the body is JSON. Rejects where it is not answered with 2xx. The message names no URL. */
export type CallOut = (url: string, body: string | null, signal: AbortSignal) => Promise<void>

/** Everything a cycle may do to the world. */
export interface Ports {
  readonly table: Table
  readonly bucket: Bucket
  readonly records: RecordsPort
  /** Never rejects; `signal` ends it early as `skipped`. */
  readonly probe: (target: Target, request: Request, signal: AbortSignal) => Promise<Probe>
  /** Missing where there are no vantage points to ask (behaviour §10.2). */
  readonly askVantage?: AskVantage | undefined
  /** Whether this URL gave any HTTP answer (behaviour §1.11). Never rejects. */
  readonly reference: (url: string, timeoutSeconds: number, signal: AbortSignal) => Promise<boolean>
  /** Milliseconds since 1970, whole: a clock that may be set, ahead or back, at any time. */
  readonly clock: () => number
  /** Milliseconds of a monotonic clock, from any beginning: spans are measured by it. */
  readonly monotonic: () => number
  /** Resolves after this many milliseconds, or when the signal fires. Never rejects. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /** Starts watching the prober's own event loop. */
  readonly watchLoop: () => LoopWatch
  readonly progress: (progress: Progress) => void
  /** Asks a name server (as the settings have it) what it has of a zone; never rejects. Left out: nobody is asked. */
  readonly ask?: (server: string, zone: string, signal: AbortSignal) => Promise<ServedAnswer>
  /** Asks a name server what addresses it has for these record sets; never rejects. Left out: nobody is asked. */
  readonly askRecords?: (server: string, sets: readonly RecordSet[], signal: AbortSignal) => Promise<RecordsAnswer>
  /** Missing where no events are sent. */
  readonly announce?: Announce | undefined
  /** The same where it depends on the configuration in force whether events are sent. */
  readonly announceFor?: (network: Network) => Announce | undefined
  /** Asks vantage points, where it depends on the configuration in force which; left out: `askVantage` says it. */
  readonly askVantageFor?: (network: Network) => AskVantage | undefined
  /** For `heartbeat` and `notify` (behaviour §14); missing where neither is wanted. */
  readonly callOut?: CallOut | undefined
  /** Missing where the configuration is given and cannot be changed by a push. */
  readonly configurations?: Configurations | undefined
}
