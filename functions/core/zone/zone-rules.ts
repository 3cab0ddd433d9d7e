import { cutAbove, type DraftZone, type OwnedRecord } from './draft-zone.ts'
import { errorAt, type IncludeFinding, shown, warningAt } from './finding.ts'
import { isHostName, isHostOwner, isWithin, type Name } from './names.ts'
import { isChecked } from './rdata.ts'
import { signingRules } from './signing-rules.ts'

type Rule = (record: OwnedRecord, zone: DraftZone) => IncludeFinding[]

const singletons = ['CNAME', 'DNAME']
const hostOwners = ['A', 'AAAA', 'MX']
const hostTargets = ['NS', 'MX', 'SRV']
const reverseZones = ['in-addr.arpa.', 'ip6.arpa.', 'ip6.int.']
/** BIND's defaults and DNS's own limit for the records of one type at one name. */
const mostRecords = 100
const mostOctets = 65_535

const rules: readonly Rule[] = [
  soa,
  addresses,
  cname,
  singleton,
  wildcardNs,
  ownerName,
  targetName,
  ...signingRules,
  unchecked,
  otherTtl,
]

/** What is wrong with single records of the include and with those that share a name (behaviour §7.5). */
export function checkRecords(zone: DraftZone): IncludeFinding[] {
  return [...zone.records.flatMap(record => rules.flatMap(rule => rule(record, zone))), ...sizes(zone), ...lost(zone)]
}

function soa(record: OwnedRecord): IncludeFinding[] {
  return record.type === 'SOA' ? [errorAt(record, 'the SOA record comes from the zone template')] : []
}

function addresses(record: OwnedRecord, zone: DraftZone): IncludeFinding[] {
  if ((record.type !== 'A' && record.type !== 'AAAA') || !zone.published.has(record.owner)) return []
  return [errorAt(record, `the addresses of ${shown(record.owner)} are those of the live edges: none may stand here`)]
}

function cname(record: OwnedRecord, zone: DraftZone): IncludeFinding[] {
  if (record.type !== 'CNAME') return []
  const others = siblings(record, zone).some(other => other.type !== 'CNAME')
  if (!others && !zone.published.has(record.owner)) return []
  return [errorAt(record, `a CNAME stands alone, and ${shown(record.owner)} has other records`)]
}

function singleton(record: OwnedRecord, zone: DraftZone): IncludeFinding[] {
  if (!singletons.includes(record.type)) return []
  const first = siblings(record, zone).find(other => other.type === record.type)
  if (first?.target === record.target) return []
  return [errorAt(record, `${shown(record.owner)} has another ${record.type} already`)]
}

function wildcardNs(record: OwnedRecord): IncludeFinding[] {
  return record.type === 'NS' && record.owner.startsWith('*.') ? [errorAt(record, 'a wildcard has no NS records')] : []
}

function ownerName(record: OwnedRecord): IncludeFinding[] {
  if (!hostOwners.includes(record.type) || isHostOwner(record.owner)) return []
  return [errorAt(record, `${shown(record.owner)} is no host name, and name servers refuse its ${record.type} record`)]
}

function targetName(record: OwnedRecord): IncludeFinding[] {
  const reverse = record.type === 'PTR' && reverseZones.some(zone => isWithin(record.owner, zone))
  if (record.target === null || isHostName(record.target) || !(reverse || hostTargets.includes(record.type))) return []
  return [errorAt(record, `${record.type} points to ${shown(record.target)}, which is no host name`)]
}

function unchecked(record: OwnedRecord): IncludeFinding[] {
  if (record.type === 'SOA' || isChecked(record.type)) return []
  return [warningAt(record, `the data of ${record.type} records is not checked`)]
}

function otherTtl(record: OwnedRecord, zone: DraftZone): IncludeFinding[] {
  const apexNs = record.type === 'NS' && record.owner === zone.origin
  const first = siblings(record, zone).find(other => other.type === record.type)
  const ttl = apexNs ? zone.ttl : first?.ttl
  if (record.ttl === ttl) return []
  return [
    warningAt(
      record,
      `the first ${record.type} record of ${shown(record.owner)} has another TTL, which is used for all`,
    ),
  ]
}

function siblings(record: OwnedRecord, zone: DraftZone): readonly OwnedRecord[] {
  return zone.byOwner.get(record.owner) as readonly OwnedRecord[]
}

function sizes(zone: DraftZone): IncludeFinding[] {
  const totals = new Map<string, { count: number; octets: number }>()
  return zone.records.flatMap(record => {
    const key = `${record.owner} ${record.type}`
    const before = totals.get(key) ?? { count: 0, octets: 0 }
    const total = { count: before.count + 1, octets: before.octets + record.octets + 4 }
    totals.set(key, total)
    const what = `the ${record.type} records of ${shown(record.owner)}`
    if (total.count === mostRecords + 1) return [errorAt(record, `${what} are more than ${mostRecords}`)]
    const overflows = before.octets <= mostOctets && total.octets > mostOctets
    return overflows ? [errorAt(record, `${what} are longer than ${mostOctets} octets together`)] : []
  })
}

/** Published names for which the zone does not answer itself any more. */
function lost(zone: DraftZone): IncludeFinding[] {
  return [...zone.published].flatMap(name => {
    const cut = cutAbove(zone, name)
    const record = zone.records.find(({ owner, type }) => owner === cut?.at && type === cut?.type)
    return record === undefined ? [] : [warningAt(record, hides(name, record))]
  })
}

function hides(name: Name, record: OwnedRecord): string {
  return `this ${record.type} record hides the published addresses of ${shown(name)}`
}
