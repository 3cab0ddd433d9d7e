import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient, type GetItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { dynamoDBRows } from '../../functions/adapters/table/dynamodb-rows.ts'
import { createJournal } from '../../functions/adapters/table/journal.ts'
import { createOrders } from '../../functions/adapters/table/orders.ts'
import type { Item } from '../../functions/adapters/table/rows.ts'
import { createTable } from '../../functions/adapters/table/table.ts'
import { noCircumstances, packEntry, type Run, rosterOf } from '../../functions/core/history/run.ts'
import type { Seen } from '../../functions/core/state/network-state.ts'
import type { Begun, Lease, Recording, Stored, Table } from '../../functions/cycle/ports/ports.ts'
import { startEmulator, stores, type TestStore } from '../helpers/stores.ts'

const noRecords = { zones: new Map(), namedConf: null, liveList: null }

let folder: string
let store: TestStore
/** Each test has a network of its own, whose name has 40 characters. */
let network = ''
let networks = 0
let now = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'edgemanage-test-'))
})
beforeEach(() => {
  networks++
  network = `a-network-of-40-characters-${String(networks).padStart(13, '0')}`
  now = Date.UTC(2026, 0, 1, 0, 30)
})
afterAll(() => rmSync(folder, { recursive: true }))

const tableOf = () => createTable(store.rows, () => now)

function runOf(count: number, at = now): Run {
  const roster = rosterOf(
    Array.from({ length: count }, (_, i) => `edge${i}.example.org`),
    ['192.0.2.200'],
  )
  const entry = packEntry({ outcome: 'ok', judgement: 'pass_threshold', micros: 123_456, live: true })
  return {
    time: at,
    roster,
    entries: new Uint32Array(count + 1).fill(entry),
    killed: false,
    timeoutMicros: 10_000_000,
    configuration: null,
    circumstances: noCircumstances,
  }
}

function begin(table: Table, force = false): Promise<Begun> {
  return table.begin({ network, now, leaseSeconds: 70, force, samples: 2000 })
}

async function begun(table: Table, force = false): Promise<{ lease: Lease; before: Stored }> {
  const answer = await begin(table, force)
  if (answer.status !== 'begun') throw new Error(answer.status)
  return answer
}

const recording = (run: Run | null, changes: Partial<Recording> = {}): Recording => {
  return { run, hour: null, addresses: null, intents: null, keepUntil: now + 1e9, ...changes }
}

async function cycle(table: Table, live: readonly string[], run: Run | null = runOf(3)): Promise<Stored> {
  const { lease, before } = await begun(table)
  await table.record(lease, recording(run))
  await table.finish(lease, { now, status: 'ok', live, rotations: before.rotations, records: noRecords })
  now += 60_000
  return before
}

const itemsOf = (prefix: string) => store.rows(network).list(prefix)
const putRaw = (sk: string | undefined, item: object) => store.rows(network).put(String(sk), item as Item)

/** Bytes of a value as DynamoDB counts them, never less. */
function sizeOf(value: { S?: string; N?: string; B?: Uint8Array }): number {
  return value.B?.length ?? value.S?.length ?? Math.ceil((value.N?.length ?? 0) / 2) + 1
}

