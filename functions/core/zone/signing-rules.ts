import { oncePer } from '../domain/once-per.ts'
import type { DraftZone, OwnedRecord } from './draft-zone.ts'
import { errorAt, type IncludeFinding } from './finding.ts'
import { shown } from './names.ts'

/** Records that announce keys to the parent: their data that asks it to forget them all (RFC 8078 §4). */
const deletion: Readonly<Record<string, string>> = { CDS: '\0\0\0\0\0', CDNSKEY: '\0\0\x03\0\0' }
/** Where the algorithm is in the data in wire format. */
const algorithmAt: Readonly<Record<string, number>> = { CDS: 2, CDNSKEY: 3, DNSKEY: 3 }
const hashLabel = /^[0-9a-v]{32}\./

/** Records of signed zones that name servers refuse for their place alone; their data is not checked (behaviour §7.5). */
export const signingRules = [ds, announced, nsec3]

function ds(record: OwnedRecord, zone: DraftZone): IncludeFinding[] {
  if (record.type !== 'DS' || record.owner !== zone.origin) return []
  return [errorAt(record, 'a DS record belongs to the parent zone, not to the zone itself')]
}

function announced(record: OwnedRecord, zone: DraftZone): IncludeFinding[] {
  const { type, owner, octets } = record
  if (!(type in deletion) || owner !== zone.origin || octets === null || octets === deletion[type]) return []
  const keys = keysAt(zone.byOwner.get(owner) as readonly OwnedRecord[])
  if (keys.deleted.has(type)) {
    return [errorAt(record, `${type} announces a key beside a record that asks to forget all keys`)]
  }
  if (keys.algorithms.has(algorithmOf(record))) return []
  return [errorAt(record, `${type} announces a key, and ${shown(owner)} has no DNSKEY record of its algorithm`)]
}

interface Keys {
  /** The types with a record that asks to forget all keys. */
  readonly deleted: ReadonlySet<string>
  /** Of the DNSKEY records. */
  readonly algorithms: ReadonlySet<number | undefined>
}

/** What the records of a name say of its keys, worked out once for all of them. */
const keysAt = oncePer(
  (records: readonly OwnedRecord[]): Keys => ({
    deleted: new Set(records.filter(({ type, octets }) => octets === deletion[type]).map(({ type }) => type)),
    algorithms: new Set(records.filter(({ type }) => type === 'DNSKEY').map(algorithmOf)),
  }),
)

function algorithmOf({ type, octets }: OwnedRecord): number | undefined {
  return octets?.charCodeAt(algorithmAt[type] as number)
}

function nsec3({ type, owner, ...at }: OwnedRecord): IncludeFinding[] {
  if (type !== 'NSEC3' || hashLabel.test(owner)) return []
  return [errorAt(at, `NSEC3 belongs at the hash of a name, and ${shown(owner)} is not one`)]
}
