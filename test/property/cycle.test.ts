import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { decide } from '../../functions/core/decision/decide.ts'
import { type DecideInput, type Decision, zonePlansOf } from '../../functions/core/decision/decision.ts'
import { intentsOf } from '../../functions/core/decision/settle.ts'
import { isPassing } from '../../functions/core/domain/model.ts'
import { historyOf } from '../../functions/core/history/history.ts'
import type { Participant } from '../../functions/core/judgement/participants.ts'
import { arbitraryInput, arbitraryNetwork } from '../helpers/arbitraries.ts'
import { addressesIn, decideOn, inputOf, now } from '../helpers/core.ts'
import { partOf } from '../helpers/part.ts'
import { stateAfter } from '../helpers/state-after.ts'

vi.setConfig({ testTimeout: 300_000 })

const runs = { numRuns: partOf(2000) }

/** Checks what holds for any cycle. */
function always(check: (decision: Decision, input: DecideInput) => void) {
  fc.assert(
    fc.property(arbitraryInput, input => check(decide(input), input)),
    runs,
  )
}

function texts(decision: Decision): { zone: string; text: string }[] {
  return zonePlansOf(decision).flatMap(plan => (plan.action === 'write' ? [{ zone: plan.zone, text: plan.text }] : []))
}

function isOrderedLive({ order, assessed }: Participant): boolean {
  return order.mode === 'blindforce' || (order.mode === 'force' && isPassing(assessed.judgement))
}

function byNames({ participants }: Decision): Map<string, Participant> {
  return new Map(participants.edges.map(edge => [edge.name, edge]))
}

/** A decision as bytes, maps included. */
function bytesOf(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    one instanceof Map || one instanceof Set ? [...one] : one instanceof Uint32Array ? [...one] : one,
  )
}

test('no empty address set is ever planned, for any zone', () => {
  always((decision, input) => {
    for (const { text } of texts(decision)) {
      const apex = addressesIn(text)
      expect(apex.length).toBeGreaterThan(0)
      expect(new Set(apex).size).toBe(apex.length)
      const www = [...text.matchAll(/^www \d+ IN A{1,4} (\S+)$/gm)].map(([, address]) => address)
      expect(www).toEqual(apex)
    }
    if (decision.status !== 'ok') expect(intentsOf(decision, input.before)).toBeNull()
    else expect(decision.liveSet.live).not.toEqual([])
  })
})

test('no unavailable edge enters: whoever does passes and answered, is ordered, or answers in a shortage', () => {
  always(decision => {
    const edges = byNames(decision)
    const { live, recorded } = decision.liveSet
    const entered = live.filter(name => !recorded.includes(name)).map(name => edges.get(name))
    for (const edge of entered) {
      if (edge === undefined) throw new Error('an edge that there is not entered')
      const { judgement, probe, waitsForUpAfter } = edge.assessed
      const answered = probe.outcome === 'ok' || probe.outcome === 'skipped'
      expect(edge.order.mode).not.toBe('unavailable')
      expect((isPassing(judgement) && answered) || isOrderedLive(edge) || waitsForUpAfter).toBe(true)
    }
  })
})

test('the decided set holds every order, and else is no larger than edge_count; no two edges have one address', () => {
  always((decision, { network }) => {
    const edges = byNames(decision)
    const ordered = decision.participants.edges.filter(isOrderedLive)
    const { decided } = decision.liveSet
    expect(decided.length).toBeLessThanOrEqual(Math.max(network.settings.edge_count, ordered.length))
    const addresses = decided.map(name => edges.get(name)?.address)
    expect(addresses).not.toContain(null)
    expect(new Set(addresses).size).toBe(decided.length)
    for (const { address } of ordered) if (address !== null) expect(addresses).toContain(address)
  })
})

test('healthy incumbents stay while there is room for them', () => {
  always((decision, { network }) => {
    if (network.settings.rotation === 'reselect') return
    const healthy = decision.participants.edges.filter(
      edge => edge.wasIn && edge.assessed.judgement === 'pass_threshold' && edge.order.mode !== 'unavailable',
    )
    const ordered = decision.participants.edges.filter(isOrderedLive)
    const addresses = decision.participants.edges.map(edge => edge.address)
    const isPlain = new Set(addresses).size === addresses.length && !addresses.includes(null)
    if (!isPlain || new Set([...healthy, ...ordered]).size > network.settings.edge_count) return
    expect(decision.liveSet.live).toEqual(expect.arrayContaining(healthy.map(edge => edge.name)))
  })
})

