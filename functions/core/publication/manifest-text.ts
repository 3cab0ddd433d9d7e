import type { Before, ZoneRecord } from '../state/network-state.ts'
import { type ManifestZone, renderManifest } from './manifest.ts'

export interface ManifestFacts {
  readonly network: string
  /** By zone name. */
  readonly records: ReadonlyMap<string, ZoneRecord>
  /** SHA-256 of the published named.conf; null: none was confirmed. */
  readonly namedConf: string | null
  /** Whether the published named.conf surely names none of the unclaimed zones. */
  readonly areReleased: boolean
  /** Zones that are about to be named there. */
  readonly claims: readonly string[]
  /** `dns.zone_options`; missing: none. */
  readonly zoneOptions?: string
}

/**
 * The text of a network's manifest: every zone whose file is known (behaviour §7.9). A zone that named.conf may name though
 * nobody knows is claimed, so that no other network takes it; its file, which may be an old one, is nobody's to serve.
 */
export function manifestText(facts: ManifestFacts): string {
  const { network, records, namedConf, areReleased, claims, zoneOptions = '' } = facts
  const folder = `zones/${network}/`
  const zones: ManifestZone[] = []
  for (const [zone, { file, serial: last, unclaimed = false }] of records) {
    if (file === undefined || file === null) continue
    const serial = unclaimed ? last : file.serial
    zones.push({ zone, key: `${folder}${zone}.zone`, serial, sha256: file.sha256, handedOver: unclaimed })
  }
  const unsure = areReleased ? [] : zones.filter(({ handedOver }) => handedOver).map(({ zone }) => zone)
  const claimed = [...new Set([...claims, ...unsure])]
  const conf = namedConf === null ? null : { key: `${folder}named.conf`, sha256: namedConf }
  return renderManifest({ network, zones, namedConf: conf, claims: claimed, zoneOptions })
}

interface Known {
  readonly network: string
  readonly conf: string | null
  readonly zoneOptions: string
  readonly text: string
}

const texts = new WeakMap<Before['zones'], Known>()

/** The manifest of what is recorded; worked out once for records that stay the same. */
export function recordedManifest(
  network: string,
  { zones, namedConf }: Pick<Before, 'zones' | 'namedConf'>,
  zoneOptions = '',
): string {
  const known = texts.get(zones)
  const isSame = known?.network === network && known.zoneOptions === zoneOptions
  if (isSame && known.conf === namedConf.hash) return known.text
  const facts = { network, records: zones, namedConf: namedConf.hash, areReleased: true, claims: [], zoneOptions }
  const text = manifestText(facts)
  texts.set(zones, { network, conf: namedConf.hash, zoneOptions, text })
  return text
}

/** Whether the file of every zone that ever was published is known, or known to be missing. */
export function areFilesKnown(records: ReadonlyMap<string, ZoneRecord>): boolean {
  for (const { hash, file } of records.values()) if (hash !== null && file === undefined) return false
  return true
}
