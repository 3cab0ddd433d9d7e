import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import { type Ended, runCommand } from '../helpers/command.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { type LambdaStandin, startLambda } from '../helpers/lambda-standin.ts'
import { measuresTime } from '../helpers/measures-time.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

const edge = (at: number) => `127.0.61.${at}`
const all = [1, 2, 3, 4, 5, 6, 7, 8].map(edge)
const regions = ['eu-west-1', 'us-west-2']
let edges: Edges
let lambda: LambdaStandin
let place: Workplace

beforeEach(async () => {
  edges = await startEdges(all)
  lambda = await startLambda()
  place = workplaceFor(edges, all)
  // The first four are the fastest, and live.
  for (const one of all.slice(4)) edges.behave(one, { delayMs: 150 })
})

afterEach(async () => {
  place.remove()
  await lambda.close()
  await edges.close()
})

const env = () => ({
  AWS_ENDPOINT_URL_LAMBDA: lambda.url,
  AWS_ACCESS_KEY_ID: 'manage',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_EC2_METADATA_DISABLED: 'true',
})
const settings = (changes: object) => place.settings({ edge_count: 4, goodenough: 1, timeout: 1, ...changes })
const run = (...more: string[]): Promise<Ended> =>
  runInside(['manage', '-c', place.config, '--local', place.storage, '--force', ...more], env())
const cycle = async (...more: string[]): Promise<Report> => JSON.parse((await run('--json', ...more)).stdout)
const look = (...command: string[]) =>
  runInside([...command, '--config', place.config, '--local', place.storage], env())
const rowOf = (report: Report, name: string) => report.edges.find(row => row.edge === name)
const live = all.slice(0, 4)

describe('recheck (behaviour §10.1)', () => {
  test('one lost fetch evicts nobody; a healthy cycle sends not one request more', async () => {
    settings({ recheck: 0.3 })
    expect((await cycle()).live).toEqual(live)
    await cycle()
    expect(all.map(edges.count)).toEqual(all.map(() => 2))
    edges.behave(edge(1), { status: 503 })
    void edges.asked(edge(1)).then(() => setTimeout(() => edges.behave(edge(1), {}), 100))
    const report = await cycle()
    expect(report).toMatchObject({ live, rotated: false })
    expect(rowOf(report, edge(1))).toMatchObject({ outcome: 'ok', judgement: 'pass_threshold', rechecked: true })
    expect(report.edges.filter(({ rechecked }) => rechecked)).toHaveLength(1)
    expect(all.map(edges.count)).toEqual([4, 3, 3, 3, 3, 3, 3, 3])
    expect((await look('why', edge(1))).stdout).toContain('It was fetched once more before it was judged.')
  })

  test('one that fails twice is replaced, and one out of the live set is not fetched again', async () => {
    settings({ recheck: 0.2 })
    await cycle()
    edges.behave(edge(1), { status: 503 })
    edges.behave(edge(8), { status: 503 })
    const report = await cycle()
    expect(report.live).not.toContain(edge(1))
    expect(rowOf(report, edge(1))).toMatchObject({ outcome: 'bad_status', judgement: 'fail', rechecked: true })
    expect(rowOf(report, edge(8))).not.toHaveProperty('rechecked')
    expect([edges.count(edge(1)), edges.count(edge(8))]).toEqual([3, 2])
  })
})

