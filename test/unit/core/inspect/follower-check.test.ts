import { describe, expect, test } from 'vitest'
import { emptyReport, type PassReport } from '../../../../functions/core/following/pass-report.ts'
import { renderChecked } from '../../../../functions/core/inspect/check.ts'
import { ageThresholds, followerCheck, parsePassReport } from '../../../../functions/core/inspect/follower-check.ts'

const report = { ...emptyReport(0, 30), zones: 7 }
const check = (found: Partial<PassReport>, now: number) => {
  const thresholds = ageThresholds(report, {})
  if (typeof thresholds === 'string') throw new Error(thresholds)
  return renderChecked('EDGE_FOLLOWER', followerCheck({ ...report, ...found }, now, thresholds))
}

describe('check follower', () => {
  test.each<[string, Partial<PassReport>, number, string]>([
    ['well', {}, 20_000, 'EDGE_FOLLOWER OK last pass 20 s ago, 7 zones | age=20s;120;600;0 zones=7;;;0 failed=0;;;0 '],
    ['late', {}, 121_000, 'EDGE_FOLLOWER WARN last pass 2 m 1 s ago'],
    ['too late', {}, 601_000, 'EDGE_FOLLOWER CRIT'],
    ['dated ahead', {}, -5_000, 'EDGE_FOLLOWER OK last pass 0 s ago'],
    ['waiting', { waiting: { reconfig: true, zones: ['a'] } }, 0, 'waiting=2;;;0'],
    [
      'in trouble',
      { failed: [{ zone: 'a', network: 'n', reason: 'x' }] },
      0,
      'WARN last pass 0 s ago, 7 zones; zone a of n',
    ],
  ])('%s', (_how, found, now, text) => {
    expect(check(found, now)).toContain(text)
  })

  test('without a pass it is unknown', () => {
    expect(followerCheck(null, 0, { warn: null, crit: null }).status).toBe('UNKNOWN')
  })

  test('thresholds are those given, or by how often passes come', () => {
    expect(ageThresholds(null, {})).toMatchObject({ warn: { end: 120 }, crit: { end: 600 } })
    expect(ageThresholds({ ...report, everySeconds: 300 }, {})).toMatchObject({
      warn: { end: 900 },
      crit: { end: 3000 },
    })
    expect(ageThresholds(report, { warning: '5', critical: '6' })).toMatchObject({ warn: { end: 5 }, crit: { end: 6 } })
    expect(ageThresholds(report, { warning: 'x' })).toContain('"x" is not a range')
    expect(ageThresholds(report, { critical: 'y' })).toContain('"y" is not a range')
  })

  test.each([
    [JSON.stringify(report), true],
    [null, false],
    ['{', false],
    ['{}', false],
    [JSON.stringify({ ...report, failed: 1 }), false],
    [JSON.stringify({ ...report, startedAt: 'never' }), false],
    [JSON.stringify({ ...report, zones: null }), false],
  ])('%s is a report: %s', (text, isOne) => {
    expect(parsePassReport(text)).toEqual(isOne ? report : null)
  })
})
