import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeFreeze, encodeOrder } from '../../functions/adapters/table/order-items.ts'
import { commandFile, endOf, runCommand, startCommand } from '../helpers/command.ts'
import { startDynamoDB } from '../helpers/dynamodb-standin.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { parseMetrics } from '../helpers/prometheus.ts'
import { putEmbedded } from '../helpers/stores.ts'
import { treeHash, type Workplace, workplaceFor } from '../helpers/workplace.ts'

// The commands that look, at three cycles of one network: each as a process, and inside this one for its small print.

const addresses = ['127.0.6.1', '127.0.6.2', '127.0.6.3', '127.0.6.4']
const [first, second, third, fourth] = addresses as [string, string, string, string]
const canary = '127.0.6.101'
const comment = 'slow, "very"\tslow'
let edges: Edges
let place: Workplace

beforeAll(async () => {
  edges = await startEdges([...addresses, canary])
  place = workplaceFor(edges, addresses)
  place.write('config/canaries/net', `example.org: ${canary}\n`)
  place.settings({ up_after: 3 })
  edges.behave(third, { delayMs: 150 })
  edges.behave(fourth, { body: 'something else\n' })
  const cycle = () => runInside(['manage', '--force', '-c', place.config, '--local', place.storage])
  await cycle()
  edges.behave(first, { status: 503 })
  await cycle()
  edges.behave(first, {})
  await cycle()
  await put(place.storage, `ORDER#${second}`, encodeOrder(orderOf('force', Date.now() - 90_000, null)))
  const given = Date.now() - 7_200_000
  await put(place.storage, `ORDER#${third}`, encodeOrder(orderOf('unavailable', given, given + 3_600_000)))
})

afterAll(async () => {
  await edges.close()
  place.remove()
})

function orderOf(mode: 'force' | 'unavailable', since: number, expires: number | null) {
  return { mode, comment, by: 'root', since, expires }
}

async function put(storage: string, sk: string, attributes: ReturnType<typeof encodeFreeze>): Promise<void> {
  await putEmbedded(storage, 'net', sk, attributes)
}

const at = () => ['--local', place.storage]
const look = (command: string, ...more: string[]) =>
  runInside([...command.split(' '), '-c', place.config, ...at(), ...more])
const lookAsProcess = (command: string, ...more: string[]) =>
  runCommand([...command.split(' '), '-c', place.config, ...at(), ...more])
const check = (name: string, ...more: string[]) =>
  runInside(['check', name, '--config', place.config, ...at(), ...more])
const rowsOf = (text: string) => text.trimEnd().split('\n')
const jsonOf = (text: string) => rowsOf(text).map(line => JSON.parse(line))

