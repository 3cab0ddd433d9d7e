import { expect, test } from 'vitest'
import { renderChecked, statusOf, unknown, worstOf } from '../../../../functions/core/inspect/check.ts'
import { parseRange } from '../../../../functions/core/inspect/nagios-range.ts'

const thresholds = { warn: parseRange('2'), crit: parseRange('4') }

test.each([
  [2, 'OK'],
  [2.1, 'WARN'],
  [4.1, 'CRIT'],
])('%d is %s', (value, status) => {
  expect(statusOf(value, thresholds)).toBe(status)
})

test('the worst wins, and nothing at all is OK', () => {
  expect(worstOf(['OK', 'UNKNOWN', 'WARN', 'CRIT'])).toBe('CRIT')
  expect(worstOf(['OK', 'UNKNOWN', 'WARN'])).toBe('WARN')
  expect(worstOf(['OK', 'UNKNOWN'])).toBe('UNKNOWN')
  expect(worstOf([])).toBe('OK')
})

test('a check is one line whatever is in it, with performance data that nobody misreads', () => {
  const figures = [
    { name: 'edge1.example.org', value: 1e-7, unit: 's' as const, thresholds },
    { name: "it's a=b|c", value: 3, unit: '' as const, thresholds: null },
    { name: 'few', value: 0.25, unit: '' as const, thresholds: { warn: null, crit: parseRange('@1:') } },
  ]
  expect(renderChecked('LABEL', { status: 'WARN', text: ' frozen "a|b"\nby root', figures })).toBe(
    `LABEL WARN frozen "a/b" by root | edge1.example.org=0s;2;4;0 'it''s_a_b_c'=3;;;0 few=0.25;;@1:;0\n`,
  )
})

test('what is unknown has no figures', () => {
  expect(renderChecked('LABEL', unknown('no data'))).toBe('LABEL UNKNOWN no data\n')
})
