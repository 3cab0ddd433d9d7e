import { describe, expect, test } from 'vitest'
import {
  type Asking,
  countServers,
  type Expected,
  fileFindings,
  type ServedAnswer,
  servedAfter,
  servedChanges,
  servedWarnings,
  zonesToAsk,
} from '../../../../functions/core/publication/served.ts'
import { nothingServed, type ServedRow, type ServedSeen } from '../../../../functions/core/state/served-seen.ts'

const now = 1_000_000_000
const asking: Asking = { servers: ['ns1', 'ns2'], graceSeconds: 300, sample: 2, now, turn: 0 }
const zone = (name: string): Expected => ({ zone: name, serial: 100, addresses: ['192.0.2.1', '192.0.2.2'] })
const all = ['a', 'b', 'c', 'd', 'e'].map(zone)
const good: ServedAnswer = { serial: 100, addresses: ['192.0.2.2', '192.0.2.1'] }
const names = (zones: readonly Expected[]) => zones.map(one => one.zone).join('')

const answers = (answer: ServedAnswer) => new Map([['ns1', new Map([['a', answer]])]])
const answered = (answer: ServedAnswer, seen: ServedSeen = nothingServed) =>
  servedAfter(fileFindings([zone('a')], answers(answer), asking.servers), seen, asking)
const published = (secondsAgo: number): ServedSeen => ({
  ...nothingServed,
  published: new Map([['a', now - secondsAgo * 1000]]),
})

describe('name servers are asked (behaviour §12)', () => {
  test('for some zones in turn, until each had its turn', () => {
    const asked = [0, 1, 2, 3].map(turn => names(zonesToAsk(all, nothingServed, { ...asking, turn })))
    expect(asked).toEqual(['ab', 'cd', 'ea', 'bc'])
  })

  test('for what was published within the grace, what somebody did not have yet, and what is late', () => {
    const late: ServedRow[] = [{ server: 'ns1', zone: 'e', state: 'stale', serial: 1, detail: '' }]
    const seen = { published: new Map([['a', now - 300_000]]), waiting: ['d'], late }
    expect(names(zonesToAsk(all, seen, asking))).toBe('adebc')
    expect(names(zonesToAsk(all, { ...seen, published: new Map([['a', now - 300_001]]) }, asking))).toBe('deab')
    expect(zonesToAsk([], nothingServed, asking)).toEqual([])
  })
})

describe('a name server', () => {
  test.each<[string, ServedAnswer, ServedRow['state'] | null]>([
    ['has what was published', good, null],
    ['has a greater serial', { ...good, serial: 101 }, null],
    ['has a smaller serial', { ...good, serial: 99 }, 'stale'],
    ['has a serial that is smaller by RFC 1982', { ...good, serial: 4_294_967_295 }, 'stale'],
    ['has other addresses', { ...good, addresses: ['192.0.2.1'] }, 'stale'],
    ['has none', { ...good, addresses: [] }, 'stale'],
    ['gives no answer', { trouble: 'it answers REFUSED' }, 'unreachable'],
  ])('that %s', (_how, answer, state) => {
    expect(answered(answer).late.map(row => row.state)).toEqual(state === null ? [] : [state])
  })

  test('has the grace to take over what was published', () => {
    const old = { ...good, serial: 99 }
    expect(answered(old, published(300))).toMatchObject({ waiting: ['a'], late: [] })
    expect(answered(old, published(301))).toMatchObject({ waiting: [], late: [{ state: 'stale', serial: 99 }] })
    expect(answered({ trouble: 'no answer' }, published(0)).late).toHaveLength(1)
  })

  test('that was not asked stays as it was', () => {
    const { late } = answered({ trouble: 'no answer' })
    const seen = { ...nothingServed, late }
    const stays = (zones: Expected[], servers: string[]) =>
      servedAfter(fileFindings(zones, new Map(), servers), seen, asking)
    expect(stays([zone('a')], ['ns1', 'ns2']).late).toEqual(late)
    expect(stays([zone('a')], ['ns2']).late).toEqual([])
    expect(stays([], ['ns1']).late).toEqual([])
    expect(answered(good, seen).late).toEqual([])
  })

  test('is told of once, for all its zones', () => {
    const rows = ['a', 'b'].map(
      (name): ServedRow => ({ server: 'ns1', zone: name, state: 'stale', serial: 1, detail: 'old' }),
    )
    const away: ServedRow = { server: 'ns2', zone: 'a', state: 'unreachable', serial: null, detail: 'no answer' }
    expect(servedWarnings([...rows, away])).toEqual([
      'name server ns1 is stale for a and 1 more: old',
      'name server ns2 gives no answer for a: no answer',
    ])
    expect(servedWarnings([{ ...away, hostedZone: 'Z1' }])).toEqual([
      "Route 53's name server ns2 gives no answer for a: no answer",
    ])
    expect(countServers([...rows, away])).toBe(2)
    expect(servedChanges(rows, [rows[1] as ServedRow, away])).toEqual({ began: [away], ended: [rows[0]] })
  })
})