describe('query', () => {
  test('flat: edge and whole seconds in the present mode, -1 if it was never set', async () => {
    const { status, stdout, stderr } = await lookAsProcess('query')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^127\.0\.6\.1\t-1\n127\.0\.6\.2\t\d{2,3}\n127\.0\.6\.3\t36\d\d\n127\.0\.6\.4\t-1\n$/)
    expect(stderr).toMatch(/^edgemanage: net: the order for 127\.0\.6\.3 .* expired at /)
  })

  test('-v in flat and csv has six columns, and comments cannot break them', async () => {
    const [flat, csv] = await Promise.all([look('query', '-v', '--header'), look('query', '-v', '-f', 'csv')])
    expect(rowsOf(flat.stdout)[0]).toBe('mode\tstate\thealth\tedgename\tduration\tcomment')
    expect(rowsOf(flat.stdout)[2]).toMatch(/^force\tin\tpass_threshold\t127\.0\.6\.2\t\d+\t\[root\] slow, "very" slow$/)
    expect(rowsOf(flat.stdout)[3]).toMatch(/^available\tin\tpass_threshold\t127\.0\.6\.3\t.*\(expired \S+Z\)$/)
    expect(rowsOf(csv.stdout)[1]).toMatch(/^force,in,pass_threshold,127\.0\.6\.2,\d+,"\[root\] slow, ""very""\tslow"$/)
    expect(rowsOf(csv.stdout)[3]).toBe(`available,out,fail,${fourth},-1,`)
  })

  test('json: keys by -q and -v', async () => {
    const [plain, quiet, verbose] = await Promise.all(
      [[], ['-q'], ['-v']].map(more => look('query', '-f', 'json', ...more)),
    )
    expect(jsonOf(String(plain?.stdout))[0]).toEqual({ edge: first, time_since_state_change: '-1' })
    expect(jsonOf(String(quiet?.stdout))).toEqual(addresses.map(edge => ({ edge })))
    expect(jsonOf(String(verbose?.stdout))[3]).toEqual({
      edge: fourth,
      time_since_state_change: '-1',
      health: 'fail',
      state: 'out',
    })
  })

  test.each([
    [
      ['-H', 'allpass'],
      [second, third],
    ],
    [
      ['-H', 'fail'],
      [first, fourth],
    ],
    [['-s', 'out', '-H', 'pass_threshold'], []],
    [['-m', 'force'], [second]],
    [['--mode', 'available', '--state', 'in'], [third]],
  ])('%j', async (filter, expected) => {
    const { stdout } = await look('query', '-q', ...filter)
    expect(stdout).toBe(expected.map(edge => `${edge}\n`).join(''))
  })

  test('without -A several networks have a line each', async () => {
    place.write('config/edges/second', `${addresses.join('\n')}\n`)
    const [lines, filtered] = await Promise.all([look('query', '--header'), look('query', '-s', 'in')])
    rmSync(join(place.config, 'edges/second'))
    expect(lines.stdout).toMatch(
      /^network\tlive\tedges\tpassing\tlast_cycle_age\nnet\t2\t4\t2\t\d+\nsecond\t0\t4\t0\t-1\n$/,
    )
    expect(filtered).toMatchObject({ status: 2, stdout: '' })
  })

  test('--watch looks again until it is stopped', async () => {
    const running = startCommand([
      ...['query', '-c', place.config, '--local', place.storage],
      ...['-q', '-m', 'force', '--watch', '--interval', '1'],
    ])
    await running.printed(`${second}\n${second}\n`)
    running.child.kill('SIGTERM')
    expect(await running.ended).toMatchObject({ status: 0, signal: null })
  })

  test.runIf(process.platform === 'linux')('on a terminal it is a table with times for people', async () => {
    const words = [process.execPath, commandFile, 'query', '-c', place.config, '--local', place.storage].join(' ')
    const env = { PATH: process.env.PATH, TERM: 'xterm', NO_COLOR: '1' }
    const child = spawn('script', ['-qec', `stty cols 120; ${words}`, '/dev/null'], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const { stdout } = await endOf(child)
    expect(stdout).toMatch(/STATE +EDGE +JUDGEMENT +MODE +FOR +COMMENT/)
    expect(stdout).toMatch(/in +127\.0\.6\.2 +pass_threshold +force +\d+ m( \d+ s)? +\[root\] slow/)
  })
})

describe('why', () => {
  test('tells the decision, the numbers, and what would change it', async () => {
    const { status, stdout, stderr } = await lookAsProcess(`why ${first}`)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^127\.0\.6\.1 has been out of rotation since .* UTC \(.*\); judged fail since /)
    expect(stdout).toMatch(/good probe 1 of the 3 it takes to pass again; out while it fails\./)
    expect(stdout).toMatch(/over all 3 samples, 1 failed; goodenough is 0\.5 s\./)
    expect(stdout).toMatch(/\nIt left at .*: status 503 in .*; replaced by 127\.0\.6\.3/)
    expect(stdout).toMatch(
      /\nWhat would change it, any of it:\n {2}- 2 more good probes in a row, and a free place: 2 of 2 are healthy\n/,
    )
  })

  test('tells of orders', async () => {
    const [told] = jsonOf((await look(`why ${second}`, '--json')).stdout)
    expect(told.edge).toBe(second)
    expect(told.sentences.join(' ')).toContain('Ordered force by root')
    expect(told.changes[0]).toContain('it does not expire')
  })

  test('of an unknown edge names the near ones', async () => {
    const { status, stdout, stderr } = await look('why 127.0.6.5')
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toBe(
      `edgemanage: there is no edge 127.0.6.5 in net; did you mean ${addresses.slice(0, 3).join(', ')}?\n`,
    )
  })
})

