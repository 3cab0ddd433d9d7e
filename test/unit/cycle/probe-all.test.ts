import { beforeEach, describe, expect, test } from 'vitest'
import { sleep } from '../../../functions/adapters/clock.ts'
import type { Outcome } from '../../../functions/core/model.ts'
import type { Target } from '../../../functions/cycle/ports.ts'
import { type ProbeAllOptions, probeAll } from '../../../functions/cycle/probe-all.ts'
import { probeOf } from '../../fixtures/world.ts'

const request = {
  ...({ proto: 'http', host: 'h', port: 80, uri: '/', verify: true } as const),
  ...{ timeoutSeconds: 1, attempts: 1, sha256: '', bytes: 0 },
}
const target = (kind: Target['kind'], name: string): Target => ({ kind, name, address: name, preferred: null })
const edges = (count: number) => Array.from({ length: count }, (_, at) => target('edge', `edge${at}`))
const canaries = (count: number) => Array.from({ length: count }, (_, at) => target('canary', `canary${at}`))

/** How each target answers: after so many milliseconds with this outcome; `stuck` never does. */
type Plan = Record<string, [ms: number, outcome: Outcome] | 'stuck' | 'broken'>
let starts: number[] = []
let inFlight = 0
let mostInFlight = 0
beforeEach(() => {
  starts = []
  inFlight = 0
  mostInFlight = 0
})

function run(
  targets: Target[],
  plan: Plan,
  changes: Partial<ProbeAllOptions> = {},
  references: Record<string, boolean> = {},
) {
  const options = { workers: 100, canaryKiller: 0, references: Object.keys(references), endsAt: Date.now() + 5000 }
  return probeAll(
    targets,
    request,
    { ...options, ...changes },
    {
      probe: async ({ name }, _request, signal) => {
        starts.push(performance.now())
        mostInFlight = Math.max(mostInFlight, ++inFlight)
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
      watchLag: () => () => 3,
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
    expect(found).toMatchObject({ killed: false, blind: false, lagMs: 3 })
  })

  test('paces its starts and keeps no more than `workers` in flight', async () => {
    const plan = Object.fromEntries(edges(60).map(({ name }) => [name, [20, 'ok'] as [number, Outcome]]))
    await run(edges(60), plan, { workers: 7 })
    expect(mostInFlight).toBe(7)
    const gaps = starts.slice(1).map((start, at) => start - (starts[at] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThan(1)
    expect(starts).toHaveLength(60)
  })

  test('skips at its end what is not finished, and what never started', async () => {
    const started = performance.now()
    const plan: Plan = { edge0: [3000, 'ok'], edge1: 'stuck', edge2: [0, 'ok'] }
    const found = await run(edges(4), plan, { endsAt: Date.now() + 100, workers: 3 })
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

  test('the killer ends all canaries that are not finished, and no edge', async () => {
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
})
