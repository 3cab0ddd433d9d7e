import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createImportTable } from '../../functions/adapters/table/import-table.ts'
import { createJournal } from '../../functions/adapters/table/journal.ts'
import type { RowsOf } from '../../functions/adapters/table/rows.ts'
import { createTable } from '../../functions/adapters/table/table.ts'
import { additionsOf } from '../../functions/core/legacy/additions.ts'
import { materialOf } from '../../functions/core/legacy/material.ts'
import { fetchTimes, stateText, storeText } from '../helpers/original.ts'
import { openEmbedded, type TestStore } from '../helpers/stores.ts'
import { networkOf } from '../helpers/world.ts'

// An import that is cut short after any of its writes, and done again.

let folder: string
let store: TestStore
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'edgemanage-test-'))
  store = await openEmbedded(folder)
})
afterAll(async () => {
  await store.close()
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

/** The rows of a process that is gone after this many writes; `isCut` tells whether it was. */
function cutAfter(writes: number): { readonly rows: RowsOf; readonly isCut: () => boolean } {
  let left = writes
  let isCut = false
  const guard = <T extends unknown[], R>(write: (...args: T) => Promise<R>) => {
    return async (...args: T): Promise<R> => {
      if (left-- > 0) return write(...args)
      isCut = true
      throw new Error('killed')
    }
  }
  const rows: RowsOf = (name, check) => {
    const whole = store.rows(name, check)
    return { ...whole, put: guard(whole.put), delete: guard(whole.delete), update: guard(whole.update) }
  }
  return { rows, isCut: () => isCut }
}

const importInto = (name: string, clock: () => number, rows: RowsOf = store.rows) =>
  createImportTable(rows, clock).add(name, present =>
    additionsOf(materialOf(files, network, now), present, network, now),
  )

/** All that is stored of a network. */
async function stored(name: string) {
  const { history, live, rotations, orders } = await createTable(store.rows).peek(name, 2000)
  const journal = createJournal(store.rows)
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
    const cut = cutAfter(writes)
    await importInto(name, () => now, cut.rows).catch(() => {})
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
