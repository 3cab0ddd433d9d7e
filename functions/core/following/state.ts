import type { ManifestZone } from '../publication/manifest.ts'

/** What a follower knows of a network: its manifest as it was read last. */
export interface KnownNetwork {
  /** Of the manifest, for the next conditional request; null: it was never read. */
  readonly etag: string | null
  /** The zones that the network has as its own. */
  readonly zones: readonly Omit<ManifestZone, 'handedOver'>[]
  /** Zones that it is about to name. */
  readonly claims: readonly string[]
  /** What is put into its clauses: the last options that named-checkconf took. */
  readonly options: string
  /** What is wrong with the options that it asks for now; null where nothing is. */
  readonly optionsFault: string | null
}

/** A file as it is beside the name server. */
export interface FileInPlace {
  readonly sha256: string
  /** Size, time and inode: as long as they stay, so does the content. */
  readonly stamp: string
}

/** A zone's file, and where it came from. */
export interface PlacedZone extends FileInPlace {
  /** Empty where that is not known. */
  readonly network: string
  /** 0 where that is not known. */
  readonly serial: number
}

/** A content that the name server's own check refused. Times in milliseconds. */
export interface Refusal {
  readonly sha256: string
  readonly reason: string
  readonly since: number
}

/** What the server has yet to be asked for: recorded before a file changes, and struck out once it was done. */
export interface Waiting {
  readonly reconfig: boolean
  readonly zones: readonly string[]
}

/** What a follower keeps between passes, by network and by zone (behaviour §12.2). */
export interface FollowerState {
  readonly networks: ReadonlyMap<string, KnownNetwork>
  readonly zones: ReadonlyMap<string, PlacedZone>
  readonly refused: ReadonlyMap<string, Refusal>
  /** Since when (milliseconds) no manifest has had a zone. */
  readonly missing: ReadonlyMap<string, number>
  readonly waiting: Waiting
}

const version = 1

/** The text of a state. */
export function renderState({ networks, zones, refused, missing, waiting }: FollowerState): string {
  const maps = { networks, zones, refused, missing }
  const rows = Object.entries(maps).map(([name, map]) => [name, Object.fromEntries<unknown>(map)])
  return `${JSON.stringify({ version, ...Object.fromEntries(rows), waiting })}\n`
}

/** The state that a text holds; null where it is missing or damaged: then everything is looked at again. */
export function parseState(text: string | null): FollowerState | null {
  try {
    const value = JSON.parse(text ?? '')
    if (value.version !== version || !isWaiting(value.waiting)) return null
    return {
      networks: mapOf(value.networks, isNetwork),
      zones: mapOf(value.zones, isPlaced),
      refused: mapOf(value.refused, isRefusal),
      missing: mapOf(value.missing, isNumber),
      waiting: value.waiting,
    }
  } catch {
    return null
  }
}

/** The state of a follower that has none: what the clauses name is there, and the server may have any of it loaded. */
export function freshState(named: readonly string[]): FollowerState {
  const zones = new Map(named.map(zone => [zone, { sha256: '', stamp: '', network: '', serial: 0 }]))
  const none = { networks: new Map(), refused: new Map(), missing: new Map() }
  return { ...none, zones, waiting: { reconfig: true, zones: [...named] } }
}

/** A map of what passes the test; throws where one does not. */
function mapOf<T>(value: object, test: (one: unknown) => one is T): ReadonlyMap<string, T> {
  return new Map(
    Object.entries(value).map(([key, one]) => {
      if (!test(one)) throw new Error('damaged')
      return [key, one]
    }),
  )
}

type Fields = Record<string, unknown>

function isNetwork(value: unknown): value is KnownNetwork {
  const { etag, zones, claims, options, optionsFault } = value as Fields
  const isText = typeof options === 'string' && [etag, optionsFault].every(one => one === null || isString(one))
  return isText && Array.isArray(zones) && zones.every(isRow) && Array.isArray(claims) && claims.every(isString)
}

function isRow(value: unknown): boolean {
  const { zone, key, serial, sha256 } = value as Fields
  return [zone, key, sha256].every(isString) && isNumber(serial)
}

function isPlaced(value: unknown): value is PlacedZone {
  const { sha256, stamp, network, serial } = value as Fields
  return [sha256, stamp, network].every(isString) && isNumber(serial)
}

function isRefusal(value: unknown): value is Refusal {
  const { sha256, reason, since } = value as Fields
  return isString(sha256) && isString(reason) && isNumber(since)
}

function isWaiting(value: unknown): value is Waiting {
  const { reconfig, zones } = value as Fields
  return typeof reconfig === 'boolean' && Array.isArray(zones) && zones.every(isString)
}

function isString(value: unknown): value is string {
  return typeof value === 'string'
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number'
}
