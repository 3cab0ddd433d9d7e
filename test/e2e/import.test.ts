import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openLocalStorage } from '../../functions/adapters/embedded/local-storage.ts'
import type { ImportReport } from '../../functions/cli/commands/import.ts'
import type { Report } from '../../functions/core/report/report.ts'
import { runCommand } from '../helpers/command.ts'
import { startDynamoDB } from '../helpers/dynamodb-standin.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { fetchTimes, type Store, stateText, storeText, writeTree } from '../helpers/original.ts'
import { startS3 } from '../helpers/s3-standin.ts'
import { openEmbedded } from '../helpers/stores.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

const [a, b, c, canary] = ['127.0.14.1', '127.0.14.2', '127.0.14.3', '127.0.14.101'] as const
let edges: Edges
let place: Workplace

beforeAll(async () => {
  edges = await startEdges([a, b, c, canary])
})

afterAll(async () => {
  await edges.close()
})

beforeEach(() => {
  for (const edge of [a, b, c, canary]) edges.behave(edge, {})
  place = workplaceFor(edges, [a, b, c])
  place.write('config/canaries/net', `example.net: ${canary}\n`)
})

afterEach(() => place.remove())

/** Writes the original's files and imports them. */
async function importing(stores: Record<string, string | Store>, state: string | null, ...more: string[]) {
  const files = Object.entries(stores).map(([edge, store]) => [
    `lib/health/${edge}.edgestore`,
    typeof store === 'string' ? store : storeText(store),
  ])
  writeTree(place.folder, { ...Object.fromEntries(files), ...(state === null ? {} : { 'lib/net.state': state }) })
  const health = files.length === 0 ? [] : ['--health', join(place.folder, 'lib/health')]
  const told = state === null ? [] : ['--state', join(place.folder, 'lib/net.state')]
  const where = ['-c', place.config, '--local', place.storage]
  const ended = await runInside(['import', '-A', 'net', ...where, ...health, ...told, ...more])
  return { ...ended, report: more.includes('--json') ? (JSON.parse(ended.stdout) as ImportReport) : null }
}

async function manage(...more: string[]): Promise<Report> {
  const ended = await runInside(['manage', '-c', place.config, '--local', place.storage, '--json', ...more])
  return JSON.parse(ended.stdout) as Report
}

/** What the table holds of the network now. */
async function stored() {
  const opened = await openLocalStorage(place.storage, { readOnly: true })
  const before = await opened.table.peek('net', 2000)
  const hours = await opened.journal.hours('net', 2000)
  const rotations = await opened.journal.rotations('net', 100)
  await opened.close()
  return { ...before, hours, rotationItems: rotations.map(({ time }) => time) }
}

const edgeOf = (report: Report, name: string) => report.edges.find(({ edge }) => edge === name)
const micros = (seconds: number | null | undefined) => Math.round(Number(seconds) * 1e6)

