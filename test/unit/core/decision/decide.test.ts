import { describe, expect, test } from 'vitest'
import { decide } from '../../../../functions/core/decision/decide.ts'
import { intentsOf } from '../../../../functions/core/decision/settle.ts'
import { unpackEntry } from '../../../../functions/core/history/run.ts'
import { meanSeconds } from '../../../../functions/core/history/total.ts'
import {
  addressesIn,
  addressOf,
  decideOn,
  freeze,
  heldBackIn,
  inputOf,
  network,
  now,
  order,
  orders,
  plannedText,
  publishing,
  type Scenario,
  stateBefore,
  type Told,
  told,
  zoneRecord,
} from '../../../helpers/core.ts'
import { measuresTime } from '../../../helpers/measures-time.ts'
import { stateAfter } from '../../../helpers/state-after.ts'
import { networkOf, zoneOf } from '../../../helpers/world.ts'

const canary = '198.51.100.1'

/** The state after these cycles, a minute apart and the last one a minute ago; each tells how its edges answered. */
function stateAfterCycles(scenario: Scenario, cycles: Record<string, Told>[]) {
  return cycles.reduce((before, edges, at) => {
    const input = inputOf({ ...scenario, before, edges, now: now - (cycles.length - at) * 60_000 })
    return stateAfter(input, decide(input))
  }, scenario.before ?? stateBefore())
}

describe('a first cycle', () => {
  const decision = decideOn({ network: network('abc'), edges: { a: 0.3, b: 0.2, c: 0.1 } })

  test('publishes the best edges, and counts as a rotation', () => {
    expect(decision).toMatchObject({
      status: 'ok',
      liveSet: { live: ['b', 'c'], answer: 'rotate' },
      rotations: [now],
      rotation: { time: now, in: [{ edge: 'b' }, { edge: 'c' }], out: [] },
    })
    expect(addressesIn(plannedText(decision))).toEqual([addressOf('b'), addressOf('c')])
  })

  test('is recorded, with who is live after it, and so is its hour', () => {
    const entries = [...(decision.run?.entries ?? [])].map(word => unpackEntry(word, 10_000_000))
    expect(entries.map(entry => entry?.live)).toEqual([false, true, true])
    expect(decision.hour?.edges.size).toBe(3)
  })
})

describe('a healthy set probed healthy again', () => {
  const scenario = { network: network('abcd', {}, { canaries: [{ zone: 'example.org', address: canary }] }) }
  const state = stateAfterCycles(scenario, [{}])

  test('is unchanged: nothing to write, nothing to announce', () => {
    const decision = decideOn({ ...scenario, before: state, edges: { a: 0.4, b: 0.4, c: 0.01 } })
    expect(decision).toMatchObject({ status: 'ok', rotation: null, warnings: [], addresses: null })
    expect(decision.liveSet.answer).toBe('same')
    expect(intentsOf(decision, state)).toBeNull()
    expect(decision.rotations).toBe(state.rotations)
  })

  test('a canary that stops to pass changes its zone and is no rotation (behaviour §6)', () => {
    const decision = decideOn({ ...scenario, before: state, canaries: { [canary]: 'timeout' } })
    expect(decision.rotation).toBeNull()
    expect(addressesIn(plannedText(decision))).toEqual([addressOf('a'), addressOf('b')])
  })

  test('a canary that was skipped leaves its zone', () => {
    const decision = decideOn({ ...scenario, before: state, canaries: { [canary]: 'skipped' } })
    expect(plannedText(decision)).not.toContain(canary)
  })

  test('with the killer every canary fails for this cycle; the next judges as if it had not fired (behaviour §1.10)', () => {
    const input = inputOf({ ...scenario, before: state, canaries: { [canary]: 'skipped' }, killed: true })
    const decision = decide(input)
    expect(plannedText(decision)).not.toContain(canary)
    expect(decision.run).toMatchObject({ killed: true })
    expect(unpackEntry(Number(decision.run?.entries.at(-1)), 10_000_000)).toMatchObject({ judgement: 'pass_threshold' })
    const next = decideOn({ ...scenario, before: stateAfter(input, decision), now: now + 60_000 })
    expect(plannedText(next)).toContain(canary)
  })
})

