import { randomBytes } from 'node:crypto'
import type { Desired, Pointer } from '../../core/config/pointer.ts'
import type { Configurations } from '../../cycle/ports/configurations.ts'
import { decodeEvent, desiredIn, encodeEvent, encodePointer, encodeTaken } from './desired-items.ts'
import { desiredKey, freezeKey, logKey, logPrefix, takenKey } from './keys.ts'
import type { Condition, Rows, RowsOf } from './rows.ts'
import { setAside } from './set-aside.ts'

/** Entries of the log are kept for two years. */
const keptMs = 2 * 366 * 86_400_000
/** Orders have entries, too: that many are looked through. */
const maxEntries = 1_000

/** The pointers to configurations in the table. */
export function createConfigurations(rows: RowsOf): Configurations {
  return {
    newId: () => randomBytes(8).toString('hex'),
    read: async network => desiredIn(await rows(network).list('', undefined, { from: desiredKey, to: freezeKey })),
    move: (network, pointer, over) => move(rows(network), pointer, over),
    take: (network, taken) => rows(network).put(takenKey, encodeTaken(taken)),
    enter: (network, event) =>
      rows(network).put(logKey(event.at, event.what, event.hash), encodeEvent(event, event.at + keptMs)),
    log: async (network, limit) => {
      const items = await rows(network).list(logPrefix, Math.max(limit, maxEntries))
      return items.flatMap(item => decodeEvent(item) ?? []).slice(0, limit)
    },
  }
}

async function move(rows: Rows, pointer: Pointer, over: Desired['pointer']): Promise<boolean> {
  const when = over === 'unreadable' ? await unreadable(rows) : over === null ? absent : isText('id', over.id)
  const done = await rows.update(desiredKey, { when, set: encodePointer(pointer) })
  if (done !== null) return true
  // The first answer may have been lost, and the client asked again.
  const now = desiredIn(await rows.list('', undefined, { from: desiredKey, to: freezeKey })).pointer
  return now !== null && now !== 'unreadable' && now.id === pointer.id
}

const absent: Condition = { is: 'absent', attribute: 'id' }

function isText(attribute: 'id' | 'body', text: string): Condition {
  return { is: 'text', attribute, text }
}

/** Keeps a copy of an item that cannot be read, and says how to replace just that. */
async function unreadable(rows: Rows): Promise<Condition> {
  const old = await rows.get(desiredKey)
  if (old === null) return absent
  await setAside(rows, [{ item: old, stays: true, warning: '' }])
  if (old.body?.S !== undefined) return isText('body', old.body.S)
  await rows.delete(desiredKey)
  return absent
}
