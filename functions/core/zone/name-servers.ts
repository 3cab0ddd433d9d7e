import { canonicalAddress } from './addresses.ts'
import { cutAbove, type DraftZone, hasAddress, holds, type OwnedRecord } from './draft-zone.ts'
import { errorAt, type IncludeFinding, warningAt } from './finding.ts'
import { checkGlue } from './glue.ts'
import type { Place } from './master-file.ts'
import { ancestors, isWithin, type Name, shown } from './names.ts'

const start: Place = { line: 1, column: 1 }

/** Whether everyone whom NS, MX and SRV records name inside the zone is to be found there (behaviour §7.5). */
export function checkTargets(zone: DraftZone): IncludeFinding[] {
  return [
    ...zone.nameServers.flatMap(name => checkNameServer(zone, name, start)),
    ...zone.records.flatMap(record => (record.target === null ? [] : checkTarget(zone, record, record.target))),
    ...checkGlue(zone),
  ]
}

function checkTarget(zone: DraftZone, record: OwnedRecord, target: Name): IncludeFinding[] {
  if (!['NS', 'MX', 'SRV'].includes(record.type)) return []
  const doubts =
    canonicalAddress(shown(target)) === null ? [] : [warningAt(record, `${record.type} wants a name, not an address`)]
  if (record.type === 'NS') return [...doubts, ...checkNameServer(zone, target, record)]
  const elsewhere = !isWithin(target, zone.origin) || cutAbove(zone, target) !== null
  if (elsewhere || hasAddress(zone, target)) return doubts
  return [...doubts, warningAt(record, `${record.type} points to ${shown(target)}, which has no address`)]
}

function checkNameServer(zone: DraftZone, name: Name, at: Place): IncludeFinding[] {
  if (!isWithin(name, zone.origin)) return []
  const alias = ancestors(name, zone.origin).find(above => holds(zone, above, 'DNAME'))
  if (alias !== undefined) return [errorAt(at, `the name server ${shown(name)} is below a DNAME, ${shown(alias)}`)]
  if (hasAddress(zone, name)) return []
  return [errorAt(at, `the name server ${shown(name)} is inside the zone and has no address (A or AAAA)`)]
}
