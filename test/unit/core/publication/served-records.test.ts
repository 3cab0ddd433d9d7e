import { describe, expect, test } from 'vitest'
import { servedAfter } from '../../../../functions/core/publication/served.ts'
import {
  type ExpectedRecords,
  expectedRecords,
  type RecordsAnswer,
  recordFindings,
} from '../../../../functions/core/publication/served-records.ts'
import type { Pushed } from '../../../../functions/core/state/network-state.ts'
import { nothingServed, type ServedRow } from '../../../../functions/core/state/served-seen.ts'
import type { RecordSet } from '../../../../functions/core/zone/record-set.ts'

const set = (name: string, type: RecordSet['type'], ...values: string[]): RecordSet => ({ name, type, ttl: 60, values })
const sets = [set('www.a.example.', 'A', '192.0.2.1', '192.0.2.2'), set('a.example.', 'A', '192.0.2.1', '192.0.2.2')]
const pushed: Pushed = { hostedZone: 'Z1', sets, attempted: [], due: null }
const [expected] = expectedRecords(new Map([['a.example', pushed]])) as [ExpectedRecords]

describe("what Route 53's name servers are to have (behaviour §12)", () => {
  test("what was pushed, the zone's own name first", () => {
    expect(expected).toEqual({ zone: 'a.example', hostedZone: 'Z1', sets: [sets[1], sets[0]] })
  })

  test.each<[string, Partial<Pushed>]>([
    ['a push is due', { due: 1 }],
    ['nobody knows what became of a push', { attempted: ['A a.example.'] }],
    ['the hosted zone is not known', { hostedZone: null }],
    ['nothing is pushed', { sets: [] }],
  ])('nothing is asked for while %s', (_when, changes) => {
    expect(expectedRecords(new Map([['a.example', { ...pushed, ...changes }]]))).toEqual([])
  })

  test('no more than ten names of a zone are asked for', () => {
    const many = Array.from({ length: 12 }, (_, at) => set(`l${at}.a.example.`, 'A', '192.0.2.1'))
    const asked = expectedRecords(new Map([['a.example', { ...pushed, sets: [...many, ...sets] }]]))
    expect(asked[0]?.sets.map(({ name }) => name)).toHaveLength(10)
    expect(asked[0]?.sets[0]?.name).toBe('a.example.')
  })
})

const now = 1_000_000_000
const asking = { now, graceSeconds: 300 }
const late: ServedRow = {
  ...{ server: 'ns-1', zone: 'a.example', hostedZone: 'Z1', serial: null },
  ...{ state: 'stale', detail: 'old' },
}
const seen = { ...nothingServed, late: [late] }

function found(answer: RecordsAnswer | null, servers: string[] | null = ['ns-1'], before = nothingServed) {
  const told = new Map(servers === null ? [] : [['Z1', servers]])
  const answers = new Map(answer === null ? [] : [['ns-1', new Map([['a.example', answer]])]])
  return servedAfter(recordFindings([expected], told, answers, before), before, asking).late
}

describe("one of Route 53's name servers", () => {
  test('that has what was pushed, in any order', () => {
    const values = [
      ['192.0.2.2', '192.0.2.1'],
      ['192.0.2.1', '192.0.2.2'],
    ]
    expect(found({ values })).toEqual([])
    expect(found({ values }, ['ns-1'], seen)).toEqual([])
  })

  test('that has something else at one name', () => {
    const detail = 'at www.a.example it has the A records 192.0.2.9, not 192.0.2.1 192.0.2.2'
    expect(found({ values: [['192.0.2.1', '192.0.2.2'], ['192.0.2.9']] })).toEqual([{ ...late, detail }])
  })

  test('that has nothing', () => {
    const detail = 'at a.example it has the A records (none), not 192.0.2.1 192.0.2.2'
    expect(found({ values: [] })).toEqual([{ ...late, detail }])
  })

  test('that gives no answer', () => {
    expect(found({ trouble: 'no answer' })).toEqual([{ ...late, state: 'unreachable', detail: 'no answer' }])
  })

  test('that was not asked stays as it was, also where Route 53 did not tell which they are', () => {
    expect(found(null, ['ns-1'], seen)).toEqual([late])
    expect(found(null, null, seen)).toEqual([late])
    expect(found(null, null)).toEqual([])
  })

  test('that is not one of them any more is forgotten', () => {
    expect(found(null, ['ns-2'], seen)).toEqual([])
    expect(found(null, null, { ...seen, late: [{ ...late, hostedZone: 'Z0' }] })).toEqual([])
    expect(found(null, null, { ...seen, late: [{ ...late, zone: 'b.example' }] })).toEqual([])
  })

  test('has the grace to take over what was pushed', () => {
    const published = new Map([['a.example', now - 300_000]])
    const findings = recordFindings(
      [expected],
      new Map([['Z1', ['ns-1']]]),
      new Map([['ns-1', new Map([['a.example', { values: [] }]])]]),
      nothingServed,
    )
    const after = servedAfter(findings, { ...nothingServed, published }, asking)
    expect(after).toMatchObject({ waiting: ['a.example'], late: [] })
  })
})