describe('vantage points (behaviour §10.2)', () => {
  test('what the prober alone cannot reach stays live, and every place says who saw what', async () => {
    settings({ vantages: regions })
    expect((await cycle()).live).toEqual(live)
    expect(lambda.journal).toEqual([])
    for (const at of [1, 2]) edges.behave(edge(at), { status: 503, hereOnly: true })
    const report = await cycle()
    expect(report).toMatchObject({ status: 'ok', live, rotated: false, passing: 4 })
    for (const at of [1, 2]) {
      const row = rowOf(report, edge(at))
      expect(row).toMatchObject({ outcome: 'bad_status', judgement: 'pass_threshold', disputed: true, state: 'in' })
      expect(row?.votes).toEqual(regions.map(region => ({ region, outcome: 'ok' })))
      expect(row?.reason).toContain('fails here, answers from 2 of 2 regions (eu-west-1, us-west-2)')
    }
    expect(lambda.journal.map(({ region }) => region).sort()).toEqual(regions)
    for (const { name, type, event, caller } of lambda.journal) {
      expect({ name, type, caller }).toEqual({ name: 'edgemanage-vantage', type: 'RequestResponse', caller: 'manage' })
      expect(event.targets).toEqual([1, 2].map(at => ({ name: edge(at), address: edge(at) })))
    }
    expect((await look('why', edge(1))).stdout).toContain('fails here, answers from 2 of 2 regions')
    expect((await look('query')).stderr).toContain(`disputed: ${edge(1)}, ${edge(2)} fail here, answer elsewhere`)
    expect((await look('status', '--html', `${place.folder}/page.html`)).status).toBe(0)
    const { stdout } = await look('check', 'live')
    expect(stdout).toContain(`disputed: ${edge(1)}, ${edge(2)} fail here, answer elsewhere`)
    expect((await look('metrics')).stdout).toContain('edgemanage_disputed_edges{network="net"} 2')
    const page = readFileSync(`${place.folder}/page.html`, 'utf8')
    expect(page).toContain(`Disputed: ${edge(1)}, ${edge(2)} fail here, but answer from other regions.`)
    // The next cycle keeps to it without asking, and so do those who look at it.
    expect((await cycle()).live).toEqual(live)
    expect(lambda.journal).toHaveLength(2)
    expect((await look('why', edge(1))).stdout).toContain('fails here, answers from 2 of 2 regions')
  })

  test('a dispute that lasts is asked about in every fifth cycle, and ends with the first good answer', async () => {
    settings({ vantages: ['eu-west-1'], timeout: 0.8 })
    await cycle()
    edges.behave(edge(1), { status: 503, hereOnly: true })
    for (let at = 1; at <= 11; at++) {
      const report = await cycle()
      expect(rowOf(report, edge(1)), `cycle ${at}`).toMatchObject({ disputed: true, judgement: 'pass_threshold' })
      expect(report.live).toEqual(live)
      expect(lambda.journal).toHaveLength(1 + Math.floor((at - 1) / 5))
    }
    edges.behave(edge(1), {})
    expect(rowOf(await cycle(), edge(1))).not.toHaveProperty('disputed')
    edges.behave(edge(1), { status: 503 })
    const report = await cycle()
    expect(lambda.journal).toHaveLength(4)
    expect(report.live).not.toContain(edge(1))
  })

  test('what really fails is replaced in the same cycle', async () => {
    settings({ vantages: regions })
    await cycle()
    for (const at of [1, 2]) edges.behave(edge(at), { status: 503 })
    const report = await cycle()
    expect(report.rotated).toBe(true)
    expect(report.live).toHaveLength(4)
    expect(report.live).not.toContain(edge(1))
    expect(report.out[0]?.reason).toContain('fails here and from 2 of 2 regions (bad_status: eu-west-1, us-west-2)')
    expect(rowOf(report, edge(1))).toMatchObject({ votes: [{ outcome: 'bad_status' }, { outcome: 'bad_status' }] })
    expect((await look('rotations')).stdout).toContain('fails here and from 2 of 2 regions')
    await cycle()
    expect(lambda.journal).toHaveLength(2)
  })

  test.each<[string, Parameters<LambdaStandin['behave']>[1], RegExp]>([
    ['hangs', 'hangs', /eu-west-1: it did not answer in time/],
    ['throws', 'throws', /eu-west-1: it failed: out of memory/],
    ['is throttled', 'fails', /eu-west-1: Rate Exceeded/],
    ['refuses addresses that are not public', 'refuses addresses', /eu-west-1: it failed: .*is not a public address/],
    ['has another version', { answers: () => ({ version: 99, region: 'eu-west-1', outcomes: [] }) }, /another version/],
    ['says nonsense', { answers: () => 'hello' }, /an unknown form/],
    [
      'speaks of others',
      {
        answers: ({ event: { version } }) => ({
          ...{ version, region: 'eu-west-1' },
          outcomes: [{ name: 'x', outcome: 'ok', fetchSeconds: 1, detail: '' }],
        }),
      },
      /edges it was not asked about/,
    ],
    [
      'could not look',
      {
        answers: ({ event: { version, targets } }) => ({
          ...{ version, region: 'eu-west-1' },
          outcomes: targets.map(({ name }) => ({ name, outcome: 'skipped', fetchSeconds: null, detail: 'no sockets' })),
        }),
      },
      /eu-west-1: no sockets/,
    ],
  ])('one that %s abstains, and the other decides', measuresTime, async (_, behaviour, words) => {
    settings({ vantages: regions, timeout: 0.8 })
    await cycle()
    lambda.behave('eu-west-1', behaviour)
    edges.behave(edge(1), { status: 503, hereOnly: true })
    const report = await cycle()
    expect(report).toMatchObject({ live, abstained: ['eu-west-1'] })
    expect(rowOf(report, edge(1))).toMatchObject({ disputed: true, votes: [{ region: 'us-west-2', outcome: 'ok' }] })
    expect(report.warnings).toContainEqual(expect.stringMatching(/^1 of 2 vantage points did not vote/))
    expect(report.warnings).toContainEqual(expect.stringMatching(words))
    expect(report.durationMs).toBeLessThan(10_000)
  })

  test('where all abstain the prober decides alone, with a warning', async () => {
    settings({ vantages: regions, timeout: 0.8 })
    await cycle()
    for (const region of regions) lambda.behave(region, 'throws')
    edges.behave(edge(1), { status: 503, hereOnly: true })
    const report = await cycle()
    expect(report.live).not.toContain(edge(1))
    expect(rowOf(report, edge(1))).not.toHaveProperty('votes')
    expect(report.warnings).toContainEqual(expect.stringContaining('the prober decided alone'))
  })

  test('a dry run asks nobody and says whom it would ask about what', async () => {
    settings({ vantages: regions })
    await cycle()
    edges.behave(edge(1), { status: 503, hereOnly: true })
    const report = await cycle('--dry-run')
    expect(lambda.journal).toEqual([])
    expect(report.live).not.toContain(edge(1))
    expect(report.warnings).toContainEqual(
      `a cycle would ask eu-west-1, us-west-2 about ${edge(1)}; a dry run asks none of them`,
    )
  })

  test('without credentials the prober decides alone, and says in plain words why', async () => {
    settings({ vantages: regions, timeout: 0.8 })
    await cycle()
    edges.behave(edge(1), { status: 503, hereOnly: true })
    const args = ['manage', '-c', place.config, '--local', place.storage, '--force', '--json']
    const nobody = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', HOME: place.folder, AWS_PROFILE: '' }
    const { stdout } = await runCommand(args, { ...env(), ...nobody })
    const report: Report = JSON.parse(stdout)
    expect(lambda.journal).toEqual([])
    expect(report).toMatchObject({ status: 'ok', rotated: true, abstained: regions })
    const why = regions.map(region => `${region}: no AWS credentials were found to ask it with`).join('; ')
    expect(report.warnings).toContain(`no vantage point voted on ${edge(1)}, so the prober decided alone (${why})`)
  })

  test('functions that VANTAGES names are asked by their ARN', async () => {
    settings({ vantages: regions })
    await cycle()
    const arn = (region: string) => `arn:aws:lambda:${region}:123456789012:function:prod-vantage`
    edges.behave(edge(1), { status: 503, hereOnly: true })
    const args = ['manage', '-c', place.config, '--local', place.storage, '--force', '--json']
    const { stdout } = await runInside(args, { ...env(), VANTAGES: regions.map(arn).join(',') })
    expect(rowOf(JSON.parse(stdout), edge(1))).toMatchObject({ disputed: true })
    expect(lambda.journal.map(({ region, name }) => [region, name]).sort()).toEqual(
      regions.map(region => [region, arn(region)]),
    )
  })
})

