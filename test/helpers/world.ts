import { withDefaults } from '../../functions/core/config/merged-settings.ts'
import type { Network, ZoneSource } from '../../functions/core/config/network.ts'
import { nothingDesired } from '../../functions/core/config/pointer.ts'
import type { Settings } from '../../functions/core/config/settings.ts'
import { minStartsApartSeconds } from '../../functions/core/domain/limits.ts'
import type { Freeze, Order, Outcome, Probe } from '../../functions/core/domain/model.ts'
import { appendRun, emptyHistory, type History } from '../../functions/core/history/history.ts'
import { neverPublished, type Pushed, type Seen, type ZoneRecord } from '../../functions/core/state/network-state.ts'
import { canonicalAddress } from '../../functions/core/zone/addresses.ts'
import { md5 } from '../../functions/core/zone/hash.ts'
import { LeaseLost } from '../../functions/cycle/ports/errors.ts'
import type { Lateness, LoopWatch } from '../../functions/cycle/ports/loop-watch.ts'
import type {
  Begun,
  Bucket,
  Ports,
  Recording,
  RecordsPort,
  Settled,
  Stored,
  Table,
} from '../../functions/cycle/ports/ports.ts'

/** Settings with the contract's defaults, for a network of made-up edges. */
export function settingsOf(changes: Partial<Settings> = {}): Settings {
  const required = {
    testobject: { host: 'site.example', uri: '/o', local: 'objects/o', proto: 'http' },
    dns: {
      ns_records: ['ns1.example.com.'],
      soa_nameserver: 'ns1.example.com.',
      soa_mailbox: 'zone.example.com.',
      rotate_zones: ['www'],
    },
    goodenough: 0.5,
    edge_count: 2,
  } as const
  return { ...withDefaults(required), ...changes }
}

/** A zone whose include is fine. */
export function zoneOf(name: string, include = ''): ZoneSource {
  return { name, file: `zones/net/${name}.zone`, include, errors: [], publishable: true }
}

/** A network `net` of these edges, with the zone example.org unless told otherwise. */
export function networkOf(edges: readonly string[], changes: Partial<Network> = {}): Network {
  return {
    name: 'net',
    settings: settingsOf(),
    edges: [...edges].sort().map(name => ({ name, address: canonicalAddress(name) })),
    canaries: [],
    zones: [zoneOf('example.org')],
    owners: new Map(),
    object: { sha256: '0'.repeat(64), bytes: 1 },
    ...changes,
  }
}

/** A probe that ended like this. */
export function probeOf(outcome: Outcome, fetchSeconds = 0.1, address: string | null = null): Probe {
  const phases = { resolve: null, connect: null, tls: null, firstByte: null, body: null }
  const facts = { address, attempts: 1, tookSeconds: fetchSeconds, detail: outcome === 'ok' ? '' : outcome, phases }
  return outcome === 'ok' ? { ...facts, outcome, fetchMicros: Math.round(fetchSeconds * 1e6) } : { ...facts, outcome }
}

