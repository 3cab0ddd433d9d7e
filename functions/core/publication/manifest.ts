import { isMap } from '../domain/is-map.ts'
import { byName } from '../domain/model.ts'

/** What a manifest says of one zone. `serial` is that of the file; where it is handed over, the last one given out. */
export interface ManifestZone {
  /** Lower case, without the trailing dot. */
  readonly zone: string
  /** The object's key in the bucket. */
  readonly key: string
  readonly serial: number
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string
  /** The network has no clause for it any more: another one has the zone, or may take it (behaviour §7.6). */
  readonly handedOver: boolean
}

/** What a network has published (behaviour §7.9). */
export interface Manifest {
  readonly network: string
  /** By zone name. */
  readonly zones: readonly ManifestZone[]
  /** Null only while a network claims its first zones. */
  readonly namedConf: { readonly key: string; readonly sha256: string } | null
  /** Zones that the network is about to name in its `named.conf`: no other network may take them meanwhile. */
  readonly claims: readonly string[]
  /** What `dns.zone_options` puts into every clause; left out: nothing, or the manifest is an older one. */
  readonly zoneOptions?: string
}

const version = 1
const sha256 = /^[0-9a-f]{64}$/
const maxSerial = 2 ** 32 - 1

/** The text of a manifest (contract, "What lands in the bucket"); zones are sorted by name. */
export function renderManifest({ network, zones, namedConf, claims, zoneOptions = '' }: Manifest): string {
  const rows = [...zones]
    .sort((a, b) => byName(a.zone, b.zone))
    .map(({ zone, key, serial, sha256, handedOver }) => ({
      ...{ zone, key, serial, sha256 },
      ...(handedOver ? { handedOver } : {}),
    }))
  const claimed = claims.length === 0 ? {} : { claims: [...claims].sort(byName) }
  const options = zoneOptions === '' ? {} : { zoneOptions }
  return `${JSON.stringify({ version, network, zones: rows, namedConf, ...claimed, ...options }, null, 1)}\n`
}

/** The manifest that a text holds, or a sentence that says why it cannot be used. Unknown keys are passed over. */
export function parseManifest(text: string): Manifest | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'it is not JSON'
  }
  if (!isMap(value)) return 'it is not an object'
  if (value.version !== version) return `its version is ${JSON.stringify(value.version)}, not ${version}`
  const { network, namedConf, claims = [], zoneOptions } = value
  if (typeof network !== 'string') return 'it names no network'
  const zones = Array.isArray(value.zones) ? value.zones.map(zoneOf) : [null]
  const file = namedConf === null ? null : fileOf(namedConf)
  if (zones.includes(null)) return 'its list of zones is damaged'
  if (file === undefined) return 'what it says of named.conf is damaged'
  if (!isTexts(claims)) return 'its list of claims is damaged'
  if (zoneOptions !== undefined && typeof zoneOptions !== 'string') return 'what it says of options is damaged'
  const options = zoneOptions === undefined ? {} : { zoneOptions }
  return { network, zones: zones.filter(zone => zone !== null), namedConf: file, claims, ...options }
}

/** Whether this network names a zone in its `named.conf`, or is about to. */
export function hasAsOwn({ zones, claims }: Manifest, zone: string): boolean {
  return claims.includes(zone) || zones.some(one => one.zone === zone && !one.handedOver)
}

function zoneOf(value: unknown): ManifestZone | null {
  const file = fileOf(value)
  if (!isMap(value) || file === undefined) return null
  const { zone, serial, handedOver = false } = value
  const isSerial = Number.isInteger(serial) && Number(serial) >= 0 && Number(serial) <= maxSerial
  if (typeof zone !== 'string' || zone === '' || !isSerial || typeof handedOver !== 'boolean') return null
  return { zone, ...file, serial: Number(serial), handedOver }
}

function fileOf(value: unknown): { key: string; sha256: string } | undefined {
  if (!isMap(value) || typeof value.key !== 'string' || typeof value.sha256 !== 'string') return undefined
  return sha256.test(value.sha256) ? { key: value.key, sha256: value.sha256 } : undefined
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(one => typeof one === 'string')
}
