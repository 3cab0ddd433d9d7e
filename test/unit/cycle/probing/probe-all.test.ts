import { beforeEach, describe, expect, test } from 'vitest'
import { watchLoop } from '../../../../functions/adapters/probe/loop-watch.ts'
import { sleep } from '../../../../functions/adapters/time/clock.ts'
import type { Outcome } from '../../../../functions/core/domain/model.ts'
import type { Ports, Progress, Target } from '../../../../functions/cycle/ports/ports.ts'
import { type ProbeAllOptions, probeAll } from '../../../../functions/cycle/probing/probe-all.ts'
import { measuresTime } from '../../../helpers/measures-time.ts'
import { probeOf, restingLoop, World } from '../../../helpers/world.ts'

const request = {
  ...({ proto: 'http', host: 'h', port: 80, uri: '/', verify: true } as const),
  ...{ timeoutSeconds: 1, attempts: 1, sha256: '', bytes: 0 },
}
const target = (kind: Target['kind'], name: string): Target => ({ kind, name, address: name, preferred: null })
const edges = (count: number) => Array.from({ length: count }, (_, at) => target('edge', `edge${at}`))
const canaries = (count: number) => Array.from({ length: count }, (_, at) => target('canary', `canary${at}`))

/** How each target answers: after this many milliseconds with this outcome; `stuck` never does. */
type Plan = Record<string, [ms: number, outcome: Outcome] | 'stuck' | 'broken'>
let starts: number[] = []
let inFlight = 0
let maxInFlight = 0
beforeEach(() => {
  starts = []
  inFlight = 0
  maxInFlight = 0
})

function run(
  targets: Target[],
  plan: Plan,
  changes: Partial<ProbeAllOptions> = {},
  references: Record<string, boolean> = {},
) {
  const options = { ...patient(), workers: 100, references: Object.keys(references) }
  return probeAll(
    targets,
    request,
    { ...options, ...changes },
    {
      probe: async ({ name }, _request, signal) => {
        starts.push(performance.now())
        maxInFlight = Math.max(maxInFlight, ++inFlight)
        const planned = plan[name] ?? [0, 'ok']
        if (planned === 'broken') throw new Error('a fault in the adapter')
        if (planned === 'stuck') return new Promise(() => {})
        await sleep(planned[0], signal)
        inFlight--
        return signal.aborted ? probeOf('skipped') : probeOf(planned[1])
      },
      reference: async url => references[url] === true,
      clock: Date.now,
      sleep,
      watchLoop: () => ({ ...watchLoop(), end: () => ({ worstMs: 3, oftenMs: 1 }) }),
      progress: () => {},
    },
  )
}

const outcomes = (probes: ReadonlyMap<string, { outcome: Outcome }>) =>
  [...probes.values()].map(({ outcome }) => outcome)

