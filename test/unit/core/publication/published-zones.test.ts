import { expect, test } from 'vitest'
import {
  expectedNamedConf,
  namedConfOf,
  publishedZones,
} from '../../../../functions/core/publication/published-zones.ts'
import { hashText } from '../../../../functions/core/zone/hash.ts'
import { network, stateBefore, templates, zoneRecord } from '../../../helpers/core.ts'

const records = new Map([
  ['b.example', zoneRecord({ hash: 'x' })],
  ['a.example', zoneRecord({ hash: 'x', due: true })],
  ['left.example', zoneRecord({ hash: 'x', unclaimed: true })],
  ['never.example', zoneRecord()],
])
const context = { network: network('ab'), templates, before: stateBefore({ zones: records }) }
const clauses = (text: string) => [...text.matchAll(/^zone "(.*?)"/gm)].map(([, zone]) => zone)

test('zones are published from their first confirmed write until another network has them, and listed once', () => {
  expect(publishedZones(records)).toEqual(['a.example', 'b.example'])
  expect(publishedZones(records)).toBe(publishedZones(records))
})

test('named.conf has a clause for these, for those just written and for those that it was found to name', () => {
  expect(clauses(namedConfOf(context, ['new.example']))).toEqual(['a.example', 'b.example', 'new.example'])
  const found = { ...context, before: { ...context.before, clauses: ['lost.example'] } }
  expect(clauses(namedConfOf(found, []))).toEqual(['a.example', 'b.example', 'lost.example'])
  const unread = { ...context, before: { ...context.before, clauses: 'unread' as const } }
  expect(clauses(namedConfOf(unread, ['new.example']))).toEqual(['a.example', 'b.example', 'new.example'])
})

test('a zone that another network has now is listed no more', () => {
  const given = { ...network('ab'), owners: new Map([['a.example', 'other']]) }
  expect(clauses(namedConfOf({ ...context, network: given }, []))).toEqual(['b.example'])
})

test('its hash is that of its text', () => {
  expect(expectedNamedConf(context, [])).toMatchObject({ hash: hashText(namedConfOf(context, [])) })
})
