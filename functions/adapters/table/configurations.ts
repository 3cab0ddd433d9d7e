import { randomBytes } from 'node:crypto'
import type { ConfigEvent, Desired, Pointer } from '../../core/config/pointer.ts'
import { configOfEntry, entryOfConfig } from '../../core/inspect/config-entry.ts'
import type { Configurations } from '../../cycle/ports/configurations.ts'
import { desiredIn, encodePointer, encodeTaken } from './desired-items.ts'
import { desiredKey, freezeKey, takenKey } from './keys.ts'
import { putLog, readLog } from './log-items.ts'
import type { Condition, Rows, RowsOf } from './rows.ts'
import { setAside } from './set-aside.ts'

/** How many entries are looked through: orders have entries, too. */
const maxEntries = 1_000

/** The pointers to configurations in the table. */
export function createConfigurations(rows: RowsOf): Configurations {
  return {
    newId: () => randomBytes(8).toString('hex'),
    read: async network => desiredIn(await rows(network).list('', undefined, { from: desiredKey, to: freezeKey })),
    move: (network, pointer, over) => move(rows(network), pointer, over),
    take: (network, taken) => rows(network).put(takenKey, encodeTaken(taken)),
    enter: (network, event) => putLog(rows(network), entryOfConfig(event)),
    log: (network, limit) => readConfigurationLog(rows(network), limit),
  }
}

/** The newest `limit` entries about a network's configurations, newest first; unreadable ones are left out. */
export async function readConfigurationLog(rows: Rows, limit: number): Promise<ConfigEvent[]> {
  const entries = await readLog(rows, Math.max(limit, maxEntries), 0)
  return entries.flatMap(entry => configOfEntry(entry) ?? []).slice(0, limit)
}

async function move(rows: Rows, pointer: Pointer, over: Desired['pointer']): Promise<boolean> {
  const when = over === 'unreadable' ? await unreadable(rows) : over === null ? absent : isText('id', over.id)
  if (when === null) return false
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

/** Keeps a copy of an item that cannot be read, and says how to replace just that; null where somebody has replaced it. */
async function unreadable(rows: Rows): Promise<Condition | null> {
  const old = await rows.get(desiredKey)
  if (old === null) return absent
  if (desiredIn([{ ...old, sk: { S: desiredKey } }]).pointer !== 'unreadable') return null
  await setAside(rows, [{ item: old, stays: true, warning: '' }])
  if (old.body?.S !== undefined) return isText('body', old.body.S)
  // Not deleted: that is no right of operators, and until the pointer is moved there would seem to have been none.
  await rows.put(desiredKey, {})
  return absent
}