/** Long waits in a world without time last until nobody waits any more. */
function untilAborted(signal?: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    signal?.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** Route 53 for networks that do not push. */
export const noRecords: RecordsPort = {
  hostedZones: () => Promise.reject(new Error('nobody pushes here')),
  recordSets: () => Promise.reject(new Error('nobody pushes here')),
  nameServers: () => Promise.reject(new Error('nobody pushes here')),
  change: () => Promise.reject(new Error('nobody pushes here')),
}

/** An event loop that is never late and always at rest; each look at its clock lets 10 ms pass. */
export function restingLoop(lateness: Lateness = { worstMs: 0, oftenMs: 0 }): LoopWatch {
  let nowMs = 0
  const read = () => {
    nowMs += 10
    return { nowMs, idleMs: nowMs }
  }
  return { read, beat: () => {}, lagMs: () => 0, end: () => lateness }
}

/** A whole world in memory: table, bucket, edges, clock. Time passes only when it is told to. */
export class World {
  now = Date.UTC(2026, 0, 1, 0, 30)
  readonly objects = new Map<string, string>()
  readonly probes = new Map<string, Probe>()
  readonly orders = new Map<string, Order | 'unreadable'>()
  freeze: Freeze | null = null
  referencesAnswer = true
  /** Called before every step on the outside; may throw to break it. */
  before: (step: string) => void = () => {}
  /** Called after every step on the outside; may throw to lose its answer. */
  after: (step: string) => void = () => {}
  live: readonly string[] | null = null
  rotations: readonly number[] = []
  history: History = emptyHistory
  zones = new Map<string, ZoneRecord>()
  namedConf = neverPublished
  liveList = neverPublished
  manifest = neverPublished
  lastStatus: string | null = null
  warnings: string[] = []
  pushed = new Map<string, Pushed>()
  seen: Seen = { etags: new Map() }
  cycle = 0
  /** What the bucket says of a text: its MD5, unless a test has it encrypt with a key of its own. */
  etagOf: (text: string) => string = md5
  #lease: { run: string; until: number } | null = null
  #lastStart = Number.NEGATIVE_INFINITY
  #runs = 0

  readonly table: Table = {
    begin: async request => {
      const begun = this.#step('begin', (): Begun => {
        if (this.#lease !== null && this.#lease.until > request.now)
          return { status: 'locked', until: this.#lease.until }
        const soonest = this.#lastStart + minStartsApartSeconds * 1000
        if (!request.force && request.now < soonest) return { status: 'too_soon', until: soonest }
        this.#lease = { run: `run${++this.#runs}`, until: request.now + request.leaseSeconds * 1000 }
        this.#lastStart = request.now
        return {
          status: 'begun',
          lease: { network: request.network, ...this.#lease },
          before: this.#stored(),
          lastStatus: this.lastStatus,
        }
      })
      if (typeof request.samples !== 'number' && (await begun).status === 'begun') await request.samples(nothingDesired)
      return begun
    },
    peek: async () => this.#step('peek', () => this.#stored()),
    record: async (lease, recording) => this.#step('record', () => this.#record(lease.run, recording)),
    finish: async (lease, settled) => this.#step('finish', () => this.#finish(lease.run, settled)),
  }

  readonly bucket: Bucket = {
    get: async key => this.#step(`get ${key}`, () => this.objects.get(key) ?? null),
    put: async (key, text) =>
      this.#step(`put ${key}`, () => {
        this.objects.set(key, text)
        return this.etagOf(text)
      }),
    delete: async key => this.#step(`delete ${key}`, () => void this.objects.delete(key)),
    list: async prefix =>
      this.#step(`list ${prefix}`, () => {
        const found = [...this.objects].filter(([key]) => key.startsWith(prefix))
        return new Map(found.map(([key, text]) => [key, this.etagOf(text)]))
      }),
    folders: async prefix =>
      this.#step(`folders ${prefix}`, () => {
        const names = [...this.objects.keys()].flatMap(key => {
          const end = key.startsWith(prefix) ? key.indexOf('/', prefix.length) : -1
          return end === -1 ? [] : [key.slice(prefix.length, end)]
        })
        return [...new Set(names)]
      }),
  }

  readonly ports: Ports = {
    table: this.table,
    bucket: this.bucket,
    records: noRecords,
    probe: async target => this.probes.get(target.name) ?? probeOf('ok', 0.1, target.address),
    reference: async () => this.referencesAnswer,
    clock: () => this.now,
    monotonic: () => this.now,
    sleep: (ms, signal) => (ms < 1000 ? Promise.resolve() : untilAborted(signal)),
    watchLoop: () => restingLoop(),
    progress: () => {},
  }

  #step<T>(name: string, work: () => T): T {
    this.before(name)
    const answer = work()
    this.after(name)
    return answer
  }

  #stored(): Stored {
    return {
      live: this.live,
      rotations: this.rotations,
      history: this.history,
      addresses: new Map(),
      orders: new Map(this.orders),
      freeze: this.freeze,
      zones: new Map(this.zones),
      namedConf: this.namedConf,
      liveList: this.liveList,
      manifest: this.manifest,
      pushed: new Map(this.pushed),
      seen: this.seen,
      cycle: this.cycle,
      warnings: this.warnings,
    }
  }

  #record(run: string, { run: cycle, intents }: Recording): void {
    if (this.#lease?.run !== run) throw new LeaseLost('another run has the lease')
    if (cycle !== null) this.history = appendRun(this.history, cycle, 2000)
    if (intents === null) return
    this.live = intents.live
    this.rotations = intents.rotations
    for (const [zone, record] of intents.zones) this.zones.set(zone, record)
    this.namedConf = intents.namedConf ?? this.namedConf
    this.liveList = intents.liveList ?? this.liveList
    this.manifest = intents.manifest ?? this.manifest
    for (const [zone, record] of intents.pushed ?? []) this.pushed.set(zone, record)
  }

  #finish(run: string, { live, rotations, records, status }: Settled): void {
    if (this.#lease?.run !== run) throw new LeaseLost('another run has the lease')
    for (const [zone, record] of records.zones) {
      if (record === null) this.zones.delete(zone)
      else this.zones.set(zone, record)
    }
    this.live = live ?? this.live
    this.rotations = rotations ?? this.rotations
    this.namedConf = records.namedConf ?? this.namedConf
    this.liveList = records.liveList ?? this.liveList
    this.manifest = records.manifest ?? this.manifest
    this.lastStatus = status ?? this.lastStatus
    for (const [zone, record] of records.pushed ?? []) this.pushed.set(zone, record)
    this.seen = records.seen ?? this.seen
    if (status !== null) this.cycle++
    this.#lease = null
  }
}
