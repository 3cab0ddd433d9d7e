import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { decide } from '../../functions/core/decision/decide.ts'
import { type DecideInput, type Decision, zonePlansOf } from '../../functions/core/decision/decision.ts'
import { intentsOf } from '../../functions/core/decision/settle.ts'
import { isPassing } from '../../functions/core/domain/model.ts'
import type { Before } from '../../functions/core/state/network-state.ts'
import { arbitraryNetwork, arbitraryOrders, arbitraryProbes } from '../helpers/arbitraries.ts'
import { addressesIn, freeze, inputOf, now, stateBefore } from '../helpers/core.ts'
import { partOf } from '../helpers/part.ts'
import { type Ending, stateAfter } from '../helpers/state-after.ts'

vi.setConfig({ testTimeout: 120_000 })

const endings: Ending[] = ['finished', 'crash before recording', 'crash before publishing', 'crash before saving']

/** What happens in one cycle of a simulation; `lost`: objects whose write fails or whose answer is lost. */
const step = fc.record({
  probes: arbitraryProbes,
  orders: fc.option(arbitraryOrders, { nil: undefined, freq: 3 }),
  frozen: fc.constantFrom(false, false, false, true),
  network: fc.option(arbitraryNetwork, { nil: undefined, freq: 3 }),
  seconds: fc.constantFrom(0, 30, 60, 60, 119, 120, 600),
  forceUpdate: fc.constantFrom(false, false, true),
  blind: fc.constantFrom(false, false, false, true),
  ending: fc.oneof({ weight: 3, arbitrary: fc.constant(endings[0]) }, fc.constantFrom(...endings)),
  lost: fc.subarray(['example.net', 'example.org', 'named.conf', 'live list']),
  didLand: fc.boolean(),
})

interface Seen {
  readonly input: DecideInput
  readonly decision: Decision
  readonly ending: Ending
  /** The zones' texts in the bucket after this cycle. */
  readonly bucket: ReadonlyMap<string, string>
  readonly after: Before
}

/** A few cycles of one network in which anything may happen, over state and bucket in memory. */
const simulation: fc.Arbitrary<Seen[]> = fc
  .tuple(arbitraryNetwork, fc.array(step, { minLength: 2, maxLength: 6 }))
  .map(([first, steps]) => {
    const seen: Seen[] = []
    let network = first
    let state = stateBefore()
    let time = now
    let bucket = new Map<string, string>()
    for (const { probes, lost, didLand, ending = 'finished', ...one } of steps) {
      network = { ...(one.network ?? network), settings: first.settings }
      time += one.seconds * 1000
      const orders = one.orders ?? state.orders
      const before = { ...state, orders, freeze: one.frozen ? freeze() : null }
      const input = inputOf({ ...one, ...probes, network, before, now: time })
      const decision = decide(input)
      const isConfirmed = (object: string) => !lost.includes(object)
      state = stateAfter(input, decision, ending, isConfirmed)
      bucket = new Map(bucket)
      const didPublish = ending === 'finished' || ending === 'crash before saving'
      for (const plan of zonePlansOf(decision)) {
        if (plan.action === 'write' && didPublish && (didLand || isConfirmed(plan.zone)))
          bucket.set(plan.zone, plan.text)
      }
      seen.push({ input, decision, ending, bucket, after: state })
    }
    return seen
  })

/** Checks what holds for any simulation. */
function always(check: (cycles: readonly Seen[]) => void) {
  fc.assert(fc.property(simulation, check), { numRuns: partOf(2000) })
}

function serialIn(zoneText: string): number {
  return Number(/ IN SOA \S+ \S+ (\d+) /.exec(zoneText)?.[1])
}

/** Every write of a simulation that may have got out, in order. */
function writes(cycles: readonly Seen[]) {
  return cycles.flatMap(({ decision, ending }) =>
    ending === 'crash before recording'
      ? []
      : zonePlansOf(decision).flatMap(plan => (plan.action === 'write' ? [plan] : [])),
  )
}

