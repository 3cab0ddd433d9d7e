import { expect, test } from 'vitest'
import { recordRows } from '../../../../functions/core/report/record-rows.ts'
import type { RecordOutcome } from '../../../../functions/core/route53/record-outcome.ts'
import type { Pushed } from '../../../../functions/core/state/network-state.ts'
import { decideOn, network, publishing, stateBefore } from '../../../helpers/core.ts'
import { settingsOf, zoneOf } from '../../../helpers/world.ts'

const route53 = { ...settingsOf().route53, enabled: true, verify_every: 1 }
const zones = ['a.example', 'b.example'].map(name => zoneOf(name))
const pushing = network('ab', { route53 }, { zones })
const outcome: RecordOutcome = {
  ...{ action: 'planned', reason: 'new', hostedZone: 'Z1', sets: [], attempted: [], warnings: [] },
  changes: [],
}
const outcomesOf = (records: [string, RecordOutcome][] = [], kept = {}) => ({
  ...{ recorded: true, saved: true, records: new Map(records) },
  ...kept,
})

test('a row for each zone that is pushed, none where Route 53 is off', () => {
  const decision = decideOn({ network: pushing })
  const rows = recordRows(decision, pushing, new Map(), outcomesOf([['a.example', outcome]]))
  expect(rows).toEqual([
    { zone: 'a.example', action: 'planned', reason: 'new', changes: [] },
    { zone: 'b.example', action: 'due', reason: 'the cycle failed before its push was confirmed' },
  ])
  expect(recordRows(decision, network('ab', {}, { zones }), new Map(), outcomesOf())).toEqual([])
})

test('a zone that was not touched is unchanged; an outcome without changes shows none', () => {
  const decision = publishing(decideOn({ network: pushing }))
  const records = decision.publication.records.map(plan => ({ ...plan, action: 'verify' as const }))
  const publication = { ...decision.publication, records }
  const { changes: _changes, ...upserted } = { ...outcome, action: 'upserted' as const }
  const rows = recordRows({ ...decision, publication }, pushing, new Map(), outcomesOf([['a.example', upserted]]))
  expect(rows.map(row => [row.action, 'changes' in row])).toEqual([
    ['upserted', false],
    ['unchanged', false],
  ])
})

test.each([
  ['push', 'upserted', 'due', 'it was pushed, but the cycle could not save that'],
  ['push', 'unchanged', 'due', 'new, but the cycle could not save that'],
  ['push', 'refused', 'refused', 'new'],
  ['push', null, 'due', 'the cycle failed before its push was confirmed'],
  ['verify', 'upserted', 'upserted', 'new'],
  ['verify', null, 'unchanged', 'the cycle failed before it was read back'],
  ['keep', null, 'unchanged', 'not pushed before'],
] as const)('where the end of a cycle was not saved: %s, %s is told as %s: %s', (plan, done, action, reason) => {
  const decision = publishing(decideOn({ network: pushing }))
  const records = decision.publication.records.slice(0, 1).map(one => ({ ...one, action: plan }))
  const publication = { ...decision.publication, records }
  const { changes: _changes, ...told } = outcome
  const outcomes = outcomesOf(done === null ? [] : [['a.example', { ...told, action: done }]], { saved: false })
  expect(recordRows({ ...decision, publication }, pushing, new Map(), outcomes)).toEqual([
    { zone: 'a.example', action, reason },
  ])
})

test('where what a cycle decided was not saved, nothing was pushed', () => {
  const outcomes = outcomesOf([], { recorded: false, saved: false })
  const [row] = recordRows(decideOn({ network: pushing }), pushing, new Map(), outcomes)
  expect(row).toMatchObject({ action: 'due', reason: 'not pushed: what the cycle decided could not be saved' })
})

test('where nothing is pushed in a cycle, what waits is due', () => {
  const live = { live: ['a'] }
  const due: Pushed = { hostedZone: 'Z1', sets: [], attempted: [], due: 5 }
  const rows = (waits: boolean) => {
    const decision = decideOn({ network: pushing, before: stateBefore(waits ? live : {}), blind: true })
    return recordRows(decision, pushing, new Map([['a.example', due]]), outcomesOf())
  }
  expect(rows(true).map(({ action }) => action)).toEqual(['due', 'due'])
  expect(rows(false)).toEqual([
    { zone: 'a.example', action: 'due', reason: 'waits: nothing is pushed in this cycle' },
    { zone: 'b.example', action: 'unchanged', reason: 'nothing is pushed in this cycle' },
  ])
})
