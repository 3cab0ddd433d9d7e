import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readExpiry } from '../../../../functions/core/orders/expiry.ts'

const now = Date.UTC(2026, 10, 24, 12, 0, 0, 500)
const at = (iso: string) => ({ ms: Date.parse(iso) })

describe('an expiry', () => {
  test.each([
    ['90s', { ms: now + 90_000 }],
    ['15m', { ms: now + 900_000 }],
    ['2h', { ms: now + 7_200_000 }],
    ['3d', { ms: now + 259_200_000 }],
    ['365d', { ms: now + 365 * 86_400_000 }],
    ['2026-12-24T18:00Z', at('2026-12-24T18:00:00Z')],
    ['2026-12-24T18:00:05.25Z', at('2026-12-24T18:00:05.250Z')],
    ['2026-12-24T18:00:00+02:00', at('2026-12-24T16:00:00Z')],
    ['2026-12-24T18:00:00-0530', at('2026-12-24T23:30:00Z')],
    ['2026-12-24T18:00+01', at('2026-12-24T17:00:00Z')],
    ['20261224T180000Z', at('2026-12-24T18:00:00Z')],
    ['20261224T1800-0530', at('2026-12-24T23:30:00Z')],
    ['2026-12-24T18:00:00,5Z', at('2026-12-24T18:00:00.500Z')],
    ['2027-11-24T12:00:00Z', at('2027-11-24T12:00:00Z')],
  ])('%s is a time', (text, expected) => {
    expect(readExpiry(text, now)).toEqual(expected)
  })

  test.each([
    ['0s', 'is not in the future'],
    ['2026-11-24T12:00:00Z', 'is not in the future'],
    ['366d', 'is more than a year ahead'],
    ['2027-11-24T12:00:01Z', 'is more than a year ahead'],
    ['9999999999d', 'is more than a year ahead'],
    ...[
      '',
      '2',
      '2 h',
      '-2h',
      '2w',
      '1h30m',
      'tomorrow',
      '2026-12-24',
      '2026-12-24T18:00',
      '2026-12-24 18:00Z',
      '2026-02-30T18:00Z',
      '2026-13-01T18:00Z',
      '2026-12-24T25:00Z',
      '2026-12-24T18:00+15:00',
      '2026-12-24T18:00+02:60',
      '2026-1224T18:00Z',
      '2026-12-24T18:0000Z',
    ].map(text => [text, 'is neither a span']),
  ])('%j %s', (text, expected) => {
    expect(readExpiry(text ?? '', now)).toEqual({ fault: expect.stringContaining(`'${text}' ${expected}`) })
  })

  test('counts a year by the calendar', () => {
    const leap = Date.UTC(2027, 5, 1)
    expect(readExpiry('366d', leap)).toEqual({ ms: Date.UTC(2028, 5, 1) })
  })

  test('whatever is written, it is a time ahead or a reason', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.date().map(date => (Number.isNaN(+date) ? '' : date.toISOString())),
        ),
        text => {
          const expiry = readExpiry(text, now)
          if ('fault' in expiry) return expiry.fault.includes(text)
          return Number.isInteger(expiry.ms) && expiry.ms > now
        },
      ),
    )
  })
})
