import { describe, expect, test } from 'vitest'
import type { Ports } from '../../../../functions/cycle/ports/ports.ts'
import type { Question, Seen } from '../../../../functions/cycle/ports/vantage.ts'
import { type AskContext, askVantages } from '../../../../functions/cycle/probing/ask-vantages.ts'
import { inputOf, network, now, runAgo, stateBefore, type Told, told } from '../../../helpers/core.ts'

const vantages = ['eu-west-1', 'us-west-2']
const letters = 'abcdefghijklmnopqrst'
const ok = { how: 0.1, live: true }

/** A cycle in which these live edges (one letter each) turned out like this; public addresses unless told otherwise. */
function context(
  edges: Record<string, Told>,
  changes: Partial<AskContext> = {},
  addresses: Record<string, string> = {},
) {
  const names = [...letters]
  const address = (name: string) => addresses[name] ?? `8.8.8.${letters.indexOf(name) + 1}`
  const net = network(letters, { vantages, edge_count: 20, timeout: 10 })
  const given = { ...net, edges: names.map(name => ({ name, address: address(name) })) }
  const before = stateBefore({ live: names, runs: [runAgo(60, Object.fromEntries(names.map(name => [name, ok])))] })
  const { probing } = inputOf({ network: given, before, edges })
  return { network: given, before, probing, now, endsAt: now + 35_000, dryRun: false, ...changes }
}

/** Ports whose clock stands, and on which waiting ends when `passes` says that so much time goes by. */
function portsOf(ask: Ports['askVantage'], elapsedMs = 0, passes = false) {
  const waits: number[] = []
  const asked: { region: string; question: Question }[] = []
  const ports = {
    clock: () => now + elapsedMs,
    sleep: (ms: number, signal?: AbortSignal) => {
      waits.push(ms)
      return passes ? Promise.resolve() : new Promise<void>(done => signal?.addEventListener('abort', () => done()))
    },
    askVantage:
      ask &&
      ((region: string, question: Question, signal: AbortSignal) => {
        asked.push({ region, question })
        return ask(region, question, signal)
      }),
  }
  return { ports, waits, asked }
}

const all =
  (outcome: Seen['outcome']) =>
  async (_: string, { targets }: Question) =>
    targets.map(({ name }): Seen => ({ name, outcome, fetchSeconds: outcome === 'ok' ? 0.1 : null, detail: '' }))