describe('probeAll', () => {
  test('probes everyone once, and tells how busy it was', async () => {
    const found = await run([...edges(3), ...canaries(2)], { edge1: [5, 'refused'], canary0: [1, 'timeout'] })
    expect(Object.fromEntries([...found.edges].map(([name, { outcome }]) => [name, outcome]))).toEqual({
      edge0: 'ok',
      edge1: 'refused',
      edge2: 'ok',
    })
    expect([...found.canaries.keys()].sort()).toEqual(['canary0', 'canary1'])
    expect(found).toMatchObject({ killed: false, blind: false, lagMs: 3, oftenLagMs: 1, unsure: 0 })
  })

  test('paces its starts and keeps no more than `workers` in flight', measuresTime, async () => {
    const plan = Object.fromEntries(edges(60).map(({ name }) => [name, [20, 'ok'] as [number, Outcome]]))
    await run(edges(60), plan, { workers: 7 })
    expect(maxInFlight).toBe(7)
    expect(starts).toHaveLength(60)
    for (const [at, start] of starts.entries()) expect(start - Number(starts[0])).toBeGreaterThanOrEqual(at - 0.1)
  })

  test('skips at its end what is not finished, and what never started', measuresTime, async () => {
    const started = performance.now()
    const plan: Plan = { edge0: [3000, 'ok'], edge1: 'stuck', edge2: [0, 'ok'] }
    const found = await run(edges(4), plan, { endsAt: Date.now() + 500, workers: 3 })
    expect([...found.edges].map(([name, { outcome }]) => [name, outcome]).sort()).toEqual([
      ['edge0', 'skipped'],
      ['edge1', 'skipped'],
      ['edge2', 'ok'],
      ['edge3', 'ok'],
    ])
    expect(performance.now() - started).toBeLessThan(1500)
  })

  test('with no time at all everyone is skipped', async () => {
    const found = await run([...edges(2), ...canaries(1)], {}, { endsAt: Date.now() - 1 })
    expect(found.edges.size + found.canaries.size).toBe(3)
    expect(outcomes(found.edges).every(outcome => outcome === 'skipped')).toBe(true)
  })

  test('a probe that breaks is skipped, not an end of everything', async () => {
    const found = await run(edges(2), { edge0: 'broken' })
    expect([found.edges.get('edge0')?.outcome, found.edges.get('edge1')?.outcome]).toEqual(['skipped', 'ok'])
  })

  test('the killer ends all canaries that are not finished, and no edge', measuresTime, async () => {
    const plan: Plan = { canary0: [1, 'ok'], canary1: [1, 'refused'], canary2: [1, 'timeout'], canary3: [2000, 'ok'] }
    const started = performance.now()
    const found = await run(
      [...edges(1), ...canaries(5)],
      { ...plan, canary4: [2000, 'ok'], edge0: [200, 'ok'] },
      { canaryKiller: 2 },
    )
    expect(found.killed).toBe(true)
    expect(found.canaries.get('canary0')?.outcome).toBe('ok')
    expect(found.canaries.get('canary3')?.outcome).toBe('skipped')
    expect(found.canaries.get('canary4')?.outcome).toBe('skipped')
    expect(found.edges.get('edge0')?.outcome).toBe('ok')
    expect(performance.now() - started).toBeLessThan(1500)
  })

  test.each([
    [{}, false],
    [{ a: true }, false],
    [{ a: false, b: true }, false],
    [{ a: false }, true],
    [{ a: false, b: false }, true],
  ])('with references %j blind is %s', async (references, blind) => {
    expect((await run(edges(1), {}, {}, references)).blind).toBe(blind)
  })

  test('starts in the order given, and catches up on no more than 20 ms lost', measuresTime, async () => {
    const order: string[] = []
    const moments: number[] = []
    const probe: Ports['probe'] = async ({ name }) => {
      order.push(name)
      moments.push(performance.now())
      if (name === 'edge3') block(40)
      return probeOf('ok')
    }
    const targets = [...edges(12), ...canaries(2)]
    await probeAll(targets, request, { ...patient(), workers: 50 }, portsWith({ probe }))
    expect(order).toEqual(targets.map(({ name }) => name))
    for (const [at, moment] of moments.entries()) expect(moment - Number(moments[0])).toBeGreaterThanOrEqual(at - 0.1)
    const [lost, last] = [4, targets.length - 1]
    expect(Number(moments[last]) - Number(moments[lost])).toBeGreaterThanOrEqual(last - lost - 20.1)
  })

  test('what never started is told apart from what was broken off, and why', async () => {
    const plan: Plan = { canary0: [400, 'refused'], canary1: [3000, 'ok'] }
    const found = await run(canaries(3), plan, { canaryKiller: 1, workers: 2 })
    expect(found.killed).toBe(true)
    const details = [...found.canaries].map(([name, probe]) => [name, probe.outcome, probe.attempts, probe.detail])
    expect(details).toEqual([
      ['canary0', 'refused', 1, 'refused'],
      ['canary1', 'skipped', 1, 'too many canaries failed'],
      ['canary2', 'skipped', 0, 'too many canaries failed'],
    ])
  })

  test.each([
    [0, 3, false],
    [3, 2, false],
    [3, 3, true],
  ])('a killer of %i with %i failed canaries fires: %s', async (canaryKiller, failed, killed) => {
    const plan: Plan = Object.fromEntries(canaries(failed).map(({ name }) => [name, [0, 'timeout']]))
    const found = await run([...canaries(4), ...edges(4)], { ...plan, edge0: [0, 'refused'] }, { canaryKiller })
    expect(found.killed).toBe(killed)
  })

  test('skipped canaries do not count for the killer', async () => {
    const plan: Plan = { canary0: [1, 'refused'], canary1: [2000, 'ok'], canary2: [2000, 'ok'] }
    const found = await run(canaries(3), plan, { canaryKiller: 2, endsAt: Date.now() + 400 })
    expect(found.killed).toBe(false)
    expect(outcomes(found.canaries)).toEqual(['refused', 'skipped', 'skipped'])
  })

  test('an answer that comes after the end is none', async () => {
    const probe: Ports['probe'] = async () => {
      await sleep(60)
      return probeOf('ok')
    }
    const found = await probeAll(edges(1), request, { ...patient(), endsAt: Date.now() + 20 }, portsWith({ probe }))
    const late = found.edges.get('edge0')
    expect(late).toMatchObject({ outcome: 'skipped', detail: 'probing ended before it was done' })
    expect(late).not.toHaveProperty('fetchMicros')
  })

  test(
    'references do not wait behind hanging edges, and one answer is enough to end the others',
    measuresTime,
    async () => {
      const started = performance.now()
      const ended: string[] = []
      const reference: Ports['reference'] = async (url, _seconds, signal) => {
        if (url === 'quick') return true
        await sleep(3000, signal)
        ended.push(url)
        return false
      }
      const probe: Ports['probe'] = async (_target, _request, signal) => {
        await sleep(150, signal)
        return probeOf('timeout')
      }
      const options = { ...patient(), workers: 1, references: ['slow', 'quick', 'slower'] }
      const found = await probeAll(edges(2), request, options, portsWith({ probe, reference }))
      expect(found.blind).toBe(false)
      expect(ended).toEqual(['slow', 'slower'])
      expect(performance.now() - started).toBeLessThan(1500)
    },
  )

  test.each<[string, Ports['reference']]>([
    ['hang', () => new Promise(() => {})],
    ['reject', () => Promise.reject(new Error('a fault in the adapter'))],
    [
      'throw',
      () => {
        throw new Error('a fault in the adapter')
      },
    ],
  ])('references that %s have failed', async (_name, reference) => {
    const options = { ...patient(), references: ['a', 'b'], endsAt: Date.now() + 50 }
    expect((await probeAll(edges(1), request, options, portsWith({ reference }))).blind).toBe(true)
  })

  test('a probe that throws at once is skipped, and says why', async () => {
    const probe: Ports['probe'] = () => {
      throw new Error('a fault in the adapter')
    }
    const found = await probeAll(edges(1), request, patient(), portsWith({ probe }))
    expect(found.edges.get('edge0')).toMatchObject({
      outcome: 'skipped',
      detail: 'the probe broke: a fault in the adapter',
    })
  })

  test('tells its progress, a hundred times at most', async () => {
    const told: Progress[] = []
    const progress = (step: Progress) => void told.push(step)
    await probeAll(
      edges(450),
      request,
      { ...patient(), workers: 450 },
      portsWith({ progress, sleep: async () => {}, watchLoop: () => restingLoop() }),
    )
    expect(told.length).toBeLessThanOrEqual(100)
    expect(told.at(-1)).toEqual({ step: 'probing', done: 450, total: 450 })
  })

  test('what is skipped for failures of the prober is counted by its cause', async () => {
    const causes: Record<string, string> = { edge0: 'EMFILE', edge1: 'EMFILE', canary0: 'ENOBUFS' }
    const probe: Ports['probe'] = async ({ name }) => {
      const ownFault = causes[name]
      return ownFault === undefined ? probeOf('refused') : { ...probeOf('skipped'), ownFault }
    }
    const { ownFaults } = await probeAll([...edges(3), ...canaries(2)], request, patient(), portsWith({ probe }))
    expect(Object.fromEntries(ownFaults)).toEqual({ EMFILE: 2, ENOBUFS: 1 })
  })

  test('nothing to probe is no trouble', measuresTime, async () => {
    const watch = { watchLoop: () => restingLoop({ worstMs: 7, oftenMs: 2 }) }
    expect(await probeAll([], request, patient(), portsWith(watch))).toEqual({
      edges: new Map(),
      canaries: new Map(),
      rechecked: new Set(),
      killed: false,
      blind: false,
      lagMs: 7,
      oftenLagMs: 2,
      ownFaults: new Map(),
      unsure: 0,
    })
  })
})

function patient(): ProbeAllOptions {
  const standardOf = () => ({ thresholdMicros: 500_000, isLive: false })
  return { workers: 10, canaryKiller: 0, references: [], recheck: null, endsAt: Date.now() + 5000, standardOf }
}

/** Ports of a world where everything is well, but for these. */
function portsWith(changes: Partial<Ports>): Ports {
  const world = new World()
  return { ...world.ports, clock: Date.now, sleep, watchLoop, ...changes }
}

function block(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until) {
    // The event loop is busy.
  }
}
