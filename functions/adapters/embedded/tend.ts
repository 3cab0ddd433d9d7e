import { type Columns, type Connection, isDamage } from './connection.ts'
import { noticeRow, ownNetwork } from './form.ts'
import { bytesOf, itemOf, keyIn, networkIn, putSql, rowOf, selected, soundRow, valuesOf } from './row.ts'
import { atOnce, patiently } from './transaction.ts'

/** This many expired items are deleted at once; the others follow. */
const maxExpired = 500

/** Keys under which items are found; samples and averages are checked when they are read. */
const knownKeys =
  /^(STATE|FREEZE|DESIRED|IMPORTED)$|^(ADDRESS|CORRUPT|DESIRED|HOUR|LIVE|LOG|ORDER|ROSTER|ROTATION|RUN|SINCE|ZONES)#/

/** Keys of what is many and large. */
const bulk = "(key BETWEEN 'HOUR#' AND 'HOUR#~' OR key BETWEEN 'RUN#' AND 'RUN#~')"

/**
 * Deletes items whose time is over, and looks for damaged ones that nobody would find under the key they have now: they
 * are set aside and a notice tells it (behaviour §8.5). `now`: milliseconds.
 */
export async function tend(connection: Connection, now: number): Promise<void> {
  const seconds = Math.floor(now / 1000)
  const [lost, expired] = await patiently(() => [
    strays(connection),
    connection.prepare(`SELECT ${selected} FROM items WHERE ttl <= ? LIMIT ${maxExpired}`).all(seconds),
  ])
  // One that is damaged may have another time than it was given.
  const over = (expired ?? []).filter(columns => soundRow(columns) !== null)
  if (lost?.length === 0 && over.length === 0) return
  await patiently(() => atOnce(connection, () => remove(connection, lost ?? [], over, now)))
}

function remove(connection: Connection, lost: readonly Columns[], over: readonly Columns[], now: number): void {
  // By their bytes, whatever their type has become.
  const del = connection.prepare('DELETE FROM items WHERE CAST(network AS BLOB) = ? AND CAST(key AS BLOB) = ?')
  const put = connection.prepare(putSql)
  for (const { networkRead, keyRead } of over) del.run(bytesOf(networkRead), bytesOf(keyRead))
  for (const [at, columns] of lost.entries()) {
    const [network, key] = [networkIn(columns), keyIn(columns)]
    del.run(bytesOf(columns.networkRead), bytesOf(columns.keyRead))
    put.run(...valuesOf(rowOf(ownNetwork, `CORRUPT#${now}#${at}#${network}#${key}`, itemOf(columns))))
  }
  if (lost.length > 0) put.run(...valuesOf(noticeRow(strayNotice(lost), now, lost.length)))
}

function strayNotice(lost: readonly Columns[]): string {
  const names = lost.map(columns => JSON.stringify(`${networkIn(columns)} ${keyIn(columns)}`)).slice(0, 5)
  const more = lost.length > names.length ? ` and ${lost.length - names.length} more` : ''
  return `the database is damaged: stored items of which not even the key can be read were set aside (${names.join(', ')}${more}); one may have been an order: see "edgemanage query", and give what is missing again`
}

/** Damaged items whose network has no sound item, or whose key is of no kind. */
function strays(connection: Connection): Columns[] {
  const rows = connection.prepare(`SELECT ${selected} FROM items WHERE NOT ${bulk}`).all()
  const damaged = rows.filter(columns => soundRow(columns) === null)
  if (damaged.length === 0) return []
  const networks = new Set(rows.flatMap(columns => soundRow(columns)?.network ?? []))
  return damaged.filter(columns => !networks.has(networkIn(columns)) || !knownKeys.test(keyIn(columns)))
}

/** What a reader, who writes nothing, has to say of damaged items that nobody would find. */
export function strayNotices(connection: Connection): string[] {
  try {
    const lost = strays(connection)
    return lost.length === 0 ? [] : [strayNotice(lost)]
  } catch (error) {
    if (isDamage(error)) return []
    throw error
  }
}