describe('history', () => {
  test('is a chart', async () => {
    const { status, stdout } = await lookAsProcess(`history ${first}`, '--hours', '1')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^127\.0\.6\.1 in net: 3 samples, 1 failed, good ones /)
    expect(stdout).toContain(' 0.500 s┤┈')
    expect(stdout).toMatch(/[▁▂▃▄▅▆▇█]/)
    expect(stdout).toMatch(/\n {2}failed +S/)
    expect(stdout).toMatch(/\n {4}live +━/)
  })

  test('gives samples as JSON and CSV, those of canaries too', async () => {
    const [json, csv] = await Promise.all([
      look(`history ${first}`, '--format', 'json'),
      look(`history ${canary}`, '--format', 'csv'),
    ])
    expect(jsonOf(json.stdout)).toMatchObject([
      { outcome: 'ok', judgement: 'pass_threshold', live: true, fetchSeconds: expect.any(Number) },
      { outcome: 'bad_status', judgement: 'fail', live: false, fetchSeconds: 2 },
      { outcome: 'ok', judgement: 'fail', live: false },
    ])
    expect(rowsOf(csv.stdout)[0]).toBe('time,fetch_seconds,outcome,judgement,live,average,took_seconds,detail')
    expect(rowsOf(csv.stdout)).toHaveLength(4)
    expect(rowsOf(csv.stdout)[1]).toMatch(/^\d{4}-\S+Z,0\.\d+,ok,pass_threshold,false,,,$/)
  })
})

test('rotations are told newest first, with reasons', async () => {
  const [text, json, one] = await Promise.all([
    lookAsProcess('rotations'),
    look('rotations', '--json'),
    look('rotations', '--json', '--limit', '1'),
  ])
  expect(text.stdout).toMatch(
    /^\S+ \S+ UTC \(.* ago\)\n {2}\+ 127\.0\.6\.3 in: .*\n {2}- 127\.0\.6\.1 out: status 503 .*\n/,
  )
  const all = jsonOf(json.stdout)
  expect(all).toHaveLength(2)
  expect(all[0]).toMatchObject({ network: 'net', in: [{ edge: third }], out: [{ edge: first }] })
  expect(all[1].in.map(({ edge }: { edge: string }) => edge)).toEqual([first, second])
  expect(Date.parse(all[0].time)).toBeGreaterThan(Date.parse(all[1].time))
  expect(jsonOf(one.stdout)).toEqual(all.slice(0, 1))
})

describe('check', () => {
  test.each([
    ['integrity', [], 2, /^EDGE_TESTMATCH CRIT 1 of 4 .*127\.0\.6\.4 \| verify_failed=1;;0;0\n$/],
    ['integrity', ['-c', '1'], 0, /^EDGE_TESTMATCH OK /],
    ['latency', [], 0, /^ACTIVE_EDGE_LATENCY OK .* \| 127\.0\.6\.2=[\d.]+s;2;4;0 127\.0\.6\.3=[\d.]+s;2;4;0\n$/],
    ['latency', ['--all', '-w', '1'], 1, /^ACTIVE_EDGE_LATENCY WARN .* 127\.0\.6\.4=2s;1;4;0\n$/],
    ['latency', ['-c', '@0:60'], 2, /^ACTIVE_EDGE_LATENCY CRIT /],
    ['rotation', [], 0, /^EDGE_ROTATE OK 2 rotations .* \| rotations=2;4;8;0\n$/],
    ['rotation', ['-w', '1'], 1, /^EDGE_ROTATE WARN /],
    ['freshness', [], 0, /^EDGE_FRESHNESS OK .* \| age=\d+s;180;300;0\n$/],
    ['latency', ['-w', 'soon'], 3, /^ACTIVE_EDGE_LATENCY UNKNOWN "soon" is not a range/],
    ['latency', ['--soon'], 3, /^ACTIVE_EDGE_LATENCY UNKNOWN unknown option '--soon'\n$/],
    ['rotation', ['-A', 'other'], 3, /^EDGE_ROTATE UNKNOWN there is no network other; known: net\n$/],
    [
      'everything',
      [],
      3,
      /^EDGE_CHECK UNKNOWN say which check: integrity, latency, rotation, freshness, served, live, zones, certificate, config, follower, all\n$/,
    ],
  ])('%s %j', async (name, more, status, line) => {
    const ended = await check(name, ...more)
    expect(ended.status).toBe(status)
    expect(ended.stdout).toMatch(line)
  })

  test('ends a process with its status, wrong usage too', async () => {
    const words = ['--config', place.config, ...at()]
    const [critical, wrong] = await Promise.all([
      runCommand(['check', 'integrity', ...words]),
      runCommand(['check', 'integrity', ...words, '--soon']),
    ])
    expect(critical).toMatchObject({
      status: 2,
      stderr: '',
      stdout: expect.stringMatching(/^EDGE_TESTMATCH CRIT .*\n$/),
    })
    expect(wrong).toMatchObject({ status: 3, stdout: "EDGE_TESTMATCH UNKNOWN unknown option '--soon'\n" })
  })

  test('freshness warns of a frozen network, and query says it too', async () => {
    const frozen = join(place.folder, 'frozen')
    cpSync(place.storage, frozen, { recursive: true })
    await put(frozen, 'FREEZE', encodeFreeze({ comment: 'a | b', by: 'root', since: Date.now(), expires: null }))
    const [checked, asked] = await Promise.all([
      check('freshness', '--local', frozen),
      look('query', '--local', frozen),
    ])
    expect(checked.status).toBe(1)
    expect(checked.stdout).toMatch(/^EDGE_FRESHNESS WARN .*; the network is frozen by root: "a \/ b" \| age=/)
    expect(asked.stderr).toContain('edgemanage: net: the network is frozen by root: "a | b"\n')
  })

  test('is UNKNOWN where nothing is stored', async () => {
    const nowhere = join(place.folder, 'nowhere')
    const ended = await check('latency', '--local', nowhere)
    expect(ended).toMatchObject({ status: 3, stderr: '' })
    expect(ended.stdout).toMatch(/^ACTIVE_EDGE_LATENCY UNKNOWN --local .*: there is no such folder/)
  })
})