test('the same inputs give the same bytes', () => {
  fc.assert(
    fc.property(arbitraryInput, input => {
      const copy = structuredClone(input)
      expect(bytesOf(decide(copy))).toBe(bytesOf(decide(input)))
    }),
    runs,
  )
})

/** The same input with everything in another order: edges, zones, canaries, maps, runs. */
function shuffled(input: DecideInput, order: <T>(values: readonly T[]) => T[]): DecideInput {
  const { network, before, probing } = input
  const map = <K, V>(given: ReadonlyMap<K, V>) => new Map(order([...given]))
  return {
    ...input,
    network: {
      ...network,
      edges: order(network.edges),
      zones: order(network.zones),
      canaries: order(network.canaries),
    },
    before: {
      ...before,
      orders: map(before.orders),
      zones: map(before.zones),
      addresses: map(before.addresses),
      history: historyOf(order(before.history.runs), 2000),
    },
    probing: { ...probing, edges: map(probing.edges), canaries: map(probing.canaries) },
    readBack: map(input.readBack),
  }
}

test('the order of edges, files, maps, runs and answers is irrelevant', () => {
  const judged = ({ participants }: Decision) =>
    participants.edges.map(({ name, assessed }) => `${name} ${assessed.judgement}`).sort()
  const facts = ({ warnings }: Decision) => warnings.flatMap(warning => warning.split(/: |, /)).sort()
  const byZone = (decision: Decision) => texts(decision).sort((a, b) => (a.zone < b.zone ? -1 : 1))
  fc.assert(
    fc.property(arbitraryInput, fc.infiniteStream(fc.nat()), (input, chance) => {
      const order = <T>(values: readonly T[]) =>
        values
          .map(value => ({ value, key: Number(chance.next().value) }))
          .sort((a, b) => a.key - b.key)
          .map(({ value }) => value)
      const [one, other] = [decide(input), decide(shuffled(input, order))]
      expect(other.status).toBe(one.status)
      expect(other.liveSet.live).toEqual(one.liveSet.live)
      expect(other.liveSet.answer).toBe(one.liveSet.answer)
      expect(other.rotation).toEqual(one.rotation)
      expect(judged(other)).toEqual(judged(one))
      expect(byZone(other)).toEqual(byZone(one))
      expect(facts(other)).toEqual(facts(one))
    }),
    runs,
  )
})

test('a healthy set probed healthy again is unchanged, and nothing is written', () => {
  const healthy = fc.constantFrom(0.05, 0.1, 0.2, 0.3, 0.499999)
  const times = fc.array(healthy, { minLength: 8, maxLength: 8 })
  const answers = (all: readonly number[]) =>
    Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'v', 'w'].map((name, at) => [name, Number(all[at])]))
  fc.assert(
    fc.property(arbitraryNetwork, times, times, (given, first, second) => {
      const network = {
        ...given,
        edges: given.edges.map(edge => ({ ...edge, address: edge.address ?? '192.0.2.200' })),
      }
      const input = inputOf({ network, edges: answers(first) })
      const state = stateAfter(input, decide(input))
      const decision = decideOn({ network, before: state, edges: answers(second), now: now + 60_000 })
      expect(decision.liveSet.live).toEqual(state.live)
      expect(intentsOf(decision, state)).toBeNull()
    }),
    runs,
  )
})

test('a zone with a canary has as many addresses as the live set, and none but its and the canary’s', () => {
  always((decision, { network }) => {
    const edges = byNames(decision)
    const live = decision.liveSet.live.map(name => edges.get(name)?.address).filter(address => address != null)
    const addressed = new Map(texts(decision).map(({ zone, text }) => [zone, addressesIn(text)]))
    for (const { zone, address } of network.canaries) {
      const found = addressed.get(zone)
      if (found === undefined || new Set(live).size < live.length) continue
      expect(found).toHaveLength(live.length)
      const others = found.filter(one => !live.includes(one))
      expect([[], [address]]).toContainEqual(others)
    }
  })
})
