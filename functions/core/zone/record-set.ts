import { addressType, canonicalAddress, sortAddresses } from './addresses.ts'
import { parseName } from './names.ts'

/** A plain record set of addresses, in normal form: name in lower case with final dot, values sorted, `ttl` in seconds. */
export interface RecordSet {
  readonly name: string
  readonly type: 'A' | 'AAAA'
  readonly ttl: number
  readonly values: readonly string[]
}

/** A record set as Route 53 has it; `kind` is `plain`, or what it is instead (alias, weighted …). */
export interface FoundSet {
  readonly name: string
  readonly type: string
  readonly ttl: number | null
  readonly values: readonly string[]
  readonly kind: string
}

/** One change of a record set. There are no others: nothing is created or deleted that is not an address set. */
export interface RecordChange {
  readonly action: 'UPSERT' | 'DELETE'
  readonly set: RecordSet
}

/** Name and type of a set: equal keys mean the same set. */
export function keyOf({ name, type }: Pick<FoundSet, 'name' | 'type'>): string {
  return `${type} ${name}`
}

/** Whether a key is of a set at this name. */
export function isKeyAt(key: string, name: string): boolean {
  return key.endsWith(` ${name}`)
}

/** A name in normal form: lower case, final dot, and octal escapes as Route 53 writes them (`\052` is `*`) resolved. */
export function normalRecordName(name: string): string {
  const plain = name.replace(/\\([0-3][0-7]{2})/g, (spelled, octal: string) => {
    const character = String.fromCharCode(Number.parseInt(octal, 8))
    return /[!-~]/.test(character) && !/[.\\]/.test(character) ? character : spelled
  })
  return `${plain.toLowerCase().replace(/\.$/, '')}.`
}

/** The names that carry a zone's addresses: the zone itself and its rotate labels, in normal form. */
export function recordNames(zone: string, rotateLabels: readonly string[]): string[] {
  const names = ['@', ...rotateLabels].map(label => String(parseName(label, `${zone}.`).name))
  return [...new Set(names)]
}

/** The record sets of one zone (behaviour §7.1), each address once and none of them empty. Throws without addresses. */
export function desiredSets(
  zone: string,
  rotateLabels: readonly string[],
  ttl: number,
  addresses: readonly string[],
): RecordSet[] {
  if (addresses.length === 0) throw new Error(`zone ${zone} has no address: it is not to be pushed`)
  const sorted = sortAddresses(addresses)
  const types = (['A', 'AAAA'] as const).filter(type => sorted.some(address => addressType(address) === type))
  return recordNames(zone, rotateLabels).flatMap(name =>
    types.map(type => ({ name, type, ttl, values: sorted.filter(address => addressType(address) === type) })),
  )
}

/** The plain address sets among what was found, in normal form: case, final dot, escapes, order and spelling of values. */
export function plainSets(found: readonly FoundSet[]): RecordSet[] {
  return found.flatMap(({ name, type, ttl, values, kind }) => {
    if (kind !== 'plain' || (type !== 'A' && type !== 'AAAA')) return []
    const spelled = [...new Set(values.map(value => canonicalAddress(value) ?? value))]
    return [{ name: normalRecordName(name), type, ttl: ttl ?? 0, values: spelled.sort() }]
  })
}

/** Whether two sets of one key say the same. */
export function isSame(a: RecordSet, b: RecordSet): boolean {
  return a.ttl === b.ttl && [...a.values].sort().join() === [...b.values].sort().join()
}

/**
 * What makes `known` (what is there) into `desired`: UPSERTs of what differs; DELETEs of sets at the desired names that
 * are desired no more, if they are `owned` (by key: this system published them). Other sets are left alone.
 */
export function changesBetween(
  desired: readonly RecordSet[],
  known: readonly RecordSet[],
  owned: ReadonlySet<string>,
): RecordChange[] {
  const there = new Map(known.map(set => [keyOf(set), set]))
  const wanted = new Set(desired.map(keyOf))
  const names = new Set(desired.map(set => set.name))
  const upserts = desired.filter(set => {
    const old = there.get(keyOf(set))
    return old === undefined || !isSame(old, set)
  })
  const deletes = known.filter(set => names.has(set.name) && owned.has(keyOf(set)) && !wanted.has(keyOf(set)))
  return [
    ...upserts.map(set => ({ action: 'UPSERT' as const, set })),
    ...deletes.map(set => ({ action: 'DELETE' as const, set })),
  ]
}

/** The sets as they are after these changes. */
export function afterChanges(known: readonly RecordSet[], changes: readonly RecordChange[]): RecordSet[] {
  const sets = new Map(known.map(set => [keyOf(set), set]))
  for (const { action, set } of changes) {
    if (action === 'UPSERT') sets.set(keyOf(set), set)
    else sets.delete(keyOf(set))
  }
  return [...sets.values()]
}

/** A set in words for an operator: `A www.example.org 60 192.0.2.1 192.0.2.2`. */
export function wordsFor({ name, type, ttl, values }: RecordSet): string {
  return `${type} ${name.replace(/\.$/, '')} ${ttl} ${values.join(' ')}`
}
