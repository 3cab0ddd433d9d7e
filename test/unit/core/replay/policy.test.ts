import { describe, expect, test } from 'vitest'
import { type Run, rejudged, unpackEntry } from '../../../../functions/core/history/run.ts'
import { decideCycle, judgementIn, type Policy, type Turn } from '../../../../functions/core/replay/policy.ts'
import type { Step } from '../../../../functions/core/replay/recorded.ts'
import { scenesOf } from '../../../../functions/core/replay/scenes.ts'
import { runningSums } from '../../../../functions/core/replay/sums.ts'
import { network, now, type RunMember, runAgo } from '../../../helpers/core.ts'

const net = network('abc')
const policyWith = (live: string): Policy => ({ live: [...live], rotations: [], runs: [] })

function turnOf(run: Run, step: Partial<Step> = {}, recordedBefore: string[] | null = null): Turn {
  const today = { edges: net.edges, orders: new Map(), freeze: null, addresses: new Map() }
  const recorded = { before: [], after: [], rotated: false, isHeld: false, adopted: null, ...step }
  const sums = runningSums([run.roster], [300])
  return { network: net, settings: net.settings, scene: scenesOf([run], today).at(0), recorded, recordedBefore, sums }
}
const cycle = (edges: Record<string, RunMember>) => runAgo(0, edges)

describe('a policy in a cycle', () => {
  test('decides, and remembers the cycle as it would have been recorded', () => {
    const policy = policyWith('ac')
    const run = cycle({ a: { how: 'refused', live: true }, b: 0.1, c: { how: 0.1, live: true } })
    const move = decideCycle(policy, turnOf(run))
    expect([move.before, move.after, move.rotated]).toEqual([['a', 'c'], ['b', 'c'], true])
    expect(policy).toMatchObject({ live: ['b', 'c'], rotations: [now] })
    expect([...(policy.runs[0]?.entries ?? [])].map(word => unpackEntry(word, 1e7)?.live)).toEqual([false, true, true])
    expect(policy.runs[0]).not.toBe(run)
    expect(['a', 'b', 'gone'].map(judgementIn(move, run))).toEqual(['fail', 'pass_threshold', null])
  })

  test('the very same cycle is kept where nothing differs', () => {
    const policy = policyWith('ab')
    const run = cycle({ a: { how: 0.1, live: true }, b: { how: 0.1, live: true }, c: 0.1 })
    decideCycle(policy, turnOf(run))
    expect(policy.runs[0]).toBe(run)
  })

  test('can do nothing in a cycle that could not act', () => {
    const policy = policyWith('ac')
    const { after, rotated } = decideCycle(policy, turnOf(cycle({ a: 'refused', b: 0.1, c: 0.1 }), { isHeld: true }))
    expect([after, rotated, policy.rotations]).toEqual([['a', 'c'], false, []])
  })

  test('adopts what an unrecorded cycle changed, if its live set was the recorded one', () => {
    const run = cycle({ a: 0.1, b: 0.1, c: 0.1 })
    const adopted = { before: ['b', 'c'], adopted: { times: [now - 1000] } }
    const adopt = (live: string, recordedBefore: string[] | null) => {
      const policy = policyWith(live)
      const { before } = decideCycle(policy, turnOf(run, adopted, recordedBefore))
      return [before.join(''), policy.rotations]
    }
    expect(adopt('ab', ['a', 'b'])).toEqual(['bc', [now - 1000]])
    expect(adopt('ac', ['a', 'b'])).toEqual(['ac', []])
    expect(adopt('ab', null)).toEqual(['ab', []])
  })

  test('a failed probe counts as the timeout of its own cycle, in older cycles as what it holds', () => {
    const averageOf = (run: Run) =>
      decideCycle(policyWith('ab'), turnOf(run)).judged.participants.edges[0]?.assessed.all.sumMicros
    const failing = runAgo(0, { a: 'refused', b: 0.1 }, {}, 3)
    expect(averageOf(failing)).toBe(3e6)
    const older = {
      ...failing,
      timeoutMicros: null,
      entries: Uint32Array.from([
        rejudged(0x60000000 + 2_000_000 + 2 * 2 ** 24, 'fail', false),
        Number(failing.entries[1]),
      ]),
    }
    expect(averageOf(older)).toBe(2e6)
    const healthy = { ...runAgo(0, { a: 0.1, b: 0.1 }), timeoutMicros: null }
    expect(averageOf(healthy)).toBe(1e5)
    const unreadable = { ...healthy, entries: Uint32Array.from([0xffffffff, 0xffffffff]) }
    expect(averageOf(unreadable)).toBe(0)
  })
})
