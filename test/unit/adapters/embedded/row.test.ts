import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { connect } from '../../../../functions/adapters/embedded/connection.ts'
import { makeForm } from '../../../../functions/adapters/embedded/form.ts'
import { itemOf, putSql, rowOf, selected, soundRow, valuesOf } from '../../../../functions/adapters/embedded/row.ts'

const item = {
  d: { B: Buffer.from([0, 255, 10]) },
  ttl: { N: '1790000000' },
  b: { B: Buffer.from('x') },
  t: { S: 'é"' },
}
const keys = { pk: { S: 'NETWORK#net' }, sk: { S: 'RUN#1' } }

async function read(change = '') {
  const connection = await connect(null)
  makeForm(connection)
  connection.prepare(putSql).run(...valuesOf(rowOf('net', 'RUN#1', item)))
  if (change !== '') connection.exec(`UPDATE items SET ${change} WHERE network = 'net'`)
  const [columns = {}] = connection.prepare(`SELECT ${selected} FROM items WHERE key = 'RUN#1'`).all()
  connection.close()
  return columns
}

test('an item comes back as it was put', async () => {
  expect(itemOf(await read())).toEqual({ ...keys, ...item, d: { B: new Uint8Array([0, 255, 10]) } })
})

test('the longest bytes of an item are kept as bytes, whichever attribute has them', () => {
  const long = new Uint8Array(5000).fill(7)
  const row = rowOf('net', 'RUN#1', { r: { B: long }, b: { B: Buffer.from('x') }, x: { S: 'y' } })
  expect(row.bytes).toBe(long)
  expect(row.attributes.length).toBeLessThan(100)
  expect(rowOf('net', 'RUN#1', { x: { S: 'y' } }).bytes).toBeNull()
  const twice = rowOf('net', 'RUN#1', { r: { B: long }, s: { B: long } })
  expect(JSON.parse(twice.attributes)).toEqual({ r: { B: null }, s: { B: Buffer.from(long).toString('base64') } })
})

test('bytes of which an earlier version did not say to whom they belong are those of `d`', async () => {
  const { network, key, ttl } = rowOf('net', 'RUN#1', item)
  const attributes = '{"ttl":{"N":"1790000000"}}'
  const bytes = new Uint8Array([1, 2])
  const sum = crc32(bytes, crc32(JSON.stringify([network, key, ttl, attributes])))
  const columns = {
    networkRead: 'net',
    keyRead: key,
    ttlRead: ttl,
    sumRead: sum,
    attributesRead: attributes,
    bytesRead: bytes,
  }
  const asBytes = Object.entries(columns).map(([name, value]) => [
    name,
    typeof value === 'string' ? Buffer.from(value) : value,
  ])
  expect(itemOf(Object.fromEntries(asBytes))).toEqual({
    ...keys,
    ttl: { N: '1790000000' },
    d: { B: bytes },
  })
})

test.each([
  'ttl = 1',
  'ttl = NULL',
  "sum = 'x'",
  "attributes = '{}'",
  'attributes = 7',
  "attributes = CAST(x'ff00fe' AS TEXT)",
  'attributes = zeroblob(9)',
  'bytes = NULL',
  'bytes = 5',
  "bytes = x'00ff0b'",
  "network = CAST(x'ff' AS TEXT)",
])('one of which a part has changed (%s) is no sound one, and keeps its key', async change => {
  const columns = await read(change)
  expect(soundRow(columns)).toBeNull()
  expect(itemOf(columns)).toMatchObject({ sk: { S: 'RUN#1' }, damaged: { S: expect.anything() } })
})
