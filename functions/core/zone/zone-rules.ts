import { oncePer } from '../domain/once-per.ts'
import { cutTexts } from './cut-texts.ts'
import { cutAbove, type DraftZone, type OwnedRecord } from './draft-zone.ts'
import { errorAt, type IncludeFinding, warningAt } from './finding.ts'
import { isHostName, isOwnerOf, isWithin, type Name, shown } from './names.ts'
import { isChecked } from './rdata.ts'
import { checkSets } from './record-sets.ts'
import { hasParameter } from './service-parameters.ts'
import { signingRules } from './signing-rules.ts'

type Rule = (record: OwnedRecord, zone: DraftZone) => IncludeFinding[]

const singletons = ['CNAME', 'DNAME', 'RESINFO']
/** What may stand beside a CNAME. */
const besideCname = ['CNAME', 'KEY', 'NSEC', 'RRSIG', 'SIG']
/** The parameters of services that name addresses: `ipv4hint` and `ipv6hint`. */
const addressHints = [4, 6]
const reverseZones = ['in-addr.arpa.', 'ip6.arpa.', 'ip6.int.']
const serviceDiscovery = /^(b|db|r|dr|lb)\._dns-sd\._udp\./

/** The rules for every record, wherever it comes from. */
const rules: readonly Rule[] = [cname, singleton, wildcardNs, ownerName, reverseName, ...signingRules]
/** Those for records of an include alone. */
const includeRules: readonly Rule[] = [soa, addresses, hints, cutTexts]

/** What is wrong with records of an include, each by itself and those that share a name (behaviour §7.5). */
export function checkRecords(zone: DraftZone): IncludeFinding[] {
  return [...applied(zone, [...includeRules, ...rules]), ...unchecked(zone), ...checkSets(zone), ...lost(zone)]
}

/** The same for the records of a whole zone, where the template's own stand among them. */
export function checkWholeZone(zone: DraftZone): IncludeFinding[] {
  return [...applied(zone, rules), ...unchecked(zone), ...checkSets(zone)]
}

function applied(zone: DraftZone, all: readonly Rule[]): IncludeFinding[] {
  return zone.records.flatMap(record => all.flatMap(rule => rule(record, zone)))
}

function soa(record: OwnedRecord): IncludeFinding[] {
  return record.type === 'SOA' ? [errorAt(record, 'the SOA record comes from the zone template')] : []
}

function addresses(record: OwnedRecord, zone: DraftZone): IncludeFinding[] {
  if ((record.type !== 'A' && record.type !== 'AAAA') || !zone.published.has(record.owner)) return []
  return [errorAt(record, `the addresses of ${shown(record.owner)} are those of the live edges: remove this record`)]
}

function hints(record: OwnedRecord, zone: DraftZone): IncludeFinding[] {
  const { type, octets, owner } = record
  if ((type !== 'HTTPS' && type !== 'SVCB') || octets === null || !zone.published.has(owner)) return []
  if (!hasParameter(octets, addressHints)) return []
  return [errorAt(record, `the addresses of ${shown(owner)} are those of the live edges: no hint may name others`)]
}

function cname(record: OwnedRecord, zone: DraftZone): IncludeFinding[] {
  if (record.type !== 'CNAME') return []
  const others = [...firstByType(record, zone).keys()].some(type => !besideCname.includes(type))
  if (!others && !zone.published.has(record.owner)) return []
  return [errorAt(record, `a CNAME must be the only record, and ${shown(record.owner)} has other records`)]
}

function singleton(record: OwnedRecord, zone: DraftZone): IncludeFinding[] {
  if (!singletons.includes(record.type)) return []
  const first = firstByType(record, zone).get(record.type) as OwnedRecord
  if (sameData(first, record)) return []
  return [errorAt(record, `${shown(record.owner)} has another ${record.type} already`)]
}

function sameData(a: OwnedRecord, b: OwnedRecord): boolean {
  const words = ({ data }: OwnedRecord) => data.map(({ text }) => text.toLowerCase()).join(' ')
  return a.octets === b.octets && (a.octets !== null || words(a) === words(b))
}

function wildcardNs(record: OwnedRecord): IncludeFinding[] {
  return record.type === 'NS' && record.owner.startsWith('*.') ? [errorAt(record, 'a wildcard has no NS records')] : []
}

function ownerName(record: OwnedRecord): IncludeFinding[] {
  if (isOwnerOf(record.type, record.owner)) return []
  return [
    errorAt(record, `${shown(record.owner)} is not a host name, and name servers refuse its ${record.type} record`),
  ]
}

function reverseName({ type, owner, target, ...at }: OwnedRecord): IncludeFinding[] {
  if (type !== 'PTR' || target === null || isHostName(target) || serviceDiscovery.test(owner)) return []
  if (!reverseZones.some(zone => isWithin(owner, zone))) return []
  return [errorAt(at, `${type} points to ${shown(target)}, which is not a host name`)]
}

/** Types that nobody checks, each once: a warning where the settings take them, else an error. */
function unchecked({ records, uncheckedTypes }: DraftZone): IncludeFinding[] {
  const first = new Map<string, OwnedRecord>()
  for (const record of records) if (!isChecked(record.type) && !first.has(record.type)) first.set(record.type, record)
  return [...first].map(([type, record]) =>
    uncheckedTypes.includes(type)
      ? warningAt(record, `the data of ${type} records is not checked`)
      : errorAt(
          record,
          `${type} records cannot be checked: to publish them anyway, add ${type} to dns.unchecked_types`,
        ),
  )
}

/** The first of these records of each type. */
const firstsOf = oncePer(
  (siblings: readonly OwnedRecord[]): ReadonlyMap<string, OwnedRecord> =>
    new Map([...siblings].reverse().map(record => [record.type, record])),
)

/** The first record of each type at the name of this one, worked out once for all that stand there. */
function firstByType({ owner }: OwnedRecord, zone: DraftZone): ReadonlyMap<string, OwnedRecord> {
  return firstsOf(zone.byOwner.get(owner) as readonly OwnedRecord[])
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
