import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient, type GetItemCommand } from '@aws-sdk/client-dynamodb'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dynamoDBRows } from '../../functions/adapters/table/dynamodb-rows.ts'
import { createJournal } from '../../functions/adapters/table/journal.ts'
import type { Item } from '../../functions/adapters/table/rows.ts'
import { createTable } from '../../functions/adapters/table/table.ts'
import { packEntry, type Run, rosterOf } from '../../functions/core/run.ts'
import type { Begun, Lease, Recording, Stored, Table } from '../../functions/cycle/ports.ts'
import { startEmulator, stores, type TestStore } from '../fixtures/stores.ts'

const network = 'a-network-with-a-name-of-40-characters-0'
const noRecords = { zones: new Map(), namedConf: null, liveList: null }

let folder: string
let store: TestStore
let now = 0
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'edgemanage-test-'))
  now = Date.UTC(2026, 0, 1, 0, 30)
})
afterEach(() => rmSync(folder, { recursive: true }))

const tableOf = () => createTable(store.rows, () => now)

function runOf(count: number, at = now): Run {
  const roster = rosterOf(
    Array.from({ length: count }, (_, i) => `edge${i}.example.org`),
    ['192.0.2.200'],
  )
  const entry = packEntry({ outcome: 'ok', judgement: 'pass_threshold', micros: 123_456, live: true })
  return { time: at, roster, entries: new Uint32Array(count + 1).fill(entry), killed: false }
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
  beforeEach(async () => {
    store = await open(folder)
  })
  afterEach(() => store.close())

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
      const all = [first, first + 60_000, first + 120_000, first + 3_600_000]
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

    test.each(['rotations', 'live', 'lastCycle', 'status', 'cycles', 'stranger'])(
      'a broken %s in STATE is whole after a cycle',
      async name => {
        const table = tableOf()
        await cycle(table, ['a'])
        const [state = {}] = await itemsOf('STATE')
        const broken = { ...state, [name]: { L: [] } }
        await putRaw('STATE', broken)
        const { lease } = await begun(table)
        const intents = {
          live: ['b'],
          rotations: [now],
          rotation: null,
          zones: new Map(),
          namedConf: null,
          liveList: null,
        }
        await table.record(lease, recording(runOf(1), { intents }))
        await table.finish(lease, { now, status: 'ok', live: ['b'], rotations: [now], records: noRecords })
        expect(await tableOf().peek(network, 1)).toMatchObject({ live: ['b'], rotations: [now], warnings: [] })
      },
    )

    test('a run that failed between announcing and saving loses no rotation', async () => {
      const table = tableOf()
      await cycle(table, ['a'])
      const { lease } = await begun(table)
      const intents = {
        live: ['b'],
        rotations: [now],
        rotation: null,
        zones: new Map(),
        namedConf: null,
        liveList: null,
      }
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
      const intents = { live: ['a'], rotations: [now], rotation, zones: new Map(), namedConf: null, liveList: null }
      await table.record(lease, recording(null, { intents }))
      await putRaw('STATE', {})
      expect(await tableOf().peek(network, 1)).toMatchObject({ live: null, rotations: [now] })
    })

    test.each(['live', 'rotations', 'lastCycle', 'status', 'cycles', 'previous', 'leaseUntil', 'strange'])(
      'an attribute %s of STATE that cannot be read is mended by the next run',
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
