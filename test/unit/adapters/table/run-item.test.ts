import { describe, expect, test } from 'vitest'
import { decodeRun, encodeRun, isImported, rosterIdOf } from '../../../../functions/adapters/table/run-item.ts'
import {
  type Circumstances,
  noCircumstances,
  packEntry,
  type Run,
  rosterOf,
} from '../../../../functions/core/history/run.ts'

const time = Date.UTC(2026, 10, 1)
const roster = rosterOf(['a', 'b'], ['192.0.2.1'])
const failed = { outcome: 'bad_status', judgement: 'fail', micros: 0, live: true } as const
const run: Run = {
  time,
  roster,
  entries: Uint32Array.of(
    packEntry({ outcome: 'ok', judgement: 'pass_threshold', micros: 123_456, live: true }),
    packEntry({ ...failed, failure: { cause: 503, tookMs: 87 } }),
    packEntry({ outcome: 'skipped', judgement: null, micros: 0, live: false }),
  ),
  killed: true,
  timeoutMicros: 15_000_000,
  configuration: '0123456789abcdef',
  circumstances: noCircumstances,
}
const stored = (one: Run, imported = false) => ({
  ...encodeRun(one, 1_800_000_000, imported),
  sk: { S: `RUN#${String(one.time).padStart(13, '0')}` },
})

describe('a recorded cycle as an item', () => {
  test.each<[string, Run]>([
    ['with its hash and timeout', run],
    ['without a known configuration', { ...run, configuration: null, killed: false }],
    ['of an earlier version or an import', { ...run, timeoutMicros: null, configuration: null, circumstances: null }],
  ])('comes back as it was: %s', (_, one) => {
    const item = stored(one)
    expect(rosterIdOf(item)).toBe(roster.id)
    expect(decodeRun(item, roster)).toEqual(one)
    expect(isImported(item)).toBe(false)
    expect(isImported(stored(one, true))).toBe(true)
  })

  test('takes 100 bytes and 4 for each probe, keys included, also in a network with the longest name', () => {
    const item = encodeRun(run, 1_800_000_000)
    const keys = 'pk'.length + `NETWORK#${'n'.repeat(40)}`.length + 'sk'.length + 'RUN#1234567890123'.length
    const ttl = 'ttl'.length + 1 + Math.ceil('1800000000'.length / 2)
    const packed = 'r'.length + Number(item.r?.B?.length)
    expect(keys + ttl + packed).toBeLessThanOrEqual(100 + 4 * 3)
    expect(Object.keys(item).sort()).toEqual(['r', 'ttl'])
  })

  test.each<[string, Partial<Circumstances>]>([
    ['orders', { orders: new Map([['a', 'force']]) }],
    ['a freeze', { frozen: true }],
    [
      'a dispute',
      { verdicts: new Map([['b', { verdict: 'disputed', votes: [{ region: 'eu-west-1', outcome: 'ok' }] }]]) },
    ],
    ['a verdict without votes', { verdicts: new Map([['a', { verdict: 'confirmed', votes: [] }]]) }],
    ['a recheck', { rechecked: new Set(['b']) }],
    ['a new address', { addresses: new Map([['b', '2001:db8::1']]) }],
  ])('keeps %s', (_, some) => {
    const one = { ...run, circumstances: { ...noCircumstances, ...some } }
    expect(decodeRun(stored(one), roster)).toEqual(one)
  })

  test.each([
    'not JSON',
    '[]x',
    'null',
    '{"orders":[[0,"available"]]}',
    '{"orders":[[9,"force"]]}',
    '{"orders":{}}',
    '{"frozen":1}',
    '{"verdicts":[[0,"maybe",[]]]}',
    '{"verdicts":[[0,"disputed",[["eu-west-1","fine"]]]]}',
    '{"rechecked":["a"]}',
    '{"addresses":[[0,1]]}',
  ])('keeps its samples where the rest cannot be read: %s', text => {
    const found = decodeRun({ ...stored(run), x: { S: text } }, roster)
    expect(found).toEqual({ ...run, circumstances: null })
  })

  test.each([
    ['bytes that were cut', { r: { B: Buffer.alloc(19) } }],
    ['half an entry', { r: { B: Buffer.alloc(22) } }],
    ['another number of entries', { r: { B: Buffer.alloc(24) } }],
    ['an outcome that there is not', { r: { B: Buffer.alloc(32, 0x0f) } }],
    ['nothing', {}],
  ])('is none with %s', (_, attributes) => {
    const { sk } = stored(run)
    expect(decodeRun({ sk, ...attributes } as never, roster)).toBeNull()
  })
})
