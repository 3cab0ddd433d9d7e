import { type DraftZone, holds, type OwnedRecord } from './draft-zone.ts'
import { errorAt, type IncludeFinding, shown } from './finding.ts'

/** The data of the records that ask the parent to forget a zone's keys (RFC 8078 §4), blanks left out. */
const deletion: Readonly<Record<string, RegExp>> = {
  CDS: /^(0{5,}|\\#0*50{10})$/,
  CDNSKEY: /^(0+30+AA==|\\#0*50{5}30{4})$/,
}
const hashLabel = /^[0-9a-v]{32}\./

/** Records of signed zones that name servers refuse for their place alone; their data is not checked (behaviour §7.5). */
export const signingRules = [ds, announced, nsec3]

function ds(record: OwnedRecord, zone: DraftZone): IncludeFinding[] {
  if (record.type !== 'DS' || record.owner !== zone.origin) return []
  return [errorAt(record, 'a DS record stands above a zone, not at its own name')]
}

function announced(record: OwnedRecord, zone: DraftZone): IncludeFinding[] {
  const { type, owner, data } = record
  const isDeletion = deletion[type]?.test(data.map(({ text }) => text).join('')) ?? true
  if (isDeletion || owner !== zone.origin || holds(zone, owner, 'DNSKEY')) return []
  return [errorAt(record, `${type} announces a key, and ${shown(owner)} has no DNSKEY record`)]
}

function nsec3({ type, owner, ...at }: OwnedRecord): IncludeFinding[] {
  if (type !== 'NSEC3' || hashLabel.test(owner)) return []
  return [errorAt(at, `NSEC3 stands at the hash of a name, which ${shown(owner)} is not`)]
}
