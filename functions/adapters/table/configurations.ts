import { randomBytes } from 'node:crypto'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { Desired, Pointer } from '../../core/config/pointer.ts'
import type { Configurations } from '../../cycle/ports/configurations.ts'
import { decodeEvent, desiredIn, encodeEvent, encodePointer, encodeTaken } from './desired-items.ts'
import { desiredKey, freezeKey, logKey, logPrefix, takenKey } from './keys.ts'
import { type Item, type Rows, rowsOf } from './rows.ts'
import { setAside } from './set-aside.ts'

/** Entries of the log are kept for two years. */
const keptMs = 2 * 366 * 86_400_000
/** Orders have entries, too: so many are looked through. */
const mostEntries = 1_000

/** The pointers to configurations in a table on DynamoDB. */
export function createConfigurations(client: DynamoDBClient, tableName: string): Configurations {
  const rows = (network: string) => rowsOf(client, tableName, network)
  return {
    newId: () => randomBytes(8).toString('hex'),
    read: async network => desiredIn(await rows(network).list('', undefined, { from: desiredKey, to: freezeKey })),
    move: (network, pointer, over) => move(rows(network), pointer, over),
    take: (network, taken) => rows(network).put(takenKey, encodeTaken(taken)),
    enter: (network, event) => rows(network).put(logKey(event.at, event.what), encodeEvent(event, event.at + keptMs)),
    log: async (network, limit) => {
      const items = await rows(network).list(logPrefix, Math.max(limit, mostEntries))
      return items.flatMap(item => decodeEvent(item) ?? []).slice(0, limit)
    },
  }
}

/** What an update insists on: an attribute is absent, or is this text. */
interface Insist {
  readonly attribute: 'id' | 'body'
  readonly text: string | null
}

async function move(rows: Rows, pointer: Pointer, over: Desired['pointer']): Promise<boolean> {
  const insist: Insist =
    over === 'unreadable' ? await unreadable(rows) : { attribute: 'id', text: over === null ? null : over.id }
  const { id, body } = encodePointer(pointer)
  const done = await rows.update(desiredKey, {
    expression: 'SET #id = :id, #body = :body',
    condition: insist.text === null ? `attribute_not_exists(#${insist.attribute})` : `#${insist.attribute} = :over`,
    names: { '#id': 'id', '#body': 'body' },
    values: { ':id': id, ':body': body, ...(insist.text === null ? {} : { ':over': { S: insist.text } }) } as Item,
  })
  if (done !== null) return true
  // The first answer may have been lost, and the client asked again.
  const now = desiredIn(await rows.list('', undefined, { from: desiredKey, to: freezeKey })).pointer
  return now !== null && now !== 'unreadable' && now.id === pointer.id
}

/** Keeps a copy of an item that cannot be read, and says how to replace just that. */
async function unreadable(rows: Rows): Promise<Insist> {
  const old = await rows.get(desiredKey)
  if (old === null) return { attribute: 'id', text: null }
  await setAside(rows, [{ item: old, stays: true, warning: '' }])
  if (old.body?.S !== undefined) return { attribute: 'body', text: old.body.S }
  await rows.delete(desiredKey)
  return { attribute: 'id', text: null }
}
