import { describe, expect, test } from 'vitest'
import type { Network } from '../../../../functions/core/config/network.ts'
import { decide } from '../../../../functions/core/decision/decide.ts'
import type { DecideInput } from '../../../../functions/core/decision/decision.ts'
import { confirmedTexts } from '../../../../functions/core/publication/confirmed.ts'
import type { Before } from '../../../../functions/core/state/network-state.ts'
import { serialOf } from '../../../../functions/core/zone/published.ts'
import {
  addressesIn,
  decideOn,
  network,
  plannedText,
  publishing,
  settledInput,
  zoneRecord,
} from '../../../helpers/core.ts'
import { zoneOf } from '../../../helpers/world.ts'

/** What the bucket should hold beside what a cycle with this input writes. */
function confirmedFor(input: DecideInput) {
  const { publication, liveSet, participants } = publishing(decide(input))
  const { killed, blind } = input.probing
  return confirmedTexts(publication, liveSet.live, { ...input, participants, killed, blind })
}

const plain = network('ab')
const nothing = { hash: null, due: false }
const due = { hash: 'x', due: true }

function settled(changes: Partial<Before> = {}, of: Network = plain): DecideInput {
  const input = settledInput(of)
  return { ...input, before: { ...input.before, ...changes } }
}

describe('what the bucket should hold (behaviour §7.8)', () => {
  test('is every text as it was written, serial and all', () => {
    const { zones, namedConf, liveList } = confirmedFor(settled())
    const text = zones.get('example.org') ?? ''
    expect([...zones.keys()]).toEqual(['example.org'])
    expect(text).toBe(plannedText(decideOn({ network: plain })))
    expect(serialOf(text)).toBe(settled().before.zones.get('example.org')?.serial)
    expect(addressesIn(text)).toEqual(['192.0.2.1', '192.0.2.2'])
    expect(namedConf).toContain('zone "example.org"')
    expect(liveList).toBe('a\nb\n')
  })

  test.each<[string, Partial<Before>]>([
    ['never published', { zones: new Map(), namedConf: nothing, liveList: nothing }],
    ['due', { zones: new Map([['example.org', zoneRecord(due)]]), namedConf: due, liveList: due }],
    ['about to be written', { zones: new Map([['example.org', zoneRecord({ hash: 'old' })]]) }],
  ])('is not what is %s', (_what, changes) => {
    const { zones, namedConf, liveList } = confirmedFor(settled(changes))
    expect([...zones]).toEqual([])
    if ('namedConf' in changes) expect([namedConf, liveList]).toEqual([null, null])
  })

  test('is not a file of which an earlier content was confirmed', () => {
    const old = { hash: 'old', due: false }
    expect(confirmedFor(settled({ namedConf: old, liveList: old }))).toMatchObject({ namedConf: null, liveList: null })
  })

  test('is not a named.conf whose clauses could not be read', () => {
    const { namedConf, liveList } = confirmedFor(settled({ clauses: 'unread' }))
    expect([namedConf, liveList]).toEqual([null, 'a\nb\n'])
  })

  test('is something, where nobody knows the text: a zone that is gone, one that is invalid', () => {
    const { before } = settled()
    const at = { file: 'f', line: 1, column: 1, network: 'net' }
    const error = { ...at, severity: 'error' as const, scope: 'zone' as const, message: 'wrong' }
    const broken = { ...zoneOf('broken.example'), include: null, errors: [error], publishable: false }
    const records = new Map([
      ...before.zones,
      ['gone.example', zoneRecord({ hash: 'x', orphaned: true })] as const,
      ['new.example', zoneRecord({ hash: null })] as const,
      ['never.example', zoneRecord({ orphaned: true })] as const,
      ['broken.example', zoneRecord({ hash: 'x' })] as const,
    ])
    const other = { ...broken, name: 'new.example' }
    const wider = { ...plain, zones: [broken, ...plain.zones, other] }
    const { zones } = confirmedFor({ ...settled({ zones: records }), network: wider })
    const known = [...zones].map(([zone, text]) => [zone, text === null ? null : 'its text'])
    expect(Object.fromEntries(known)).toEqual({
      'broken.example': null,
      'example.org': 'its text',
      'gone.example': null,
    })
  })

  test('is not a zone that waits for its published text', () => {
    const unread = { ...zoneOf('example.org'), include: null, errors: [] }
    const input = { ...settled(), network: { ...plain, zones: [unread] } }
    const readBack = new Map([['example.org', { status: 'unreadable' as const }]])
    expect([...confirmedFor({ ...input, readBack }).zones]).toEqual([])
  })
})
