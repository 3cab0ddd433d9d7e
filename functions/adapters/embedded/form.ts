import type { Connection } from './connection.ts'
import { itemOf, putSql, rowOf, selected, soundRow, tableSql, valuesOf } from './row.ts'

/** The form of the database. A higher one is a later version's. */
const formVersion = 1

/** Rows that are no network's: no network has an empty name. */
export const ownNetwork = ''
const formKey = 'FORM'
export const noticePrefix = 'NOTICE#'

/** How long a notice is given with everything that is read. */
const noticeMs = 86_400_000

/** What a look at a database found: it can be used, it is damaged and how, or a later version made it. */
export type Finding =
  | { readonly state: 'sound' }
  | { readonly state: 'damaged'; readonly why: string }
  | { readonly state: 'newer' }

/** Makes the table in an empty database, with rows in it, in one transaction that the caller ends. */
export function makeForm(connection: Connection): void {
  connection.exec(tableSql)
  const form = rowOf(ownNetwork, formKey, { version: { N: String(formVersion) } })
  connection.prepare(putSql).run(...valuesOf(form))
}

/** Looks a database over: its structure, and whether it is one of ours. Throws what the database throws. */
export function examine(connection: Connection): Finding {
  const [first] = connection.prepare('PRAGMA quick_check(1)').all()
  const told = String(Object.values(first ?? {})[0])
  if (told !== 'ok') return { state: 'damaged', why: told.replace(/\s+/g, ' ') }
  const [columns] = connection
    .prepare(`SELECT ${selected} FROM items WHERE network = ? AND key = ?`)
    .all(ownNetwork, formKey)
  const isSound = columns !== undefined && soundRow(columns) !== null
  const version = isSound ? Number(itemOf(columns).version?.N) : Number.NaN
  if (version > formVersion) return { state: 'newer' }
  return version === formVersion ? { state: 'sound' } : { state: 'damaged', why: 'its first entry is not readable' }
}

/** A notice as a row; `now` in milliseconds, `at` tells several of one moment apart. */
export function noticeRow(text: string, now: number, at = 0) {
  return rowOf(ownNetwork, `${noticePrefix}${String(now).padStart(13, '0')}#${at}`, {
    text: { S: text },
    ttl: { N: String(Math.ceil((now + noticeMs) / 1000)) },
  })
}

/** The notices that are to be given at `now` (milliseconds), the oldest first. */
export function noticesIn(connection: Connection, now: number): string[] {
  const rows = connection
    .prepare(`SELECT ${selected} FROM items WHERE network = ? AND key >= ? AND key < ? ORDER BY key`)
    .all(ownNetwork, noticePrefix, `${noticePrefix}~`)
  return rows.map(itemOf).flatMap(({ text, ttl }) => (text?.S && Number(ttl?.N) * 1000 > now ? [text.S] : []))
}
