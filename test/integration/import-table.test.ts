import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createImportTable } from '../../functions/adapters/table/import-table.ts'
import { createJournal } from '../../functions/adapters/table/journal.ts'
import { createTable } from '../../functions/adapters/table/table.ts'
import { additionsOf } from '../../functions/core/legacy/additions.ts'
import { materialOf } from '../../functions/core/legacy/material.ts'
import { type EmbeddedTable, openEmbeddedTable } from '../../infra/sample/embedded-table.ts'
import { fetchTimes, stateText, storeText } from '../helpers/original.ts'
import { networkOf } from '../helpers/world.ts'

// An import that is cut short after any of its writes, and done again.

let folder: string
let embedded: EmbeddedTable
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'edgemanage-test-'))
  const opened = await openEmbeddedTable(folder, 0)
  if (opened.taken) throw new Error('taken')
  embedded = opened
})
afterAll(async () => {
  await embedded.close()
  rmSync(folder, { recursive: true })
})

const now = Date.now()
const network = networkOf(['a', 'b', 'c', 'd'])
const files = {
  stores: new Map([
    [
      'a',
      storeText({ fetch_times: fetchTimes(now, [0.2, 0.3, 0.4]), mode: 'force', state_entry_time: now / 1000 - 9 }),
    ],
    [
      'b',
      storeText({ fetch_times: fetchTimes(now, [0.5, 10]), historical_average: { [`${now / 1000 - 7200}`]: 0.4 } }),
    ],
    ['c', ''],
    ['d', storeText({ state_entry_time: now / 1000 - 99 })],
  ]),
  state: stateText({ last_live: ['a', 'b'], rotation_list: [now / 1000 - 30, now / 1000 - 300] }),
}

/** Lets so many writes pass; every later one is as if the process were gone. Answers whether one was. */
function cutAfter(client: DynamoDBClient, writes: number) {
  let left = writes
  let isCut = false
  client.middlewareStack.add(
    ((next: (args: object) => Promise<object>, context: { commandName?: string }) => async (args: object) => {
      const isWrite = /^(Put|Update|Delete)/.test(context.commandName ?? '')
      if (isWrite && left-- <= 0) {
        isCut = true
        throw new Error('killed')
      }
      return next(args)
    }) as never,
    { step: 'initialize', name: 'cut', override: true },
  )
  return { isCut: () => isCut, end: () => void client.middlewareStack.remove('cut') }
}

const importInto = (name: string, clock: () => number) =>
  createImportTable(embedded.client, embedded.tableName, clock).add(name, present =>
    additionsOf(materialOf(files, network, now), present, network, now),
  )

/** All that is stored of a network. */
async function stored(name: string) {
  const { history, live, rotations, orders } = await createTable(embedded.client, embedded.tableName).peek(name, 2000)
  const journal = createJournal(embedded.client, embedded.tableName)
  return {
    samples: [...history.edges],
    runs: history.runs.map(({ time, entries, roster }) => [time, roster.id, [...entries]]),
    ...{ live, rotations },
    orders: [...orders].map(([edge, order]) => [edge, order === 'unreadable' ? order : order.mode]),
    hours: await journal.hours(name, 100),
    rotationItems: (await journal.rotations(name, 100)).map(({ time }) => time),
    since: [...(await journal.availableSince(name))],
  }
}

test('an import that is cut short anywhere and done again loses nothing and has nothing twice', async () => {
  await importInto('whole', () => now)
  const whole = await stored('whole')
  expect(whole).toMatchObject({
    live: ['a', 'b'],
    orders: [
      ['a', 'force'],
      ['c', 'unavailable'],
    ],
    since: [['d', Math.floor(now - 99_000)]],
  })
  expect([whole.runs.length, whole.hours.length, whole.rotations.length, whole.rotationItems.length]).toEqual([
    3, 1, 2, 2,
  ])
  let wasCut = true
  for (let writes = 0; wasCut; writes++) {
    const name = `cut-${writes}`
    const cut = cutAfter(embedded.client, writes)
    await importInto(name, () => now).catch(() => {})
    cut.end()
    wasCut = cut.isCut()
    // The lease of who is gone ends by itself.
    await importInto(name, () => now + 71_000)
    expect(await stored(name), `after ${writes} writes`).toEqual(whole)
    const again = await importInto(name, () => now + 142_000)
    expect(again).toMatchObject({
      given: [],
      lifted: [],
      additions: { runs: [], hours: [], rotations: [], live: null },
    })
    expect(writes).toBeLessThan(60)
  }
}, 120_000)
