import type { FoundSet, RecordSet } from '../../functions/core/zone/record-set.ts'

/** A record set of one address, unless `changes` say otherwise. */
export const set = (name: string, changes: Partial<RecordSet> = {}): RecordSet => ({
  name,
  type: 'A',
  ttl: 60,
  values: ['192.0.2.1'],
  ...changes,
})

/** The same as Route 53 has it. */
export const found = (name: string, changes: Partial<FoundSet> = {}): FoundSet => ({
  ...set(name),
  kind: 'plain',
  ...changes,
})