test('serials only grow, none stands for two contents, and whatever crashed, the bucket never goes back', () => {
  always(cycles => {
    const given = new Map<string, number>()
    const again = writes(cycles).filter(({ zone, record, text }) => {
      const last = given.get(zone) ?? 0
      given.set(zone, record.serial)
      return record.serial <= last || record.serial !== serialIn(text)
    })
    const held = new Map<string, number>()
    const back = cycles
      .flatMap(cycle => [...cycle.bucket])
      .filter(([zone, text]) => {
        const last = held.get(zone) ?? 0
        held.set(zone, serialIn(text))
        return serialIn(text) < last || addressesIn(text).length === 0
      })
    expect([again, back]).toEqual([[], []])
  })
})

/** Behaviour §5: what lets a new set through a spent budget or a freeze, told from the facts alone. */
function isExcepted({ input, decision }: Seen): boolean {
  const edges = new Map(decision.participants.edges.map(edge => [edge.name, edge]))
  const recorded = input.before.live ?? []
  const judgement = (name: string) => edges.get(name)?.assessed.judgement ?? null
  const entered = decision.liveSet.live.filter(name => !recorded.includes(name))
  return (
    !recorded.some(name => isPassing(judgement(name))) ||
    recorded.some(name => !edges.has(name) || edges.get(name)?.order.mode === 'unavailable') ||
    entered.some(name => {
      const mode = edges.get(name)?.order.mode
      return mode === 'blindforce' || (mode === 'force' && isPassing(judgement(name)))
    })
  )
}

test('no more rotations than the budget in any window, and none while frozen, but for the exceptions', () => {
  always(cycles => {
    const rotated: number[] = []
    for (const cycle of cycles) {
      const { input, decision, ending } = cycle
      const isChanged = JSON.stringify(decision.liveSet.live) !== JSON.stringify(input.before.live)
      expect(decision.rotation !== null).toBe(isChanged)
      if (!isChanged || ending === 'crash before recording') continue
      const { dnschange_maxfreq, dnschange_window } = input.network.settings
      const recent = rotated.filter(time => input.now - time <= dnschange_window * 1000).length
      const isSpent = dnschange_maxfreq > 0 && recent >= dnschange_maxfreq
      if (isSpent || input.before.freeze !== null) expect(isExcepted(cycle)).toBe(true)
      rotated.push(input.now)
      expect(decision.rotations).toEqual(rotated)
    }
  })
})

/** The addresses of the live set, sorted, each once (all are IPv4, and the last part alone differs). */
function liveAddresses({ participants, liveSet }: Decision): string[] {
  const addresses = participants.edges.flatMap(edge => (liveSet.live.includes(edge.name) ? (edge.address ?? []) : []))
  return [...new Set(addresses)].sort((a, b) => Number(a.split('.')[3]) - Number(b.split('.')[3]))
}

test('the cycle after any history of crashes converges: what is published is what is recorded, and then all is quiet', () => {
  always(cycles => {
    const last = cycles.at(-1)
    if (last === undefined) return
    const { network, probing } = last.input
    const probes = { edges: Object.fromEntries(probing.edges), canaries: Object.fromEntries(probing.canaries) }
    const at = last.input.now + 30_000
    const input = inputOf({ network, before: { ...last.after, freeze: freeze() }, ...probes, now: at })
    const decision = decide(input)
    if (decision.status !== 'ok') return
    const state = stateAfter(input, decision)
    const bucket = new Map(last.bucket)
    for (const plan of zonePlansOf(decision)) if (plan.action === 'write') bucket.set(plan.zone, plan.text)
    for (const { name } of network.zones) {
      const record = state.zones.get(name)
      const text = bucket.get(name) ?? ''
      expect(record).toMatchObject({ due: false, orphaned: false, serial: serialIn(text) })
      if (network.canaries.every(canary => canary.zone !== name))
        expect(addressesIn(text)).toEqual(liveAddresses(decision))
    }
    expect([state.namedConf.due, state.liveList.due]).toEqual([false, false])
    const again = decide(inputOf({ network, before: state, ...probes, now: at + 1000 }))
    if (again.liveSet.answer !== 'rotate' && network.canaries.length === 0) expect(intentsOf(again, state)).toBeNull()
  })
})
