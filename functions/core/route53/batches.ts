import type { RecordChange } from '../zone/record-set.ts'

/** Values and characters that one request may hold, an UPSERT counted twice. */
const maxValues = 1000

const maxCharacters = 32_000

/** Changes that one request carries out, all or none. */
export type Batch = readonly RecordChange[]

/** The changes as requests, in their order, each within the limits; a single change beyond them stands alone. */
export function batchesOf(changes: readonly RecordChange[]): RecordChange[][] {
  const batches: RecordChange[][] = []
  let room = { values: 0, characters: 0 }
  for (const change of changes) {
    const times = change.action === 'UPSERT' ? 2 : 1
    const values = times * change.set.values.length
    const characters = times * change.set.values.join('').length
    const last = batches.at(-1)
    if (last !== undefined && values <= room.values && characters <= room.characters) last.push(change)
    else {
      batches.push([change])
      room = { values: maxValues, characters: maxCharacters }
    }
    room = { values: room.values - values, characters: room.characters - characters }
  }
  return batches
}
