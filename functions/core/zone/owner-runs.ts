import type { OwnedRecord } from './draft-zone.ts'
import type { Name } from './names.ts'

interface Reading {
  run: number
  owner: Name | null
  /** As it was written where the run began. */
  written: string | null
  /** The name servers of the delegation that is being read. */
  readonly servers: Set<Name>
  glue: Name | null
}

/**
 * The run that each record belongs to: BIND puts the records of one name away when another name follows, and adds those
 * that come later to them. Addresses of a delegation's name servers right behind it do not end its run. `before` is the
 * name that stands in front of the first record, of run 0; null if there is none.
 */
export function runsOf(records: readonly OwnedRecord[], before: Name | null): number[] {
  const reading: Reading = { run: 0, owner: before, written: null, servers: new Set(), glue: null }
  let glueRun = -1
  return records.map(record => {
    const isGlue = reading.glue === record.owner && record.written === null
    if (!isGlue && !continues(reading, record)) {
      if (reading.servers.has(record.owner)) {
        reading.glue = record.owner
        return glueRun--
      }
      begin(reading, record)
    } else if (!isGlue) reading.glue = null
    if (isGlue) return glueRun + 1
    if (record.type === 'NS' && record.target !== null) reading.servers.add(record.target)
    return reading.run
  })
}

function continues(reading: Reading, { owner, written }: OwnedRecord): boolean {
  if (owner !== reading.owner) return false
  // The case of letters tells runs apart, though not names.
  const differs = written !== null && reading.written !== null && written !== reading.written
  return !(differs && written.toLowerCase() === reading.written?.toLowerCase())
}

function begin(reading: Reading, { owner, written }: OwnedRecord): void {
  reading.run++
  reading.owner = owner
  reading.written = written
  reading.servers.clear()
  reading.glue = null
}