test('metrics are what a strict reader takes', async () => {
  const { status, stdout, stderr } = await lookAsProcess('metrics')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const families = new Map(parseMetrics(stdout).map(family => [family.name, family]))
  const reachable = families.get('edgemanage_edge_reachable')?.series
  expect(reachable).toEqual(addresses.map((edge, at) => ({ labels: { network: 'net', edge }, value: at < 3 ? 1 : 0 })))
  expect(families.get('edgemanage_live_edges')?.series).toEqual([{ labels: { network: 'net' }, value: 2 }])
  const mode = families.get('edgemanage_edge_mode')?.series.filter(({ value }) => value === 1)
  expect(mode?.map(({ labels }) => labels.mode)).toEqual(['available', 'force', 'available', 'available'])
})

describe('what cannot be looked at is one line that says what to do', () => {
  const commands = ['query', `why ${first}`, `history ${first}`, 'rotations', 'metrics']

  test.each(commands)('%s where nothing is stored', async command => {
    const empty = join(place.folder, 'empty')
    mkdirSync(empty, { recursive: true })
    const { status, stdout, stderr } = await look(command, '--local', empty)
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(/^edgemanage: nothing is stored in .*: run edgemanage manage --local .*\n$/)
  })

  test('a table that is not there, and rights that are missing', async () => {
    const dynamodb = await startDynamoDB()
    const env = {
      TABLE_NAME: 'missing',
      BUCKET_NAME: 'missing',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'operator',
      AWS_SECRET_ACCESS_KEY: 'none',
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
    }
    const query = (...more: string[]) => runInside(['query', '-c', place.config, ...more], env)
    const missing = await query()
    const verbose = await query('-v')
    dynamodb.allow(() => false)
    const denied = await query()
    const checked = await runInside(['check', 'rotation', '--config', place.config], env)
    await dynamodb.close()
    expect(missing).toMatchObject({ status: 1, stdout: '' })
    expect(missing.stderr).toBe('edgemanage: table missing does not exist here: check TABLE_NAME and the region\n')
    expect(verbose.stderr).toMatch(/\n\s+at /)
    expect(denied.status).toBe(1)
    expect(denied.stderr).toMatch(/^edgemanage: no access to table missing: .*\n$/)
    expect(checked.status).toBe(3)
    expect(checked.stdout).toMatch(/^EDGE_ROTATE UNKNOWN no access to table missing/)
  })

  test.each([
    ['query -H healthy', /argument 'healthy' is invalid\. Allowed choices are allpass, /],
    ['query -s up', /Allowed choices are in, out/],
    ['query -m on', /Allowed choices are available, force, blindforce, unavailable/],
    ['query -f xml', /Allowed choices are flat, csv, json/],
    ['query -A other', /there is no network other; known: net/],
    [`history ${first} --format xml`, /Allowed choices are csv, json/],
    [`history ${first} --hours 2001`, /from 1 to 2000/],
    ['history', /missing required argument 'edge'/],
    ['rotations --limit 0', /from 1 to 1000/],
    ['query -q --interval 0', /from 1 to/],
  ])('%s', async (command, expected) => {
    const { status, stdout, stderr } = await look(command)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(expected)
  })
})

test('looking changes nothing', async () => {
  const before = treeHash(place.folder)
  await Promise.all(['query -v', `why ${first}`, `history ${first}`, 'rotations', 'metrics'].map(one => look(one)))
  await check('latency')
  expect(treeHash(place.folder)).toBe(before)
})