describe.each(stores)('on %s', (_, open) => {
  beforeAll(async () => {
    store = await open(folder)
  })
  afterAll(() => store.close())

  describe('the lease', () => {
    test('of an operator keeps others out while he works, and no cycle from starting after him', async () => {
      const table = tableOf()
      const taken = await table.begin({ network, now, leaseSeconds: 70, force: true, aside: true, samples: 1 })
      if (taken.status !== 'begun') throw new Error(taken.status)
      expect(await begin(table)).toEqual({ status: 'locked', until: now + 70_000 })
      await table.finish(taken.lease, { now, status: null, live: null, rotations: null, records: noRecords })
      now += 1
      expect(await begin(table)).toMatchObject({ status: 'begun', lastStatus: null, before: { cycle: 0 } })
    })

    test('of an operator leaves the last cycle the last', async () => {
      const table = tableOf()
      const start = now
      await cycle(table, ['a'])
      now = start + 7_200_000
      const taken = await table.begin({ network, now, leaseSeconds: 70, force: true, aside: true, samples: 1 })
      if (taken.status !== 'begun') throw new Error(taken.status)
      await table.finish(taken.lease, { now, status: null, live: null, rotations: null, records: noRecords })
      const overview = await createJournal(store.rows, () => now).overview(network, 1)
      expect(overview).toMatchObject({
        lastCycle: start,
        lastStatus: 'ok',
        leaseUntil: null,
        stored: { cycle: 1, live: ['a'] },
      })
    })

    test.each([1_800_000, 3_600_000, 86_400_000])('of a clock that is %i ms ahead blocks nobody', async ms => {
      const real = now
      now = real + ms
      await begun(tableOf(), true)
      now = real
      expect((await begin(tableOf())).status).toBe('begun')
    })

    test.each([200, 240_000])('of an hour holds, also for a clock that is %i ms behind', async ms => {
      const hour = { network, now, leaseSeconds: 3600, force: true, samples: 1 }
      expect((await tableOf().begin(hour)).status).toBe('begun')
      now -= ms
      expect(await begin(tableOf(), true)).toEqual({ status: 'locked', until: hour.now + 3_600_000 })
    })

    test('is free after a finish that failed was made again', async () => {
      let fails = false
      const flakyRows: typeof store.rows = (name, check) => {
        const rows = store.rows(name, check)
        const update: typeof rows.update = (sk, change) => {
          if (!fails) return rows.update(sk, change)
          fails = false
          return Promise.reject(new Error('away'))
        }
        return { ...rows, update }
      }
      const settled = { now, status: 'failed', live: null, rotations: null, records: noRecords }
      const flaky = createTable(flakyRows, () => now)
      const { lease } = await begun(flaky)
      fails = true
      await expect(flaky.finish(lease, settled)).rejects.toThrow('away')
      await flaky.finish(lease, settled)
      expect((await begin(tableOf(), true)).status).toBe('begun')
    })

    test('is taken once, tells until when it is held, and ends by itself', async () => {
      const table = tableOf()
      await begun(table)
      expect(await begin(table, true)).toEqual({ status: 'locked', until: now + 70_000 })
      now += 69_999
      expect((await begin(table)).status).toBe('locked')
      now += 1
      expect((await begin(table)).status).toBe('begun')
    })

    test('a run within 30 s after the last started is too soon unless forced; it takes nothing', async () => {
      const table = tableOf()
      const start = now
      await cycle(table, ['a'])
      now = start + 29_999
      expect(await begin(table)).toEqual({ status: 'too_soon', until: start + 30_000 })
      expect((await begin(table, true)).status).toBe('begun')
    })

    test('a run that started just before the last one, and asked for the lease after it, is too soon as well', async () => {
      const table = tableOf()
      const start = now
      await cycle(table, ['a'])
      now = start - 200
      expect(await begin(table)).toEqual({ status: 'too_soon', until: start + 30_000 })
      expect((await begin(table, true)).status).toBe('begun')
    })

    test('a lease that was taken by a clock a day ahead blocks nobody; one of another minute does', async () => {
      const real = now
      now = real + 86_400_000
      await begun(tableOf())
      now = real
      await begun(tableOf())
      expect((await begin(tableOf(), true)).status).toBe('locked')
    })

    test('a clock that jumped back does not block', async () => {
      const table = tableOf()
      await cycle(table, ['a'])
      now -= 3_600_000
      expect((await begin(table)).status).toBe('begun')
    })

    test('without it nothing is saved', async () => {
      const table = tableOf()
      const { lease } = await begun(table)
      now += 70_000
      await expect(table.record(lease, recording(runOf(1)))).rejects.toThrow(
        expect.objectContaining({ name: 'LeaseLost' }),
      )
      await begun(tableOf())
      now -= 10
      const end = table.finish(lease, { now, status: 'ok', live: [], rotations: [], records: noRecords })
      await expect(end).rejects.toThrow(expect.objectContaining({ name: 'LeaseLost' }))
    })
  })

  describe('what is stored', () => {
    test('samples stand in the order of recording, whatever became of the clock', async () => {
      const table = tableOf()
      const timesOf = ({ history }: Stored) => history.runs.map(run => run.time)
      const first = now
      const right = [first, first + 60_000, first + 7_200_000, first + 7_260_000]
      const wrong = [first - 5e8, first - 5e8 + 60_000]
      // Right, then far behind, then right again; each time by a function that is warm.
      for (const time of [right[0], right[1], wrong[0], wrong[1], right[2], right[3]]) {
        now = Number(time)
        await cycle(table, [])
      }
      now = first + 7_320_000
      const all = [first, first + 60_000, ...wrong, first + 7_200_000, first + 7_260_000]
      expect(timesOf(await tableOf().peek(network, 2000))).toEqual(all)
      expect(timesOf(await cycle(table, []))).toEqual(all)
      // The newest are those of the latest times all the same: what a table gives without reading all.
      expect(timesOf(await tableOf().peek(network, 3))).toEqual([
        first + 7_200_000,
        first + 7_260_000,
        first + 7_320_000,
      ])
    })

    test('comes back in a cold process as in a warm one', async () => {
      const warm = tableOf()
      const run = runOf(3)
      const { lease } = await begun(warm)
      const zone = { serial: 7, hash: null, due: true, orphaned: false }
      const addresses = new Map([['edge0.example.org', { known: '192.0.2.7', published: null }]])
      const intents = {
        live: ['edge0.example.org'],
        rotations: [now],
        rotation: { time: now, in: [{ edge: 'edge0.example.org', reason: 'r' }], out: [] },
        zones: new Map([['example.org', zone]]),
        namedConf: { hash: null, due: true },
        liveList: { hash: null, due: true },
        pushed: new Map([['example.org', { hostedZone: null, sets: [], attempted: ['A example.org.'], due: now }]]),
      }
      await warm.record(lease, recording(run, { addresses, intents }))
      const announced = await tableOf().peek(network, 2000)
      expect(announced.pushed).toEqual(intents.pushed)
      const values = ['192.0.2.1', '192.0.2.2']
      const sets = ['example.org.', 'www.example.org.'].map(name => ({ name, type: 'A' as const, ttl: 60, values }))
      const six = { name: 'example.org.', type: 'AAAA' as const, ttl: 60, values: ['2001:db8::1'] }
      const pushed = { hostedZone: 'Z1', sets: [...sets, six], attempted: [], due: null }
      const records = {
        zones: new Map([['example.org', { ...zone, hash: 'h', due: false }]]),
        namedConf: { hash: 'c', due: false },
        liveList: null,
        pushed: new Map([['example.org', pushed]]),
      }
      await warm.finish(lease, { now, status: 'ok', live: intents.live, rotations: [now], records })
      now += 60_000
      const cold = await tableOf().peek(network, 2000)
      expect(cold).toMatchObject({
        live: ['edge0.example.org'],
        rotations: [run.time],
        addresses,
        zones: records.zones,
        pushed: records.pushed,
        cycle: 1,
        namedConf: { hash: 'c', due: false },
        liveList: { hash: null, due: true },
        warnings: [],
      })
      expect(cold.history.runs).toEqual([run])
      expect((await begun(warm)).before).toEqual({ ...cold })
    })

    test('STATE stays within 1,024 bytes with 100 rotations, whatever the edges', async () => {
      const table = tableOf()
      const { lease } = await begun(table)
      const live = Array.from({ length: 5000 }, (_, at) => `a-rather-long-name-of-an-edge-${at}.example.org`)
      const rotations = Array.from({ length: 100 }, (_, at) => now - at)
      await table.finish(lease, { now, status: 'ok', live, rotations, records: noRecords })
      now += 60_000
      const again = await begun(table)
      const state = (await itemsOf('STATE'))[0] ?? {}
      const size = Object.entries(state).reduce((sum, [name, value]) => sum + name.length + sizeOf(value), 0)
      expect(size).toBeLessThanOrEqual(1024)
      expect(again.before.live).toEqual(live)
      expect((await tableOf().peek(network, 1)).rotations).toEqual(rotations)
    })

    test('a run takes at most 4 bytes per probe and 100 fixed, keys included', async () => {
      await cycle(tableOf(), [], runOf(999))
      const [item = {}] = await itemsOf('RUN#')
      const size = Object.entries(item).reduce((sum, [name, value]) => sum + name.length + sizeOf(value), 0)
      expect(size).toBeLessThanOrEqual(4 * 1000 + 100)
    })

    test('10,000 zones and 10,000 edges fit, no item near 400 KB', async () => {
      const table = tableOf()
      const { lease } = await begun(table)
      const name = (at: number) => `zone-${at}.${'x'.repeat(45)}.example`
      const zone = { serial: 1_790_000_000, hash: 'f'.repeat(64), due: false, orphaned: false }
      const zones = new Map(Array.from({ length: 10_000 }, (_, at) => [name(at), zone]))
      await table.record(lease, recording(runOf(10_000)))
      await table.finish(lease, { now, status: 'ok', live: [], rotations: [], records: { ...noRecords, zones } })
      const stored = await tableOf().peek(network, 10)
      expect(stored.zones.size).toBe(10_000)
      expect(stored.history.runs[0]?.roster.edges).toHaveLength(10_000)
      const sizes = [...(await itemsOf('ZONES#')), ...(await itemsOf('ROSTER#'))].map(
        item => JSON.stringify(item).length,
      )
      expect(Math.max(...sizes)).toBeLessThan(150_000)
    })

    test('only the newest samples are kept, and items past their time do not count', async () => {
      const table = tableOf()
      for (let at = 0; at < 5; at++) await cycle(table, [])
      const { history } = await tableOf().peek(network, 3)
      expect(history.runs.map(run => run.time)).toEqual([now - 180_000, now - 120_000, now - 60_000])
      now += 1e10
      expect((await tableOf().peek(network, 3)).history.runs).toEqual([])
    })

    test('a warm function forgets samples past their time as a cold one does', async () => {
      const table = tableOf()
      const first = now
      await cycle(table, [])
      now = first + 1e9 - 60_000
      await cycle(table, [])
      expect((await cycle(table, [])).history.runs.map(run => run.time)).toEqual([first + 1e9 - 60_000])
      expect((await cycle(table, [])).history.runs.map(run => run.time)).toEqual([first + 1e9 - 60_000, first + 1e9])
    })

    test('a cycle that a wrong clock dated ahead counts when its time has come, in a warm function as in a cold one', async () => {
      const table = tableOf()
      const timesOf = ({ history }: Stored) => history.runs.map(run => run.time)
      const first = now
      await cycle(table, [])
      now = first + 3_600_000
      await cycle(table, [])
      now = first + 60_000
      expect(timesOf(await cycle(table, []))).toEqual([first])
      expect(timesOf(await cycle(table, []))).toEqual([first, first + 60_000])
      expect(timesOf(await tableOf().peek(network, 2))).toEqual([first + 60_000, first + 120_000])
      now = first + 3_600_000 - 60_000
      // It stands where it was recorded: the later ones stay the newest, and no streak is broken by it.
      const all = [first, first + 3_600_000, first + 60_000, first + 120_000]
      expect(timesOf(await tableOf().peek(network, 2000))).toEqual(all)
      expect(timesOf(await cycle(table, []))).toEqual(all)
    })

    test('a warm function that is asked for more samples than it kept reads them', async () => {
      const table = tableOf()
      const first = now
      for (let at = 0; at < 3; at++) {
        const taken = await table.begin({ network, now, leaseSeconds: 70, force: false, samples: 2 })
        if (taken.status !== 'begun') throw new Error(taken.status)
        await table.record(taken.lease, recording(runOf(3)))
        await table.finish(taken.lease, { now, status: 'ok', live: [], rotations: [], records: noRecords })
        now += 60_000
      }
      const { history } = await cycle(table, [])
      expect(history.runs.map(run => run.time)).toEqual([first, first + 60_000, first + 120_000])
    })
  })

  describe('state that cannot be read', () => {
    const garbage = [
      { d: { S: 'x' } },
      { d: { B: Buffer.from('abc') } },
      { zones: { S: '{' } },
      { zones: { L: [] } },
      {},
    ]
    const keys = ['STATE', 'LIVE#', 'RUN#', 'ROSTER#', 'ZONES#', 'ADDRESS#']
    const cases = keys.flatMap(key => garbage.map((content, at) => [key, at, content] as const))

    test.each(cases)('%s (%i) is reported, set aside, and the run goes on', async (prefix, _at, content) => {
      const table = tableOf()
      const { lease } = await begun(table)
      const zone = { serial: 7, hash: 'h', due: false, orphaned: false }
      const addresses = new Map([['edge0.example.org', { known: '192.0.2.7', published: null }]])
      await table.record(lease, recording(runOf(3), { addresses }))
      const records = { ...noRecords, zones: new Map([['example.org', zone]]) }
      await table.finish(lease, { now, status: 'ok', live: ['a'], rotations: [now], records })
      const [item] = await itemsOf(prefix)
      await putRaw(item?.sk?.S, content)
      now += 60_000
      const seen = await tableOf().peek(network, 2000)
      expect(await itemsOf('CORRUPT#')).toEqual([])
      const { before, lease: next } = await begun(tableOf())
      expect(before.warnings).toEqual(seen.warnings)
      const isPlainState = prefix === 'STATE' && Object.keys(content).length === 0
      if (!isPlainState) {
        expect(before.warnings.join()).toContain(String(item?.sk?.S))
        expect((await itemsOf('CORRUPT#')).length).toBeGreaterThan(0)
      }
      expect(next.network).toBe(network)
    })

    test.each(['LIVE#', 'ROSTER#'])(
      '%s that another item names and that is gone is told, and the run goes on',
      async prefix => {
        await cycle(tableOf(), ['a'])
        for (const { sk } of await itemsOf(prefix)) await store.rows(network).delete(String(sk?.S))
        const seen = await tableOf().peek(network, 2000)
        expect(seen.warnings.join()).toMatch(/live set is read back|samples of that cycle are lost/)
        expect((await begun(tableOf())).before.warnings).toEqual(seen.warnings)
      },
    )

    test.each(['rotations', 'live', 'lastCycle', 'status', 'cycles', 'stranger'])(
      'a broken %s in STATE is whole after a cycle',
      async name => {
        const table = tableOf()
        await cycle(table, ['a'])
        const [state = {}] = await itemsOf('STATE')
        const broken = { ...state, [name]: { L: [] } }
        await putRaw('STATE', broken)
        const { lease } = await begun(table)
        const intents = { ...noRecords, live: ['b'], rotations: [now], rotation: null }
        await table.record(lease, recording(runOf(1), { intents }))
        await table.finish(lease, { now, status: 'ok', live: ['b'], rotations: [now], records: noRecords })
        expect(await tableOf().peek(network, 1)).toMatchObject({ live: ['b'], rotations: [now], warnings: [] })
      },
    )

    test('a run that failed between announcing and saving loses no rotation', async () => {
      const table = tableOf()
      await cycle(table, ['a'])
      const { lease } = await begun(table)
      const intents = { ...noRecords, live: ['b'], rotations: [now], rotation: null }
      const zone = { serial: Number.NaN, hash: null, due: true, orphaned: false }
      const unsavable = new Map([
        [
          'example.org',
          Object.defineProperty(zone, 'hash', {
            get: () => {
              throw new Error('no')
            },
          }),
        ],
      ])
      await expect(
        table.record(lease, recording(runOf(1), { intents: { ...intents, zones: unsavable } })),
      ).rejects.toMatchObject({ name: 'PartlyRecorded', message: 'no' })
      await table.finish(lease, { now, status: 'failed', live: null, rotations: null, records: noRecords })
      expect(await tableOf().peek(network, 1)).toMatchObject({ live: ['b'], rotations: [now] })
    })

    test('rotations are found again when STATE lost them', async () => {
      const table = tableOf()
      const { lease } = await begun(table)
      const rotation = { time: now, in: [], out: [] }
      const intents = { ...noRecords, live: ['a'], rotations: [now], rotation }
      await table.record(lease, recording(null, { intents }))
      await putRaw('STATE', {})
      expect(await tableOf().peek(network, 1)).toMatchObject({ live: null, rotations: [now] })
    })

    test.each(['live', 'rotations', 'lastCycle', 'status', 'cycles', 'previous', 'leaseUntil', 'strange'])(
      'an attribute %s of STATE that cannot be read is repaired by the next run',
      async name => {
        await cycle(tableOf(), ['a'])
        const [state] = await itemsOf('STATE')
        const ruined = { ...state, [name]: { BOOL: true } }
        await putRaw('STATE', ruined)
        await cycle(tableOf(), ['a'])
        expect(await tableOf().peek(network, 1)).toMatchObject({ live: ['a'], warnings: [] })
        expect(await begin(tableOf())).toMatchObject({ status: 'begun' })
      },
    )

    test('an unreadable order stays where it is, and counts as unreadable', async () => {
      await putRaw('ORDER#edge1', { mode: { S: 'forc' } })
      const { before } = await begun(tableOf())
      expect(before.orders.get('edge1')).toBe('unreadable')
      expect(await store.rows(network).get('ORDER#edge1')).toMatchObject({ mode: { S: 'forc' } })
      expect(await itemsOf('CORRUPT#ORDER#edge1')).toHaveLength(1)
    })
  })

  describe('what cycles remember (ZONES#SEEN)', () => {
    const seen = {
      etags: new Map([
        ['zones/net/a.zone', 'an ETag'],
        ['live/net.live', 'another'],
      ]),
      told: 'a hash',
    }
    const settle = async (table: Table, changes: { seen?: Seen } = {}) => {
      const { lease, before } = await begun(table)
      const records = { ...noRecords, ...changes }
      await table.finish(lease, { now, status: 'ok', live: [], rotations: [], records })
      now += 60_000
      return before
    }

    test('is read back by warm and by cold functions, and stays until it changes', async () => {
      const table = tableOf()
      expect((await settle(table, { seen })).seen).toEqual({ etags: new Map() })
      expect((await settle(table)).seen).toEqual(seen)
      expect((await settle(tableOf())).seen).toEqual(seen)
      expect((await tableOf().peek(network, 1)).seen).toEqual(seen)
    })

    test('may be long: of 10,000 zones', async () => {
      const etags = new Map(
        Array.from({ length: 10_000 }, (_, at) => [`zones/net/zone${at}.example.org.zone`, `e${at}`]),
      )
      await settle(tableOf(), { seen: { etags } })
      expect((await settle(tableOf(), { seen })).seen).toEqual({ etags })
      expect((await settle(tableOf())).seen).toEqual(seen)
    })

    test.each([
      '',
      '{',
      '[]',
      '{"version":2}',
      '{"version":1,"etags":{"a":1}}',
      '{"version":1,"etags":[]}',
      '{"version":1,"told":1}',
    ])('is set aside and learned anew where it cannot be read: %j', async text => {
      await settle(tableOf(), { seen })
      await putRaw('ZONES#SEEN#0', { text: { S: text }, of: { N: '1' } })
      const before = await settle(tableOf())
      expect(before.seen).toEqual({ etags: new Map() })
      expect(before.warnings.join()).toContain('ZONES#SEEN#0 cannot be read')
      expect(await itemsOf('CORRUPT#ZONES#SEEN')).toHaveLength(1)
      expect((await settle(tableOf())).warnings).toEqual([])
    })

    test('takes what a later version of it adds for what it is', async () => {
      await settle(tableOf(), { seen })
      await putRaw('ZONES#SEEN#0', { text: { S: '{"version":1,"more":[]}' }, of: { N: '1' } })
      expect(await settle(tableOf())).toMatchObject({ seen: { etags: new Map() }, warnings: [] })
    })
  })

  describe('what an older version kept under the spelling of the list (behaviour §2.4)', () => {
    const spelled = ['Edge1.Example', '0:0:0:0:0:0:0:1', 'b.example']
    const names = ['edge1.example', '::1', 'b.example']

    const put = putRaw
    const order = (mode: string, since: number) => ({
      ...{ mode: { S: mode }, comment: { S: 'x' }, by: { S: 'a' }, since: { N: String(since) } },
    })

    async function oldState(): Promise<void> {
      const table = tableOf()
      const { lease } = await begun(table)
      const entry = packEntry({ outcome: 'ok', judgement: 'pass', micros: 100, live: true })
      const roster = rosterOf(spelled, ['192.0.2.200'])
      const run = {
        time: now,
        roster,
        entries: new Uint32Array(4).fill(entry),
        killed: false,
        timeoutMicros: 10_000_000,
        configuration: null,
        circumstances: null,
      }
      const total = { sumMicros: 100, count: 1 }
      const hour = { time: now, edges: new Map(spelled.map(edge => [edge, total])), canaries: new Map() }
      const addresses = new Map([['Edge1.Example', { known: '192.0.2.1', published: '192.0.2.1' }]])
      await table.record(lease, recording(run, { hour, addresses }))
      await table.finish(lease, { now, status: 'ok', live: spelled, rotations: [now], records: noRecords })
      await put(`ROTATION#${String(now).padStart(13, '0')}`, {
        change: { S: JSON.stringify({ in: [{ edge: 'Edge1.Example', reason: 'x' }], out: [] }) },
      })
      now += 60_000
    }

    test('is found under its canonical form', async () => {
      await oldState()
      await put('ORDER#Edge1.Example', order('force', 5))
      const { history, live, addresses, orders } = await tableOf().peek(network, 10)
      expect(history.runs.map(run => run.roster.edges)).toEqual([names])
      expect([...history.edges.keys()]).toEqual(names)
      expect(live).toEqual([...names].sort())
      expect([...addresses.keys()]).toEqual(['edge1.example'])
      expect(orders.get('edge1.example')).toMatchObject({ edge: 'edge1.example', mode: 'force' })
      const journal = createJournal(store.rows, () => now)
      expect((await journal.hours(network, 10)).map(({ edges }) => [...edges.keys()])).toEqual([names])
      expect((await journal.rotations(network, 10)).map(one => one.in)).toEqual([
        [{ edge: 'edge1.example', reason: 'x' }],
      ])
    })

    test('is kept so from the next cycle on, and its orders can be taken back', async () => {
      await oldState()
      await put('ORDER#Edge1.Example', order('force', 5))
      await put('ORDER#0:0:0:0:0:0:0:1', order('unavailable', 5))
      await put('ORDER#::1', order('blindforce', 6))
      const before = await cycle(tableOf(), names, runOf(3))
      expect(before.orders.get('::1')).toMatchObject({ mode: 'blindforce' })
      const keys = (await itemsOf('ORDER#')).map(item => item.sk?.S)
      expect(keys.sort()).toEqual(['ORDER#::1', 'ORDER#edge1.example'])
      const { orders } = await tableOf().peek(network, 10)
      expect([...orders.values()]).toMatchObject([{ mode: 'blindforce' }, { mode: 'force' }])
      expect(await createOrders(store.rows).revoke(network, 'edge1.example', { by: 'me', comment: null })).toBe(true)
      expect([...(await tableOf().peek(network, 10)).orders.keys()]).toEqual(['::1'])
    })
  })
})

describe('DynamoDB alone', () => {
  test('a write that is tried again looks for the lease again', async () => {
    let attempts = 0
    const server = createServer((_request, response) => {
      attempts++
      now += 70_000
      response.writeHead(500).end()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
    const failing = new DynamoDBClient({ endpoint, region: 'local', credentials, maxAttempts: 3 })
    const emulator = await startEmulator()
    const client = { send: (command: GetItemCommand) => current.send(command) } as DynamoDBClient
    let current = emulator.client
    const table = createTable(dynamoDBRows(client, emulator.tableName), () => now)
    const { lease } = await begun(table)
    current = failing
    const saving = table.record(lease, recording(runOf(1)))
    await expect(saving).rejects.toThrow(expect.objectContaining({ name: 'LeaseLost' }))
    expect(attempts).toBe(1)
    failing.destroy()
    await emulator.close()
    await new Promise(resolve => server.close(resolve))
  })

  test('a table that is not there is told in one line', async () => {
    const emulator = await startEmulator()
    const missing = createTable(dynamoDBRows(emulator.client, 'nowhere'), () => now)
    await expect(begin(missing)).rejects.toThrow('table nowhere does not exist here')
    await emulator.close()
  })
})