describe('after an import, the next cycle', () => {
  test('sees averages, window averages, judgements and live set as the original had them', async () => {
    place.settings({ down_after: 2, timeout: 10, retry: 1 })
    const now = Date.now()
    const { status, report, stderr } = await importing(
      {
        [a]: { fetch_times: fetchTimes(now, [10, 0.4, 0.3, 0.2, 0.1, 0.2, 0.3]), health: 'pass_threshold' },
        [b]: { fetch_times: fetchTimes(now, [0.9, 0.9, 0.9], { offset: 9.75 }), health: 'pass', state: 'in' },
        [c]: { fetch_times: fetchTimes(now, [1.5, 1.5, 1.5], { offset: 3 }), health: 'pass_average', state: 'in' },
        [canary]: { fetch_times: fetchTimes(now, [0.7, 0.9], { offset: 1 }), health: 'pass' },
      },
      stateText({ last_live: [c, b] }),
      '--json',
    )
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(report).toMatchObject({ network: 'net', edges: 3, canaries: 1, cycles: 7, live: [b, c], notes: [] })
    const { history, live } = await stored()
    expect(live).toEqual([b, c])
    expect(history.runs).toHaveLength(7)
    expect(history.canaries.get(canary)).toEqual({ sumMicros: 1_600_000, count: 2 })
    edges.behave(b, { status: 503 })
    const cycle = await manage()
    expect(cycle).toMatchObject({ status: 'ok', warnings: [] })
    const [first, second, third] = [a, b, c].map(name => edgeOf(cycle, name))
    expect(micros(first?.average) * 8).toBeCloseTo(11_500_000 + micros(first?.fetchSeconds), -2)
    // One failure of two: the judgement is what the original's was.
    expect(second).toMatchObject({ outcome: 'bad_status', judgement: 'pass', average: (0.9 * 3 + 10) / 4 })
    expect(micros(third?.windowAverage) * 4).toBeCloseTo(4_500_000 + micros(third?.fetchSeconds), -2)
    expect(micros(third?.average) * 4).toBeCloseTo(4_500_000 + micros(third?.fetchSeconds), -2)
    expect(cycle.live).toEqual([a, c])
    expect(cycle.in.map(({ edge }) => edge)).toEqual([a])
  })

  test('keeps the orders with who gave them and why, and holds the budget', async () => {
    place.settings({ dnschange_maxfreq: 2 })
    const now = Date.now() / 1000
    const { report } = await importing(
      {
        [a]: {
          mode: 'unavailable',
          comment: '[root] new disk',
          state_entry_time: now - 3600.5,
          fetch_times: fetchTimes(now * 1000, [0.1]),
        },
        [b]: { mode: 'blindforce', comment: '', state_entry_time: now - 60 },
      },
      stateText({ last_live: [b, c], rotation_list: [now - 500.25, now - 20, now - 5000] }),
      '--json',
    )
    expect(report).toMatchObject({ orders: [a, b], rotations: 3, live: [b, c] })
    const before = await stored()
    expect(before.rotations).toEqual([now - 5000, now - 500.25, now - 20].map(time => Math.floor(time * 1000)))
    expect(before.rotationItems).toEqual([...before.rotations].reverse())
    expect(before.orders.get(a)).toEqual({
      edge: a,
      mode: 'unavailable',
      comment: 'new disk',
      by: 'root',
      since: Math.floor((now - 3600.5) * 1000),
      expires: null,
    })
    expect(before.orders.get(b)).toMatchObject({ by: 'unknown', comment: expect.stringMatching(/\S/) })
    // A member that fails is not replaced while the budget is spent and the other passes.
    edges.behave(c, { status: 503 })
    place.write('config/edges/net', `${[a, b, c, canary].join('\n')}\n`)
    place.write('config/canaries/net', '')
    expect(await manage()).toMatchObject({ live: [b, c], rotated: false, rotationSuppressed: true })
  })

  test('is not too soon, and finds the hourly averages', async () => {
    const hour = Math.floor(Date.now() / 3_600_000) - 5
    await importing(
      { [a]: { historical_average: { [`${hour * 3600 + 12.5}`]: 0.321, [`${hour * 3600 + 700}`]: 9 } } },
      null,
    )
    expect((await stored()).hours).toEqual([
      { time: hour * 3_600_000, edges: new Map([[a, 0.321]]), canaries: new Map() },
    ])
    expect(await manage()).toMatchObject({ status: 'ok' })
  })
})

