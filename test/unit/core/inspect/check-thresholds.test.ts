import { expect, test } from 'vitest'
import { checkThresholds, lateAfter } from '../../../../functions/core/inspect/check-thresholds.ts'
import { parseRange } from '../../../../functions/core/inspect/nagios-range.ts'

test('the thresholds of the original, each a range', () => {
  expect(checkThresholds).toMatchObject({ latency: { warn: '2', crit: '4' }, rotation: { warn: '4', crit: '8' } })
  const all = Object.values(checkThresholds).flatMap(({ warn, crit }) => [warn ?? '0', crit ?? '0'])
  expect(all.filter(text => parseRange(text) === null)).toEqual([])
  expect(lateAfter.crit).toBeGreaterThan(lateAfter.warn)
})