describe('asking vantage points (behaviour §10.2)', () => {
  test.each<[string, AskContext]>([
    ['nobody falls', context({})],
    [
      'nothing is judged',
      context({ a: 'timeout' }, { probing: { ...context({ a: 'timeout' }).probing, blind: true } }),
    ],
    ['only one out of the live set fails', { ...context({ a: 'timeout' }), before: stateBefore({ live: ['b'] }) }],
    ['probes are skipped', context({ a: 'skipped' })],
    ['there are none', { ...context({ a: 'timeout' }), network: network(letters) }],
  ])('nobody is asked where %s', async (_, given) => {
    const { ports, asked } = portsOf(all('ok'))
    expect(await askVantages(given, ports)).toEqual({ verdicts: new Map(), sight: null })
    expect(asked).toEqual([])
  })

  test('all are asked about all that fall, with the addresses that the prober used', async () => {
    const { ports, asked } = portsOf(all('ok'))
    const { verdicts, sight } = await askVantages(context({ a: 'timeout', c: 'refused' }), ports)
    expect(asked.map(({ region }) => region)).toEqual(vantages)
    expect(asked[0]?.question.targets).toEqual([
      { name: 'a', address: '8.8.8.1' },
      { name: 'c', address: '8.8.8.3' },
    ])
    expect(asked[0]?.question.request).toMatchObject({ host: 'site.example', timeoutSeconds: 10, attempts: 3 })
    expect([...verdicts].map(([name, { verdict }]) => [name, verdict])).toEqual([
      ['a', 'disputed'],
      ['c', 'disputed'],
    ])
    expect(sight).toMatchObject({ edges: ['a', 'c'], abstained: [], asked: 'yes' })
  })

  test.each([
    [0, 10],
    [22_000, 10],
    [25_000, 7],
    [30_000, 2],
    [30_001, null],
    [34_000, null],
    [40_000, null],
  ])('%i ms into the cycle the deadline is %s s', async (elapsed, seconds) => {
    const { ports, asked, waits } = portsOf(all('ok'), elapsed)
    const { sight, verdicts } = await askVantages(context({ a: 'timeout' }), ports)
    expect(asked[0]?.question.request.timeoutSeconds ?? null).toBe(seconds)
    expect(sight?.asked).toBe(seconds === null ? 'no time' : 'yes')
    expect(verdicts.size).toBe(seconds === null ? 0 : 1)
    // Nobody is waited for beyond the end of probing.
    for (const wait of waits) expect(elapsed + wait).toBeLessThanOrEqual(35_000)
  })

  test('whoever is late abstains, and so does whoever breaks', async () => {
    const never = (region: string, question: Question) =>
      region === 'eu-west-1'
        ? new Promise<Seen[]>(() => {})
        : Promise.reject(new Error(`broken\n${question.targets.length}`))
    const { ports } = portsOf(never, 0, true)
    const { verdicts, sight } = await askVantages(context({ a: 'timeout' }), ports)
    expect(verdicts.size).toBe(0)
    expect(sight?.abstained).toMatchObject([{ why: 'it did not answer in time' }, { region: 'us-west-2' }])
  })

  test('a dry run asks nobody, and neither does a machine that cannot', async () => {
    const { ports, asked } = portsOf(all('ok'))
    expect(await askVantages(context({ a: 'timeout' }, { dryRun: true }), ports)).toMatchObject({
      verdicts: new Map(),
      sight: { edges: ['a'], asked: 'dry run' },
    })
    expect(asked).toEqual([])
    const without = await askVantages(context({ a: 'timeout' }), portsOf(undefined).ports)
    expect(without.sight?.abstained).toHaveLength(2)
  })

  test('of more than 16, 16 are asked about, and half of them decide for all', async () => {
    const down = Object.fromEntries([...letters].map(name => [name, 'timeout' as const]))
    const { ports, asked } = portsOf(all('ok'))
    const { verdicts, sight } = await askVantages(context(down), ports)
    expect(asked[0]?.question.targets).toHaveLength(16)
    expect(sight?.unasked).toEqual(['q', 'r', 's', 't'])
    expect(verdicts.size).toBe(20)
  })

  test('addresses that are not public are left out where there are others', async () => {
    const { ports, asked } = portsOf(all('ok'))
    const mixed = context({ a: 'timeout', b: 'timeout' }, {}, { a: '10.0.0.1' })
    expect((await askVantages(mixed, ports)).sight).toMatchObject({ edges: ['b'], outOfReach: ['a'] })
    expect(asked[0]?.question.targets.map(({ name }) => name)).toEqual(['b'])
    await askVantages(context({ a: 'timeout' }, {}, { a: '10.0.0.1' }), ports)
    expect(asked.at(-1)?.question.targets.map(({ name }) => name)).toEqual(['a'])
  })

  test('an edge that nobody votes on is decided by the prober alone, though others were voted on', async () => {
    const half = async (_: string, { targets }: Question): Promise<Seen[]> =>
      targets.map(({ name }) => ({ name, outcome: name === 'a' ? 'ok' : 'skipped', fetchSeconds: null, detail: '' }))
    const { verdicts, sight } = await askVantages(context({ a: 'timeout', c: 'refused' }), portsOf(half).ports)
    expect([...verdicts.keys()]).toEqual(['a'])
    expect(sight).toMatchObject({ abstained: [], unvoted: ['c'] })
  })

  test('of more than 16, those out of reach take nobody a place', async () => {
    const down = Object.fromEntries([...letters].map(name => [name, 'timeout' as const]))
    const { ports, asked } = portsOf(all('ok'))
    const { verdicts, sight } = await askVantages(context(down, {}, { a: '10.0.0.1', b: '::1' }), ports)
    expect(asked[0]?.question.targets.map(({ name }) => name)).toEqual([...'cdefghijklmnopqr'])
    expect(sight).toMatchObject({ unasked: ['s', 't'], outOfReach: ['a', 'b'] })
    expect(verdicts.size).toBe(20)
  })

  test('an edge whose address nobody knows is not asked about', async () => {
    const given = context({ a: 'timeout' })
    const edges = given.network.edges.map(edge => (edge.name === 'a' ? { ...edge, address: null } : edge))
    const probes = new Map([...given.probing.edges, ['a', told('dns_error')] as const])
    const { ports, asked } = portsOf(all('ok'))
    const scene = { ...given, network: { ...given.network, edges }, probing: { ...given.probing, edges: probes } }
    expect((await askVantages(scene, ports)).sight).toMatchObject({ edges: [], outOfReach: ['a'] })
    expect(asked).toEqual([])
  })
})