describe('running it again', () => {
  const now = Date.now()
  const stores = {
    [a]: {
      fetch_times: fetchTimes(now, [0.2, 0.3]),
      mode: 'force',
      comment: '[al] why',
      state_entry_time: now / 1000 - 9,
    },
    [b]: { fetch_times: fetchTimes(now, [0.4, 0.5]), historical_average: { [`${now / 1000 - 7200}`]: 0.4 } },
  }
  const state = stateText({ last_live: [a, b], rotation_list: [now / 1000 - 30] })

  test('adds nothing twice', async () => {
    await importing(stores, state)
    const before = await stored()
    const { status, report } = await importing(stores, state, '--json')
    expect(status).toBe(0)
    expect(report).toMatchObject({ cycles: 0, hours: 0, rotations: 0, live: null, orders: [] })
    expect(await stored()).toEqual(before)
  })

  test('adds what was damaged the first time, and what has come since', async () => {
    const first = await importing({ ...stores, [b]: storeText(stores[b]).slice(0, 50), [c]: '' }, state, '--json')
    expect(first).toMatchObject({
      status: 0,
      report: { edges: 2, cycles: 2, orders: [a, b, c], unknownModes: [b, c], lifted: [] },
    })
    expect(first.stderr).toMatch(new RegExp(`^edgemanage: ${b}\\.edgestore: is damaged or cut off`, 'm'))
    expect(first.stderr).toMatch(new RegExp(`^edgemanage: ${c}\\.edgestore: cannot be read`, 'm'))
    expect(first.stderr).toContain(`${b}, ${c}: the mode cannot be read, so they are ordered unavailable`)
    const more = { ...fetchTimes(now, [0.2, 0.3]), ...fetchTimes(now, [0.9], { ageSeconds: 1 }) }
    const second = await importing({ ...stores, [a]: { ...stores[a], fetch_times: more } }, state, '--json')
    expect(second.report).toMatchObject({ edges: 2, cycles: 2, hours: 1, orders: [], unknownModes: [c], lifted: [b] })
    expect([...(await stored()).orders.keys()]).toEqual([a, c])
    const { history } = await stored()
    expect(history.runs).toHaveLength(3)
    expect(history.edges.get(a)).toEqual({ sumMicros: 1_400_000, count: 3 })
    expect(history.edges.get(b)).toEqual({ sumMicros: 900_000, count: 2 })
  })

  test('leaves alone what our own cycles recorded, and an order that was lifted', async () => {
    await importing(stores, state)
    await manage()
    const embedded = await openEmbedded(place.storage)
    await embedded.rows('net').delete(`ORDER#${a}`)
    await embedded.close()
    const before = await stored()
    expect(before.history.runs).toHaveLength(3)
    expect(before.orders).toEqual(new Map())
    const { report, stderr } = await importing(stores, stateText({ last_live: [c] }), '--json')
    expect(report).toMatchObject({ cycles: 0, live: null, orders: [] })
    expect(stderr).toContain('a live set is recorded here already')
    expect(await stored()).toEqual(before)
  })
})

