import { draftZone, type IncludeContext } from './draft-zone.ts'
import { errorAt, type IncludeFinding, shown } from './finding.ts'
import { scanMasterFile } from './master-file.ts'
import { checkTargets } from './name-servers.ts'
import { isWithin } from './names.ts'
import { readRecords } from './records.ts'
import { normaliseName } from './zone-name.ts'
import { checkRecords } from './zone-rules.ts'

/**
 * Everything that is wrong (error) or doubtful (warning) in a zone include, in the order of the text (behaviour §7.5).
 * An include without errors makes a zone that name servers load. The context's zone must be a zone's name.
 */
export function checkInclude(text: string, context: IncludeContext): IncludeFinding[] {
  const origin = `${normaliseName(context.zone)}.`
  const file = scanMasterFile(text)
  const { records, faults } = readRecords(file, origin, context.ttl)
  const owned = records.flatMap(record => (record.owner === null ? [] : [{ ...record, owner: record.owner }]))
  const zone = draftZone(
    owned.filter(record => isWithin(record.owner, origin)),
    origin,
    context,
  )
  const findings = [
    ...[...file.faults, ...faults].map(fault => errorAt(fault, fault.message)),
    ...owned
      .filter(record => !isWithin(record.owner, origin))
      .map(record => errorAt(record, `${shown(record.owner)} is outside of the zone ${shown(origin)}`)),
    ...checkRecords(zone),
    ...checkTargets(zone),
  ]
  return findings.sort((a, b) => a.line - b.line || a.column - b.column)
}
