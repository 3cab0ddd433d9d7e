import type { DraftZone, OwnedRecord } from './draft-zone.ts'
import { errorAt, type IncludeFinding, warningAt } from './finding.ts'
import { nameOctets } from './name-fields.ts'
import { shown } from './names.ts'
import { runsOf } from './owner-runs.ts'

/** BIND's default for the records of one type at one name: a warning tells of more addresses (`edge_count`). */
const maxRecords = 100
/** Its limit for their data, each with two octets before it: a whole set fits into a message, behind what heads one. */
const maxOctets = 65_512

/** The records of one type at one name, as BIND puts them together while it reads a zone. */
interface RecordSet {
  readonly records: OwnedRecord[]
  /** The data of the runs before this one, each once. */
  readonly stored: Set<string>
  /** The data of this run, each once. */
  readonly current: Set<string>
  octets: number
  run: number
  /** Records of this run, with those that are there twice. */
  runRecords: number
  /** Of the first record of this run: BIND gives it to all records, those of the runs before, too. */
  ttl: number
  isFull: boolean
}

/** What is wrong with records that make a set: too many, too long, or with TTLs of which only one will hold. */
export function checkSets(zone: DraftZone): IncludeFinding[] {
  const sets = new Map<string, RecordSet>()
  const runs = runsOf(zone.records, zone.before)
  const limits = zone.records.flatMap((record, at) => {
    const key = `${record.owner} ${record.type} ${coveredType(record)}`
    const set = sets.get(key) ?? newSet(record, zone)
    sets.set(key, set)
    return add(set, record, runs[at] as number, zone.isWhole ? Number.POSITIVE_INFINITY : maxRecords)
  })
  return [...limits, ...[...sets.values()].flatMap(set => otherTtls(set, zone))]
}

/** Signatures are sets of their own by what they cover. */
function coveredType({ type, data }: OwnedRecord): string {
  return type === 'RRSIG' || type === 'SIG' ? (data[0]?.text.toUpperCase() ?? '') : ''
}

function newSet({ type, owner }: OwnedRecord, zone: DraftZone): RecordSet {
  const current = new Set(type === 'NS' && owner === zone.origin ? zone.nameServers.map(nameOctets) : [])
  const octets = [...current].reduce((sum, data) => sum + data.length + 2, 0)
  return {
    records: [],
    stored: new Set(),
    current,
    octets,
    run: current.size === 0 ? -1 : 0,
    runRecords: current.size,
    ttl: zone.ttl,
    isFull: false,
  }
}

function add(set: RecordSet, record: OwnedRecord, run: number, most: number): IncludeFinding[] {
  if (run !== set.run) {
    for (const data of set.current) set.stored.add(data)
    set.current.clear()
    Object.assign(set, { run, runRecords: 0, ttl: record.ttl })
  }
  set.records.push(record)
  set.runRecords++
  // Data that is not known is taken for data that is nowhere else, and for short.
  const data = record.octets ?? `${record.line}:${record.column}`
  if (record.octets !== null && !set.stored.has(data) && !set.current.has(data)) set.octets += data.length + 2
  set.current.add(data)
  const isMany = set.runRecords > most || set.stored.size + set.current.size > most
  if (set.isFull || !(isMany || set.octets > maxOctets)) return []
  set.isFull = true
  const limit = isMany ? `more than ${most}` : `longer than ${maxOctets} octets together`
  return [errorAt(record, `${what(record)} are ${limit}`)]
}

function what({ type, owner }: OwnedRecord): string {
  return `the ${type} records of ${shown(owner)}`
}

function otherTtls({ records, ttl }: RecordSet, zone: DraftZone): IncludeFinding[] {
  const [first] = records as [OwnedRecord]
  const own = first.type === 'NS' && first.owner === zone.origin && zone.nameServers.length > 0 ? [zone.ttl] : []
  const all = [...new Set([...own, ...records.map(record => record.ttl)])]
  const other = records.find(record => record.ttl !== all[0])
  if (other === undefined) return []
  return [warningAt(other, `${what(other)} have different TTLs (${listed(all)}): BIND gives all of them ${ttl}`)]
}

function listed(ttls: readonly number[]): string {
  const shownTtls = ttls.slice(0, 3).join(', ')
  return ttls.length > 3 ? `${shownTtls}, …` : shownTtls
}
