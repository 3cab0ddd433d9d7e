import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { Network } from '../../functions/core/config/network.ts'
import { type Decision, zonePlansOf } from '../../functions/core/decision/decision.ts'
import type { Outcome } from '../../functions/core/domain/model.ts'
import { network, type Told } from '../helpers/core.ts'
import { partOf } from '../helpers/part.ts'
import { storyOf, type Voting } from '../helpers/story.ts'

vi.setConfig({ testTimeout: 120_000 })

const names = 'abcdefgh'
const regions = ['eu-west-1', 'us-west-2', 'sa-east-1']
const answer = fc.constantFrom<Told>(0.1, 0.1, 0.2, 0.9, 'timeout', 'refused', 'skipped')
const cycles = fc.array(fc.array(answer, { minLength: names.length, maxLength: names.length }), {
  minLength: 2,
  maxLength: 12,
})
const rules = fc.record({
  edge_count: fc.integer({ min: 1, max: 6 }),
  down_after: fc.integer({ min: 1, max: 3 }),
  up_after: fc.integer({ min: 1, max: 3 }),
  dnschange_maxfreq: fc.constantFrom(0, 2, 10),
})

/** The decisions of these cycles, a minute apart, with vantage points that vote like this. */
function decisionsOf(net: Network, probes: readonly Told[][], voting: Voting): Decision[] {
  const chapters = probes.map(told => ({
    edges: Object.fromEntries([...names].map((name, at) => [name, told[at] ?? 'skipped'])),
  }))
  return storyOf(net, chapters, voting).map(({ decision }) => decision)
}

/** What a decision does, without the words for it. */
const deeds = (decision: Decision) => ({
  ...{ status: decision.status, rotations: decision.rotations, entries: [...(decision.run?.entries ?? [])] },
  ...{ live: decision.liveSet.live, answer: decision.liveSet.answer },
  texts: zonePlansOf(decision).map(plan => (plan.action === 'write' ? plan.text : plan.action)),
})

test('vantage points that agree with the prober, or say nothing, change no decision', () => {
  fc.assert(
    fc.property(rules, cycles, fc.boolean(), (settings, probes, isSilent) => {
      const agreeing = network(names, { ...settings, vantages: regions })
      const voting: Voting = (_edge, _cycle, told) => (isSilent || typeof told === 'number' ? 'skipped' : told)
      const without = decisionsOf(network(names, settings), probes, voting).map(deeds)
      expect(decisionsOf(agreeing, probes, voting).map(deeds)).toEqual(without)
    }),
    { numRuns: partOf(600) },
  )
})

test('settings of the brake that is off change nothing', () => {
  fc.assert(
    fc.property(rules, cycles, fc.integer({ min: 1, max: 10 }), (settings, probes, brake_cycles) => {
      const without = decisionsOf(network(names, settings), probes, () => 'skipped').map(deeds)
      expect(decisionsOf(network(names, { ...settings, brake_cycles }), probes, () => 'skipped').map(deeds)).toEqual(
        without,
      )
    }),
    { numRuns: partOf(200) },
  )
})

test('an edge that fails for the prober alone is never judged fail, though one of three vantage points lies', () => {
  fc.assert(
    fc.property(rules, cycles, fc.constantFrom(...regions, null), (settings, probes, liar) => {
      // Whoever passed once; an edge that was never judged has no judgement to keep.
      const all = [[...names].map((): Told => 0.1), ...probes]
      const net = network(names, { ...settings, vantages: regions })
      const decisions = decisionsOf(net, all, (_edge, _cycle, _told, region) => (region === liar ? 'timeout' : 'ok'))
      for (const [at, { participants }] of decisions.entries()) {
        const earlier = decisions[at - 1]
        for (const { name, wasIn, assessed } of participants.edges) {
          const was = earlier?.participants.edges.find(one => one.name === name)?.assessed.judgement
          if (wasIn && was !== 'fail') expect(assessed.judgement, `${name} in cycle ${at}`).not.toBe('fail')
        }
      }
    }),
    { numRuns: partOf(600) },
  )
})

test('a set that really is dead is replaced within brake_cycles + down_after cycles', () => {
  const failing = fc.record({
    live: fc.integer({ min: 1, max: 4 }),
    brake: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
    brake_cycles: fc.integer({ min: 1, max: 10 }),
    down_after: fc.integer({ min: 1, max: 3 }),
    outcome: fc.constantFrom<Outcome>('skipped', 'timeout'),
  })
  fc.assert(
    fc.property(failing, ({ live, brake, brake_cycles, down_after, outcome }) => {
      const net = network(names, { edge_count: live, brake, brake_cycles, down_after, vantages: ['eu-west-1'] })
      const good = [...names].map((_, at): Told => (at < live ? 0.1 : 0.2))
      const dead = [...names].map((_, at): Told => (at < live ? 'timeout' : 0.2))
      const decisions = decisionsOf(net, [good, ...Array(brake_cycles + down_after).fill(dead)], () => outcome)
      const left = decisions.at(-1)?.liveSet.live.filter(name => [...names].indexOf(name) < live)
      expect(left).toEqual([])
    }),
    { numRuns: partOf(600) },
  )
})
