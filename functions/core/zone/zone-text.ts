import { holds, type OwnedRecord, wholeZone } from './draft-zone.ts'
import { bounded, errorAt, type IncludeFinding } from './finding.ts'
import { readOwned } from './include.ts'
import { checkTargets } from './name-servers.ts'
import { shown } from './names.ts'
import { normaliseName } from './zone-name.ts'
import { checkWholeZone } from './zone-rules.ts'

const start = { line: 1, column: 1 }

/** The records of a whole zone, and what is wrong with it (behaviour §7.5). */
export interface CheckedZone {
  readonly records: readonly OwnedRecord[]
  readonly findings: readonly IncludeFinding[]
}

/** Checks the text of a whole zone: without errors it is one that name servers load. `zone` must be a zone's name. */
export function checkZone(text: string, zone: string, uncheckedTypes: readonly string[]): CheckedZone {
  const origin = `${normaliseName(zone)}.`
  const { records, findings } = readOwned(text, origin, 0)
  const whole = wholeZone(records, origin, uncheckedTypes)
  const soas = records.filter(({ type }) => type === 'SOA')
  const [soa, second] = soas
  const apex = [
    ...(soa === undefined ? [errorAt(start, `${shown(origin)} has no SOA record`)] : []),
    ...(soa !== undefined && soa.owner !== origin
      ? [errorAt(soa, 'the SOA record belongs at the apex of a zone')]
      : []),
    ...(second === undefined ? [] : [errorAt(second, `${shown(origin)} has another SOA record already`)]),
    ...(holds(whole, origin, 'NS') ? [] : [errorAt(start, `${shown(origin)} has no NS record`)]),
  ]
  return { records, findings: bounded([...findings, ...apex, ...checkWholeZone(whole), ...checkTargets(whole)]) }
}
