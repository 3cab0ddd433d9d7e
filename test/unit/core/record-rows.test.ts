import { expect, test } from 'vitest'
import type { Pushed } from '../../../functions/core/before.ts'
import type { RecordOutcome } from '../../../functions/core/route53/record-outcome.ts'
import { recordRows } from '../../../functions/core/route53/record-rows.ts'
import { decideOn, network, stateBefore } from '../../fixtures/core.ts'
import { settingsOf, zoneOf } from '../../fixtures/world.ts'

const route53 = { ...settingsOf().route53, enabled: true, verify_every: 1 }
const zones = ['a.example', 'b.example'].map(name => zoneOf(name))
const pushing = network('ab', { route53 }, { zones })
const outcome: RecordOutcome = {
  ...{ action: 'planned', reason: 'new', hostedZone: 'Z1', sets: [], attempted: [], warnings: [] },
  changes: [],
}

test('a row for each zone that is pushed, none where Route 53 is off', () => {
  const decision = decideOn({ network: pushing })
  const rows = recordRows(decision, pushing, new Map(), new Map([['a.example', outcome]]))
  expect(rows).toEqual([
    { zone: 'a.example', action: 'planned', reason: 'new', changes: [] },
    { zone: 'b.example', action: 'due', reason: 'not pushed before' },
  ])
  expect(recordRows(decision, network('ab', {}, { zones }), new Map(), new Map())).toEqual([])
})

test('a zone that was not touched is unchanged; an outcome without changes shows none', () => {
  const decision = decideOn({ network: pushing })
  const records = (decision.publication?.records ?? []).map(plan => ({ ...plan, action: 'verify' as const }))
  const publication = decision.publication === null ? null : { ...decision.publication, records }
  const { changes: _changes, ...upserted } = { ...outcome, action: 'upserted' as const }
  const rows = recordRows({ ...decision, publication }, pushing, new Map(), new Map([['a.example', upserted]]))
  expect(rows.map(row => [row.action, 'changes' in row])).toEqual([
    ['upserted', false],
    ['unchanged', false],
  ])
})

test('where nothing is pushed in a cycle, what waits is due', () => {
  const live = { live: ['a'] }
  const due: Pushed = { hostedZone: 'Z1', sets: [], attempted: [], due: 5 }
  const rows = (waits: boolean) => {
    const decision = decideOn({ network: pushing, before: stateBefore(waits ? live : {}), blind: true })
    return recordRows(decision, pushing, new Map([['a.example', due]]), new Map())
  }
  expect(rows(true).map(({ action }) => action)).toEqual(['due', 'due'])
  expect(rows(false)).toEqual([
    { zone: 'a.example', action: 'due', reason: 'waits: nothing is pushed in this cycle' },
    { zone: 'b.example', action: 'unchanged', reason: 'nothing is pushed in this cycle' },
  ])
})