describe('down_after and up_after over cycles (behaviour §3)', () => {
  const scenario = { network: network('abc', { down_after: 3, up_after: 2 }) }

  test('two failures are forgiven, the third is not', () => {
    const twice = stateAfterCycles(scenario, [{}, { b: 'refused' }, { b: 'refused' }])
    expect(twice.live).toEqual(['a', 'b'])
    expect(decideOn({ ...scenario, before: twice, edges: { b: 'refused' } }).liveSet.live).toEqual(['a', 'c'])
    expect(decideOn({ ...scenario, before: twice }).liveSet.live).toEqual(['a', 'b'])
  })

  test('skipped probes in between neither help nor hurt (behaviour §1.9)', () => {
    const state = stateAfterCycles(scenario, [
      {},
      { b: 'refused' },
      { b: 'skipped' },
      { b: 'refused' },
      { b: 'skipped' },
    ])
    expect(state.live).toEqual(['a', 'b'])
    expect(decideOn({ ...scenario, before: state, edges: { b: 'refused' } }).liveSet.live).toEqual(['a', 'c'])
  })

  test('one that failed needs two successes to pass again', () => {
    const down = { b: 'refused' as const }
    const state = stateAfterCycles(scenario, [{}, down, down, down, {}])
    const decision = decideOn({ ...scenario, before: stateAfterCycles(scenario, [{}, down, down, down]) })
    expect(decision.participants.edges[1]?.assessed.judgement).toBe('fail')
    expect(decideOn({ ...scenario, before: state }).participants.edges[1]?.assessed.judgement).toBe('pass_threshold')
  })

  test('one that left and returned starts anew, with its samples (behaviour §2.4)', () => {
    const down = { b: 'refused' as const }
    const gone = stateAfterCycles(
      { ...scenario, before: stateAfterCycles(scenario, [down, down]), network: network('ac') },
      [{}],
    )
    const edge = decideOn({ ...scenario, before: gone, edges: { b: 0.1 } }).participants.edges[1]
    expect(edge?.assessed).toMatchObject({ judgement: 'pass_threshold', all: { count: 3 } })
  })
})

describe('averages over cycles (behaviour §2.2)', () => {
  test('a failure weighs as much as its timeout: the edge is backed off', () => {
    const scenario = { network: network('a', { timeout: 2, edge_count: 1 }) }
    const state = stateAfterCycles(scenario, [{ a: 0.1 }, { a: 'timeout' }])
    const [edge] = decideOn({ ...scenario, before: state, edges: { a: 0.9 } }).participants.edges
    expect(edge?.assessed.judgement).toBe('pass')
    expect(meanSeconds(edge?.assessed.all ?? { sumMicros: 0, count: 0 })).toBe(1)
  })
})

