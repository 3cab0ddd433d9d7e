import { describe, expect, test } from 'vitest'
import type { Settings } from '../../../../functions/core/config/settings.ts'
import { historyOf, trimHistory } from '../../../../functions/core/history/history.ts'
import type { Run } from '../../../../functions/core/history/run.ts'
import { meanSeconds, noSamples } from '../../../../functions/core/history/total.ts'
import { assess } from '../../../../functions/core/judgement/assess.ts'
import { now, runAgo, type Told, told } from '../../../helpers/core.ts'
import { settingsOf } from '../../../helpers/world.ts'

function assessAfter(runs: readonly Run[], how: Told, settings: Partial<Settings> = {}, isLive = false) {
  const recorded = historyOf(runs, 2000)
  const all = settingsOf(settings)
  const history = trimHistory(recorded, all.history.samples - 1)
  return assess('edge', 'a', told(how), isLive, { history, recorded, now, settings: all })
}

describe('averages (behaviour §2.2)', () => {
  const runs = [runAgo(600, { a: 0.9 }), runAgo(300, { a: 0.3 }), runAgo(60, { a: 0.6 })]

  test('include this cycle', () => {
    const found = assessAfter(runs, 0.6)
    expect(meanSeconds(found.all)).toBe(2_400_000 / 4 / 1e6)
    expect(meanSeconds(found.window)).toBe(1_500_000 / 3 / 1e6)
    expect(found.micros).toBe(600_000)
  })

  test('a failed probe counts as this cycle’s timeout: that is the back-off', () => {
    const found = assessAfter(runs, 'refused', { timeout: 4 })
    expect(found).toMatchObject({ micros: 4_000_000, judgement: 'fail' })
    expect(found.window).toEqual({ sumMicros: 4_900_000, count: 3 })
    expect(assessAfter([...runs, runAgo(30, { a: 'timeout' })], 0.6).judgement).toBe('pass')
  })

  test('a skipped probe gives no sample, and no judgement but the last', () => {
    const found = assessAfter(runs, 'skipped')
    expect(found).toMatchObject({ micros: null, judgement: 'pass', waitsForUpAfter: false })
    expect(found.all).toEqual({ sumMicros: 1_800_000, count: 3 })
    expect(assessAfter([], 'skipped')).toMatchObject({ judgement: null, all: noSamples, window: noSamples })
  })
})

describe('judgement (behaviour §3)', () => {
  test.each<[name: string, settings: Partial<Settings>, isLive: boolean, seconds: number, judgement: string]>([
    ['a live edge may be slower by stay_factor', { stay_factor: 1.2 }, true, 0.599999, 'pass_threshold'],
    ['… but not exactly by it', { stay_factor: 1.2 }, true, 0.6, 'pass'],
    ['another may not', { stay_factor: 1.2 }, false, 0.599999, 'pass'],
    ['the product is compared in whole microseconds', { goodenough: 0.3, stay_factor: 1.1 }, true, 0.33, 'pass'],
    ['… one below it passes', { goodenough: 0.3, stay_factor: 1.1 }, true, 0.329999, 'pass_threshold'],
    ['exactly goodenough is not below it', { goodenough: 0.57 }, false, 0.57, 'pass'],
  ])('%s', (_, settings, isLive, seconds, judgement) => {
    expect(assessAfter([], seconds, settings, isLive).judgement).toBe(judgement)
  })

  test('window and average save a slow answer', () => {
    const quick = runAgo(60, { a: 0.1 })
    expect(assessAfter([quick], 0.8).judgement).toBe('pass_window')
    expect(assessAfter([quick], 0.9).judgement).toBe('pass')
    expect(assessAfter([runAgo(3600, { a: 0.1 })], 0.8).judgement).toBe('pass_average')
  })

  test('down_after and up_after count the recorded cycles', () => {
    const held = { how: 'refused' as const, judgement: 'pass_threshold' as const }
    const failing = [runAgo(180, { a: 0.1 }), runAgo(120, { a: held }), runAgo(60, { a: held })]
    expect(assessAfter(failing, 'timeout', { down_after: 4 }).judgement).toBe('pass_threshold')
    expect(assessAfter(failing, 'timeout', { down_after: 3 }).judgement).toBe('fail')
    expect(assessAfter([runAgo(60, { a: 'refused' })], 0.1, { up_after: 2 })).toMatchObject({
      judgement: 'fail',
      waitsForUpAfter: true,
    })
  })

  test('counters do not end where the kept samples do', () => {
    const held = { how: 'refused' as const, judgement: 'pass' as const }
    const runs = [runAgo(120, { a: held }), runAgo(60, { a: held })]
    const few = { history: { samples: 1, window: 300 } }
    expect(assessAfter(runs, 'refused', { ...few, down_after: 3 }).judgement).toBe('fail')
    expect(assessAfter(runs, 'refused', { ...few, down_after: 4 })).toMatchObject({
      judgement: 'pass',
      all: { sumMicros: 10_000_000, count: 1 },
    })
  })

  test('one that left and returned finds its samples, but is as if never judged (behaviour §2.4)', () => {
    const runs = [runAgo(180, { a: 'refused', b: 0.1 }), runAgo(120, { a: 'refused', b: 0.1 }), runAgo(60, { b: 0.1 })]
    const found = assessAfter(runs, 0.1, { up_after: 3, down_after: 3 })
    expect(found).toMatchObject({ judgement: 'pass_threshold', all: { sumMicros: 20_100_000, count: 3 } })
    expect(assessAfter(runs, 'refused', { down_after: 3 }).judgement).toBe('fail')
  })
})