describe('the brake (behaviour §10.3)', () => {
  test('three of four that fail at once are held for exactly one cycle, and everyone is told', async () => {
    settings({ brake: 0.5 })
    await cycle()
    for (const at of [1, 2, 3]) edges.behave(edge(at), { status: 503 })
    const braked = await cycle()
    expect(braked).toMatchObject({
      status: 'ok',
      braked: true,
      rotationSuppressed: true,
      rotated: false,
      live,
      passing: 1,
    })
    expect(braked.warnings).toContainEqual(
      'braked: 3 of 4 live edges failed at once and the brake holds the set for up to 1 cycle',
    )
    expect(rowOf(braked, edge(1))?.reason).toContain('stays live, because 3 of 4 live edges failed at once')
    const { stdout, status } = await look('check', 'live')
    expect({ stdout, status }).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('braked: 3 of 4 live edges'),
    })
    expect((await look('metrics')).stdout).toContain('edgemanage_braked{network="net"} 1')
    expect((await look('why', edge(1))).stdout).toContain('the brake holds the set')
    const after = await cycle()
    expect(after).toMatchObject({ braked: false, rotationSuppressed: false, rotated: true, passing: 4 })
    expect(after.live).toEqual([edge(4), ...after.live.slice(1)])
  })

  test('what vantage points confirm is not held', async () => {
    settings({ brake: 0.5, vantages: regions })
    await cycle()
    for (const at of [1, 2, 3]) edges.behave(edge(at), { status: 503 })
    expect(await cycle()).toMatchObject({ braked: false, rotated: true, passing: 4 })
  })
})

test('validate warns of a brake that never holds, and of vantage points without time', async () => {
  settings({ brake: 1, vantages: regions, timeout: 12, brake_cycles: 2 })
  const validate = () => runInside(['validate', '-c', place.config])
  const { stdout, stderr, status } = await validate()
  expect(status).toBe(0)
  expect(stdout + stderr).toMatch(/warning: brake \(1\) never holds/)
  expect(stdout + stderr).toMatch(/may take 39 s \(3 × timeout \+ recheck \+ 3\), more than the 35 s/)
  settings({ vantages: ['mars', 'eu-west-1', 'eu-west-1'], brake: 2, brake_cycles: 11, recheck: 11 })
  const wrong = await validate()
  expect(wrong.status).toBe(2)
  for (const words of ['is not the name of an AWS region', "'eu-west-1' is listed twice", 'brake', 'recheck']) {
    expect(wrong.stdout + wrong.stderr).toContain(words)
  }
})
