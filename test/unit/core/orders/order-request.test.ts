import { describe, expect, test } from 'vitest'
import {
  edgeNamed,
  freezeAnswer,
  orderAnswer,
  type ValidOrder,
  validOrderOf,
} from '../../../../functions/core/orders/order-request.ts'
import { networkOf } from '../../../helpers/world.ts'

const now = Date.UTC(2026, 0, 1)
const good = { order: 'force' as const, comment: ' disk replaced ', by: 'alice' }

describe('a wish', () => {
  test('is stored with its comment trimmed and its end as a time', () => {
    expect(validOrderOf({ ...good, expires: '1m' }, now)).toEqual({
      order: 'force',
      comment: 'disk replaced',
      by: 'alice',
      since: now,
      expires: now + 60_000,
    })
  })

  test.each(['available', 'thaw'] as const)('%s needs no comment, and has no end', order => {
    expect(validOrderOf({ order, by: 'alice' }, now)).toMatchObject({ order, comment: null, expires: null })
    expect(validOrderOf({ order, by: 'alice', expires: '1h' }, now)).toEqual({ faults: [`${order} does not expire`] })
  })

  test.each([
    [{ comment: undefined }, 'a comment is required'],
    [{ comment: ' \t' }, 'a comment is required'],
    [{ comment: 'two\nlines' }, 'comment must be one line'],
    [{ comment: 'red \x1b[31m' }, 'comment must be one line'],
    [{ comment: 'half \ud83d' }, 'comment must be one line'],
    [{ comment: 'turned \u202e round' }, 'comment must be one line'],
    [{ comment: 'screen \u009b2J' }, 'comment must be one line'],
    [{ by: 'ali\x07ce' }, 'by must be one line'],
    [{ comment: 'x'.repeat(501) }, 'comment is longer than 500'],
    [{ by: ' ' }, 'by must not be empty'],
    [{ by: 'a\u2028b' }, 'by must be one line'],
    [{ by: 'x'.repeat(201) }, 'by is longer than 200'],
    [{ expires: 'soon' }, "expires 'soon' is neither"],
  ])('with %j is refused', (change, reason) => {
    const answer = validOrderOf({ ...good, ...change }, now)
    expect(answer).toEqual({ faults: [expect.stringContaining(reason)] })
  })

  test('is refused with all reasons at once', () => {
    expect(validOrderOf({ order: 'freeze', by: '', expires: '0s' }, now)).toEqual({
      faults: [
        expect.stringContaining('comment'),
        expect.stringContaining('by'),
        expect.stringContaining('not in the future'),
      ],
    })
  })
})

describe('an edge', () => {
  const canaries = [{ zone: 'example.org', address: '192.0.2.9' }]
  const network = networkOf(['192.0.2.1', '2001:db8::1', 'edge.example'], { canaries })

  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:DB8:0::1', '2001:db8::1'],
    ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
    ['Edge.Example', 'edge.example'],
    ['edge.example.', 'edge.example'],
  ])('%s is %s of the list', (text, edge) => {
    expect(edgeNamed(network, text)).toEqual({ edge })
  })

  test.each([
    ['192.0.2.9', 'is a canary of net'],
    ['192.0.2.8', 'is not in the edge list of net'],
    ['other.example', 'is not in the edge list of net'],
  ])('%s takes no orders', (text, reason) => {
    expect(edgeNamed(network, text)).toEqual({ fault: expect.stringContaining(`${text} ${reason}`) })
  })
})

test('answers tell times as ISO 8601 in UTC', () => {
  const given: ValidOrder = { order: 'force', comment: 'x', by: 'alice', since: now, expires: now + 1000 }
  const common = { comment: 'x', by: 'alice', since: '2026-01-01T00:00:00.000Z' }
  const expires = '2026-01-01T00:00:01.000Z'
  expect(orderAnswer('a', given)).toEqual({ edge: 'a', mode: 'force', ...common, expires })
  expect(freezeAnswer({ ...given, order: 'freeze', expires: null })).toEqual({ freeze: true, ...common, expires: null })
  expect(freezeAnswer({ ...given, order: 'thaw' })).toMatchObject({ freeze: false })
})
