import { draftZone, type IncludeContext, type OwnedRecord } from './draft-zone.ts'
import { bounded, errorAt, type IncludeFinding } from './finding.ts'
import { scanMasterFile } from './master-file.ts'
import { checkTargets } from './name-servers.ts'
import { isWithin, type Name, shown } from './names.ts'
import { readRecords } from './records.ts'
import { normaliseName } from './zone-name.ts'
import { checkRecords } from './zone-rules.ts'

/**
 * What is wrong (error) or doubtful (warning) in a zone include, in the order of the text (behaviour §7.5): of each the
 * first twenty, and how many there are beyond. An include without errors makes a zone that name servers load. The
 * context's zone must be a zone's name.
 */
export function checkInclude(text: string, context: IncludeContext): IncludeFinding[] {
  const origin = `${normaliseName(context.zone)}.`
  const { records, findings } = readOwned(text, origin, context.ttl)
  const zone = draftZone(records, origin, context)
  return bounded([...findings, ...checkRecords(zone), ...checkTargets(zone)])
}

/** The records of a text that belong to the zone, and what is wrong with its form and with all others. */
export function readOwned(
  text: string,
  origin: Name,
  ttl: number,
): { readonly records: readonly OwnedRecord[]; readonly findings: readonly IncludeFinding[] } {
  const file = scanMasterFile(text)
  const { records, faults } = readRecords(file, origin, ttl)
  const owned = records.flatMap(record => (record.owner === null ? [] : [{ ...record, owner: record.owner }]))
  return {
    records: owned.filter(record => isWithin(record.owner, origin)),
    findings: [
      ...[...file.faults, ...faults].map(fault => errorAt(fault, fault.message)),
      ...owned
        .filter(record => !isWithin(record.owner, origin))
        .map(record => errorAt(record, `${shown(record.owner)} is outside of the zone ${shown(origin)}`)),
    ],
  }
}