describe('nothing is published', () => {
  const state = stateBefore({
    live: ['a'],
    rotations: [now - 1000],
    zones: new Map([['example.org', zoneRecord({ serial: 5, hash: 'x', due: true })]]),
  })

  test('where no edge can be live: no_edges, and samples are recorded all the same (behaviour §4.5)', () => {
    const before = { ...state, orders: orders(order('a', 'unavailable')) }
    const decision = decideOn({ network: network('ab'), before, edges: { b: 'timeout' } })
    expect(decision).toMatchObject({
      status: 'no_edges',
      rotation: null,
      rotations: [now - 1000],
      liveSet: { live: ['a'], answer: 'nothing' },
    })
    expect(decision.run?.entries).toHaveLength(2)
    expect([...heldBackIn(decision).zones]).toEqual(['example.org'])
  })

  test('where nobody’s address is known: no_edges, whoever is live', () => {
    const decision = decideOn({
      network: networkOf(['e.example']),
      before: stateBefore({ live: ['e.example'], freeze: freeze() }),
      edges: { 'e.example': told(0.1) },
    })
    expect(decision).toMatchObject({ status: 'no_edges', liveSet: { live: ['e.example'] } })
  })

  test('where the live set is lost: failed, and samples are recorded (behaviour §8.5)', () => {
    const decision = decideOn({ network: network('ab'), before: { ...state, live: null } })
    expect(decision).toMatchObject({ status: 'failed', rotation: null, liveSet: { live: [] } })
    expect(decision.run).not.toBeNull()
  })

  test('where the prober is blind: no sample, no judgement, neither due zones nor orders (behaviour §1.11)', () => {
    const before = { ...state, orders: orders(order('a', 'unavailable')) }
    const decision = decideOn({ network: network('ab'), before, edges: { a: 'timeout' }, blind: true })
    expect(decision).toMatchObject({
      status: 'blind',
      run: null,
      hour: null,
      addresses: null,
      rotation: null,
      liveSet: { live: ['a'] },
    })
    expect([...heldBackIn(decision).zones]).toEqual(['example.org'])
    expect(decision.warnings.at(-1)).toBe(
      'waiting until it sees again: order unavailable for a, zone example.org, named.conf, the live list',
    )
  })

  test('blind comes before lost', () => {
    expect(decideOn({ network: network('ab'), before: { ...state, live: null }, blind: true }).status).toBe('blind')
  })
})

describe('where nothing was probed to the end (behaviour §1.9)', () => {
  test('the cycle is not recorded, and what is due is published all the same', () => {
    const scenario = { network: network('ab') }
    const quiet = stateAfterCycles(scenario, [{}])
    const due = new Map([...quiet.zones].map(([zone, record]) => [zone, { ...record, due: true }]))
    const decision = decideOn({ ...scenario, before: { ...quiet, zones: due }, edges: { a: 'skipped', b: 'skipped' } })
    expect(decision).toMatchObject({
      status: 'ok',
      run: null,
      hour: null,
      liveSet: { live: ['a', 'b'], answer: 'same' },
    })
    expect(publishing(decision).publication.zones).toMatchObject([{ action: 'write' }])
    expect(decision.warnings).toEqual(['2 of 2 edges were not probed to the end: they stay as they were'])
  })
})

describe('budget and freeze (behaviour §5)', () => {
  const held = stateBefore({ live: ['a', 'b'], rotations: [now - 600_000] })
  const net = network('abc', { dnschange_maxfreq: 1 })

  test.each([
    ['a spent budget', net, held],
    ['a freeze', network('abc'), { ...held, freeze: freeze() }],
  ])('%s holds the recorded set; samples, judgements and changed includes go on', (_, network, before) => {
    const decision = decideOn({ network, before, edges: { b: 'timeout' } })
    expect(decision).toMatchObject({
      status: 'ok',
      liveSet: { live: ['a', 'b'], decided: ['a', 'c'], answer: 'suppressed' },
      rotation: null,
      rotations: held.rotations,
    })
    expect(decision.run).not.toBeNull()
    expect(decision.participants.edges[1]?.assessed.judgement).toBe('fail')
    expect(addressesIn(plannedText(decision))).toEqual([addressOf('a'), addressOf('b')])
  })

  test('a millisecond later the new set goes through', () => {
    const decision = decideOn({ network: net, before: held, edges: { b: 'timeout' }, now: now + 1 })
    expect(decision).toMatchObject({ liveSet: { live: ['a', 'c'] }, rotations: [now - 600_000, now + 1] })
  })

  test('the newest 100 rotation times are kept', () => {
    const rotations = Array.from({ length: 100 }, (_, at) => now - 1_000_000 + at)
    const decision = decideOn({
      network: network('abc'),
      before: stateBefore({ live: ['a', 'b'], rotations }),
      edges: { b: 'timeout' },
    })
    expect(decision.rotations).toEqual([...rotations.slice(1), now])
  })
})

