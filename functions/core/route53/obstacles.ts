import { type FoundSet, keyOf, normalRecordName } from '../zone/record-set.ts'

/** What is in the place of an address set without being one, by key; the owner's, so it is never replaced. */
export function obstaclesIn(found: readonly FoundSet[], names: readonly string[]): Map<string, string> {
  const obstacles = new Map<string, string>()
  for (const one of found) {
    const name = normalRecordName(one.name)
    if (!names.includes(name)) continue
    if (one.type === 'CNAME') {
      for (const type of ['A', 'AAAA']) obstacles.set(keyOf({ name, type }), `a CNAME record is at ${name}`)
    } else if (one.kind !== 'plain') {
      const kind = /^[aeiou]/.test(one.kind) ? `an ${one.kind}` : `a ${one.kind}`
      obstacles.set(keyOf({ name, type: one.type }), `${kind} ${one.type} record is at ${name}`)
    }
  }
  return obstacles
}
