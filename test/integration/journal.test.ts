import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createJournal } from '../../functions/adapters/table/journal.ts'
import { createTable } from '../../functions/adapters/table/table.ts'
import { noCircumstances, packEntry, type Run, rosterOf } from '../../functions/core/history/run.ts'
import type { Recording } from '../../functions/cycle/ports/ports.ts'
import { stores, type TestStore } from '../helpers/stores.ts'

const network = 'net'
const noRecords = { zones: new Map(), namedConf: null, liveList: null }
const hour = 3_600_000
const start = Date.UTC(2026, 0, 1)

let folder: string
let store: TestStore
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'edgemanage-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const journalAt = (now: number) => createJournal(store.rows, () => now)

/** A cycle at `now` in which `a` is live with an average of 0.5 s, having replaced `b`. */
async function cycleAt(now: number): Promise<void> {
  const table = createTable(store.rows, () => now)
  const begun = await table.begin({ network, now, leaseSeconds: 70, force: false, samples: 10 })
  if (begun.status !== 'begun') throw new Error(begun.status)
  const entry = packEntry({ outcome: 'ok', judgement: 'pass', micros: 500_000, live: true })
  const run: Run = {
    time: now,
    roster: rosterOf(['a', 'b'], ['c']),
    entries: new Uint32Array(3).fill(entry),
    killed: false,
    timeoutMicros: 10_000_000,
    configuration: null,
    circumstances: noCircumstances,
  }
  const average = { sumMicros: 1_000_000, count: 2 }
  const rotation = { time: now, in: [{ edge: 'a', reason: 'fast' }], out: [{ edge: 'b', reason: 'slow' }] }
  const recording: Recording = {
    run,
    hour: { time: now, edges: new Map([['a', average]]), canaries: new Map([['c', average]]) },
    addresses: null,
    intents: { live: ['a'], rotations: [now], rotation, zones: new Map(), namedConf: null, liveList: null },
    keepUntil: now + 1e9,
  }
  await table.record(begun.lease, recording)
  await table.finish(begun.lease, { now, status: 'ok', live: ['a'], rotations: [now], records: noRecords })
}

describe.each(stores)('on %s', (_, open) => {
  beforeEach(async () => {
    store = await open(folder)
  })
  afterEach(() => store.close())

  test('an untouched network has nothing to tell', async () => {
    const journal = journalAt(start)
    expect(await journal.overview(network, 10)).toMatchObject({
      leaseUntil: null,
      lastStart: null,
      lastCycle: null,
      lastStatus: null,
    })
    expect(await journal.rotations(network, 10)).toEqual([])
    expect(await journal.hours(network, 10)).toEqual([])
  })

  test('it tells the state, the rotations newest first, and the hours oldest first', async () => {
    await cycleAt(start)
    await cycleAt(start + hour)
    const journal = journalAt(start + hour + 1)
    const { stored, ...rest } = await journal.overview(network, 1)
    expect(stored.live).toEqual(['a'])
    expect(stored.history.runs.map(run => run.time)).toEqual([start + hour])
    expect(rest).toEqual({ leaseUntil: null, lastStart: start + hour, lastCycle: start + hour, lastStatus: 'ok' })
    expect((await journal.rotations(network, 10)).map(({ time }) => time)).toEqual([start + hour, start])
    expect(await journal.rotations(network, 1)).toEqual([
      { time: start + hour, in: [{ edge: 'a', reason: 'fast' }], out: [{ edge: 'b', reason: 'slow' }] },
    ])
    const averages = { edges: new Map([['a', 0.5]]), canaries: new Map([['c', 0.5]]) }
    expect(await journal.hours(network, 10)).toEqual([
      { time: start, ...averages },
      { time: start + hour, ...averages },
    ])
  })

  test('runs and hours are told from a time on, the newest of them first to be kept', async () => {
    for (const at of [0, 1, 2]) await cycleAt(start + at * hour)
    const journal = journalAt(start + 2 * hour)
    const times = async (limit: number, from: number, to?: number) =>
      (await journal.runs(network, limit, from, to)).map(({ time }) => time - start)
    expect(await times(10, 0)).toEqual([0, hour, 2 * hour])
    expect(await times(10, start + hour)).toEqual([hour, 2 * hour])
    expect(await times(10, start + hour + 1)).toEqual([2 * hour])
    expect(await times(2, -1)).toEqual([hour, 2 * hour])
    expect(await times(10, 0, start + hour)).toEqual([0, hour])
    expect(await times(1, 0, start + 2 * hour - 1)).toEqual([hour])
    expect(await times(10, 0, start - 1)).toEqual([])
    expect((await journal.hours(network, 10, start + hour)).map(({ time }) => time - start)).toEqual([hour, 2 * hour])
  })

  test('zones are left out where nobody asks for them', async () => {
    await cycleAt(start)
    await store.rows(network).put('ZONES#0', { d: { S: 'nonsense' } })
    const journal = journalAt(start)
    expect((await journal.overview(network, 1)).stored.warnings).toHaveLength(1)
    const { stored } = await journal.overview(network, 1, { zones: false })
    expect(stored).toMatchObject({ live: ['a'], warnings: [], zones: new Map() })
  })

  test('a lease is told while it lasts', async () => {
    const table = createTable(store.rows, () => start)
    await table.begin({ network, now: start, leaseSeconds: 70, force: false, samples: 1 })
    expect((await journalAt(start + 69_999).overview(network, 1)).leaseUntil).toBe(start + 70_000)
    expect((await journalAt(start + 70_000).overview(network, 1)).leaseUntil).toBeNull()
  })

  test.each([
    ['ROTATION#0000000000001', { change: { S: '{"in":[{"edge":1}],"out":[]}' } }],
    ['ROTATION#0000000000001', { change: { S: 'nonsense' } }],
    ['ROTATION#x', { change: { S: '{"in":[],"out":[]}' } }],
    ['HOUR#0000000000001', { d: { S: 'text' } }],
    ['HOUR#0000000000001', { d: { B: new Uint8Array(16) } }],
  ])('an unreadable %s is left out', async (sk, attributes) => {
    await cycleAt(start)
    await store.rows(network).put(sk, attributes)
    const journal = journalAt(start)
    expect(await journal.rotations(network, 10)).toHaveLength(1)
    expect(await journal.hours(network, 10)).toHaveLength(1)
  })
})