describe('host names (behaviour §1.3)', () => {
  const scenario = { network: networkOf(['e.example']) }
  const at = (address: string | null) => ({ 'e.example': address === null ? told('dns_error') : told(0.1, address) })
  const first = inputOf({ ...scenario, edges: at('192.0.2.7'), now: now - 60_000 })
  const state = stateAfter(first, decide(first))

  test('a changed address is published at once, is no rotation, and is named', () => {
    const decision = decideOn({ ...scenario, before: state, edges: at('192.0.2.8') })
    expect(addressesIn(plannedText(decision))).toEqual(['192.0.2.8'])
    expect(decision).toMatchObject({
      rotation: null,
      warnings: ['e.example moved from 192.0.2.7 to 192.0.2.8'],
    })
    expect(decision.addresses).toEqual(new Map([['e.example', { known: '192.0.2.8', published: '192.0.2.8' }]]))
  })

  test('one that does not resolve is published under its last known address', () => {
    const decision = decideOn({ ...scenario, before: state, edges: at(null), forceUpdate: true })
    expect(decision.participants.edges[0]?.assessed).toMatchObject({ judgement: 'fail' })
    expect(addressesIn(plannedText(decision))).toEqual(['192.0.2.7'])
    expect(decision.addresses).toBeNull()
  })

  test('two that resolve to one address are one edge', () => {
    const net = networkOf(['e.example', 'f.example'])
    const edges = { 'e.example': told(0.1, '192.0.2.7'), 'f.example': told(0.1, '192.0.2.7') }
    const decision = decideOn({ network: net, edges })
    expect(decision.liveSet.live).toEqual(['e.example'])
    expect(decision.participants.named.get('f.example')?.reason).toBe(
      '0.1 s, under goodenough (0.5 s); has the same address as e.example, which takes part',
    )
  })

  test('what nothing was published for keeps the address last published', () => {
    const decision = decideOn({
      ...scenario,
      before: { ...state, orders: orders(order('e.example', 'unavailable')) },
      edges: at('192.0.2.8'),
    })
    expect(decision.status).toBe('no_edges')
    expect(decision.addresses).toEqual(new Map([['e.example', { known: '192.0.2.8', published: '192.0.2.7' }]]))
  })
})

describe('unreadable orders (behaviour §8.5)', () => {
  test('keep a live edge in and another out', () => {
    const unreadable = new Map([
      ['a', 'unreadable' as const],
      ['c', 'unreadable' as const],
    ])
    const before = stateBefore({ live: ['a', 'b'], orders: unreadable })
    const decision = decideOn({ network: network('abcd'), before, edges: { b: 'timeout' } })
    expect(decision.liveSet.live).toEqual(['a', 'd'])
  })
})

describe('a forced update (behaviour §7.2)', () => {
  test('writes everything and is no rotation', () => {
    const scenario = { network: network('ab', {}, { zones: [zoneOf('a.example'), zoneOf('b.example')] }) }
    const decision = decideOn({ ...scenario, before: stateAfterCycles(scenario, [{}]), forceUpdate: true })
    expect(publishing(decision).publication).toMatchObject({ namedConf: true, liveList: 'a\nb\n' })
    expect(publishing(decision).publication.zones.map(zone => zone.reason)).toEqual(['update forced', 'update forced'])
    expect(decision.rotation).toBeNull()
  })
})

describe('many edges', () => {
  test('a thousand of them with 2,000 kept cycles are decided in a blink', measuresTime, () => {
    const names = Array.from({ length: 1000 }, (_, at) => `10.0.${at >> 8}.${at & 255}`)
    const net = networkOf(names)
    let state = stateBefore()
    const seed = inputOf({ network: net, before: state })
    const { run } = decide(seed)
    if (run === null) throw new Error('not recorded')
    const runs = Array.from({ length: 2000 }, (_, at) => ({ ...run, time: now - (2000 - at) * 60_000 }))
    state = stateBefore({ runs, live: ['10.0.0.0', '10.0.0.1'] })
    const input = inputOf({ network: net, before: state })
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now()
      decide(input)
      return performance.now() - start
    })
    expect(Math.min(...times)).toBeLessThan(200)
  })
})
