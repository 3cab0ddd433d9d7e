import { expect, test } from 'vitest'
import type { Faithfulness } from '../../../../functions/core/replay/faithfulness.ts'
import { faithWords, fetchWords, minuteWords, spanOfReplay } from '../../../../functions/core/replay/words.ts'
import { now } from '../../../helpers/core.ts'

const span = { from: now - 3_600_000, to: now }
const faithful = (changes: Partial<Faithfulness>) => ({
  span,
  faithful: { cycles: 60, alike: 60, first: null, unknownOrders: 0, ...changes },
})

test('how faithful a replay is', () => {
  expect(faithWords(faithful({}))).toBe(
    'Unchanged settings give exactly the recorded live sets and rotations in all 60 cycles.',
  )
  expect(faithWords(faithful({ cycles: 1, alike: 1 }))).toContain('in the one cycle.')
  expect(faithWords(faithful({ unknownOrders: 1 }))).toContain('For 1 cycle it is not known which orders')
  expect(faithWords(faithful({ alike: 58, first: { time: now, why: 'a would have been live: because' } }))).toBe(
    'Unchanged settings do not give what was recorded in 2 of 60 cycles. The first is that of 2026-01-01 12:00:30 UTC: a would have been live: because.',
  )
  expect(faithWords({ ...faithful({}), span: null })).toBe('No cycle is recorded in that time.')
})

test('spans and values', () => {
  expect(spanOfReplay(faithful({}))).toBe('60 cycles from 2026-01-01 11:00:30 UTC to 2026-01-01 12:00:30 UTC (1 h)')
  expect(spanOfReplay({ ...faithful({}), span: null })).toBe('no cycles')
  expect([minuteWords(2000), minuteWords(1.5), fetchWords(0.1234), fetchWords(null)]).toEqual([
    '2,000',
    '1.5',
    '0.123 s',
    '–',
  ])
})