test('works on AWS like every command', async () => {
  const [table, bucket] = await Promise.all([startDynamoDB(), startS3()])
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const client = new DynamoDBClient({ endpoint: table.url, region: 'us-east-1', credentials })
  const keys = [
    ['pk', 'HASH'],
    ['sk', 'RANGE'],
  ] as const
  await client.send(
    new CreateTableCommand({
      TableName: 'state',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map(([AttributeName]) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys.map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
    }),
  )
  writeTree(place.folder, { 'lib/net.state': stateText({ last_live: [a, b] }) })
  const env = {
    TABLE_NAME: 'state',
    BUCKET_NAME: 'zones',
    AWS_ENDPOINT_URL_DYNAMODB: table.url,
    AWS_ENDPOINT_URL_S3: bucket.url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  }
  const line = ['import', '-c', place.config, '--state', join(place.folder, 'lib/net.state'), '--json']
  const first = await runCommand(line, env)
  const second = await runCommand(line, env)
  client.destroy()
  await Promise.all([table.close(), bucket.close()])
  expect(first).toMatchObject({ status: 0, stderr: '' })
  expect(JSON.parse(first.stdout)).toMatchObject({ network: 'net', live: [a, b] })
  expect(second.status).toBe(0)
  expect(JSON.parse(second.stdout)).toMatchObject({ live: null })
})

test('waits for nobody: where another run has the lease, that is said, and nothing is added', async () => {
  const opened = await openLocalStorage(place.storage, { readOnly: false })
  await opened.table.begin({ network: 'net', now: Date.now(), leaseSeconds: 70, force: false, samples: 1 })
  await opened.close()
  const { status, stderr } = await importing({}, stateText({ last_live: [a] }))
  expect(status).toBe(1)
  expect(stderr).toMatch(/another run holds the lease of net until \d{4}-.*: try again afterwards/)
  expect((await stored()).live).toBe(null)
})

/** A file that is cut off before its mode, as the original writes it: its keys are sorted. */
function cutOff(changes: Store): string {
  const sorted = Object.fromEntries(Object.entries(JSON.parse(storeText(changes))).sort(([x], [y]) => (x < y ? -1 : 1)))
  const text = JSON.stringify(sorted, null, 4)
  return text.slice(0, text.indexOf('"mode"'))
}

describe('what damaged files still hold', () => {
  test('goes in; who may have been unavailable is not let in before an operator says so', async () => {
    const times = fetchTimes(Date.now(), [0.1, 0.2, 0.3])
    const { status, report } = await importing(
      {
        [a]: cutOff({ mode: 'unavailable', comment: '[root] new disk', fetch_times: times }),
        [b]: { state: 'in', fetch_times: times },
        [c]: { state: 'in', fetch_times: times },
      },
      stateText({ last_live: [b, c], rotation_list: [1] }).slice(0, 30),
      '--json',
    )
    expect({ status, report }).toMatchObject({
      status: 0,
      report: { edges: 3, cycles: 3, live: [b, c], unknownModes: [a], orders: [a] },
    })
    edges.behave(c, { status: 503 })
    const cycle = await manage()
    expect(edgeOf(cycle, a)).toMatchObject({ mode: 'unavailable', state: 'out', outcome: 'ok' })
    expect(cycle.live).toEqual([b, c])
    const where = ['-c', place.config, '--local', place.storage]
    const told = await runInside(['query', ...where, '-v', '-m', 'unavailable'])
    expect(told.stdout).toContain(`unavailable\tout\tpass_threshold\t${a}\t`)
    expect(told.stdout).toMatch(/\[import \(edgemanage\)\] its file .* is damaged.*\[root\] new disk/)
    expect(await runInside(['conf', a, ...where, '-m', 'available'])).toMatchObject({ status: 0 })
    expect((await manage('--force')).live).toEqual([a, b])
    // The same damage again orders nothing that an operator took back.
    expect((await importing({}, null, '--health', join(place.folder, 'lib/health'), '--json')).report).toMatchObject({
      orders: [],
      unknownModes: [],
    })
  })

  test('a folder, a pipe, a link to nothing and bytes that are no text end nothing', async () => {
    const health = join(place.folder, 'lib/health')
    mkdirSync(join(health, `${b}.edgestore`), { recursive: true })
    mkdirSync(join(health, 'backup.edgestore'))
    execFileSync('mkfifo', [join(health, `${c}.edgestore`)])
    symlinkSync('/nowhere/at/all', join(health, `${canary}.edgestore`))
    writeFileSync(join(health, '127.0.14.77.edgestore'), Buffer.from([0xff, 0xfe, 0]))
    const long = {
      mode: 'unavailable',
      comment: `[root] ${'x'.repeat(500_000)}`,
      fetch_times: fetchTimes(Date.now(), [0.1, 17]),
    }
    const { status, report, stderr } = await importing({ [a]: long }, null, '--json')
    expect({ status, report }).toMatchObject({
      status: 0,
      report: { edges: 1, orders: [a, b, c], unknownModes: [b, c] },
    })
    for (const words of [
      `${b}.edgestore: is not a file`,
      `${c}.edgestore: is not a file`,
      `${canary}.edgestore: ENOENT`,
      'backup',
      `${a}: the comment of its order has 500007 characters`,
      `${a}.edgestore: 1 of 2 fetch times, of up to 17 s`,
    ]) {
      expect(stderr).toContain(words)
    }
    const order = (await stored()).orders.get(a)
    expect(order === 'unreadable' ? '' : order?.comment).toHaveLength(500)
  })

  test('since when an edge is available comes along, and is told after an order was taken back here', async () => {
    const where = ['-c', place.config, '--local', place.storage]
    const since = Date.now() / 1000 - 5000.5
    await importing({ [a]: { state_entry_time: since }, [b]: {} }, null)
    const ask = async () =>
      (await runInside(['query', ...where, '-f', 'flat'])).stdout
        .trim()
        .split('\n')
        .map(row => row.split('\t'))
    const before = await ask()
    expect(Number(before[0]?.[1])).toBeGreaterThanOrEqual(5000)
    expect(before.slice(1)).toEqual([
      [b, '-1'],
      [c, '-1'],
    ])
    await runInside(['conf', b, ...where, '-m', 'force', '-C', 'x'])
    await runInside(['conf', b, ...where, '-m', 'available'])
    const after = await ask()
    expect(Number(after[1]?.[1])).toBeGreaterThanOrEqual(0)
    expect(after[2]).toEqual([c, '-1'])
  })
})

describe('what cannot go in', () => {
  test('is told and left out, the rest goes in', async () => {
    const now = Date.now()
    const { status, stderr, stdout } = await importing(
      {
        [a]: {
          fetch_times: { ...fetchTimes(now, [0.1]), soon: 1, '-5': 1, [now / 1000 + 999]: 1 },
          mode: 'maybe',
          health: 7,
        },
        [b]: { fetch_times: [1], historical_average: 'x' },
        [c]: 'null',
        'elsewhere.example': {},
        [canary]: { mode: 'force', fetch_times: fetchTimes(now, [0.1]) },
      },
      stateText({ rotation_list: ['x', 12], last_live: 'all' }),
    )
    expect(status).toBe(0)
    for (const words of [
      `${a}.edgestore: 3 of 4 values of fetch_times`,
      `${a}.edgestore: mode is "maybe"`,
      `${a}.edgestore: health is 7`,
      `${b}.edgestore: fetch_times is not a map`,
      `${b}.edgestore: historical_average is not a map`,
      `${c}.edgestore: cannot be read`,
      `${canary}.edgestore: canaries take no orders`,
      'the state file: 1 of 2 values of rotation_list',
      'the state file: last_live is not a list',
      'elsewhere.example: not in the lists of net',
    ]) {
      expect(stderr).toContain(words)
    }
    expect(stdout).toContain('1 cycle of samples')
  })

  test.each([
    ['nothing is named', [], /--health DIR, --state FILE/],
    ['a folder that is not there', ['--health', '/nowhere/at/all'], /cannot be read: ENOENT/],
    ['a state file that is not there', ['--state', '/nowhere/net.state'], /cannot be read: ENOENT/],
  ])('%s: wrong usage', async (_words, more, message) => {
    const where = ['-c', place.config, '--local', place.storage]
    const { status, stderr, stdout } = await runInside(['import', ...where, ...more])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(message)
  })

  test('nothing but damage is a failure', async () => {
    expect((await importing({ [a]: '{' }, '')).status).toBe(1)
  })
})

test('import --help', async () => {
  const { stdout } = await runInside(['import', '--help'])
  expect(stdout).toMatchInlineSnapshot(`
    "Usage: edgemanage import [options]

    import the state of the original edgemanage: samples, averages, orders, live
    set, rotations

    Options:
      -A, --dnet <network>  the network (or EDGEMANAGE_NETWORK); may be left out
                            where there is one
      -c, --config <dir>    the configuration folder (or EDGEMANAGE_CONFIG)
      --local <dir>         keep state and published files in this folder instead of
                            AWS (or EDGEMANAGE_LOCAL)
      --stack <name>        work on the table and the bucket of this CloudFormation
                            stack (or EDGEMANAGE_STACK)
      --health <dir>        the original's folder of .edgestore files
      --state <file>        the original's .state file of this network
      -v, --verbose         show where an error came from
      --json                print what was done as one line of JSON
      -h, --help            display help for command

    Examples:
      $ edgemanage import -A mynet --health /var/lib/edgemanage/health --local state
    "
  `)
})
