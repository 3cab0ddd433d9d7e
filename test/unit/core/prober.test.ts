import { expect, test } from 'vitest'
import { type Prober, proberWarnings } from '../../../functions/core/prober.ts'
import { settingsOf } from '../../fixtures/world.ts'

const settings = settingsOf()
const goodMs = settings.goodenough * 1000
const warnings = (changes: Partial<Prober>) =>
  proberWarnings({ lagMs: 0, oftenLagMs: 0, unsure: 0, ...changes }, settings)

test('a prober that is on time is not spoken of, nor is one hiccup', () => {
  expect(warnings({})).toEqual([])
  expect(warnings({ lagMs: 10 * goodMs, oftenLagMs: goodMs / 2 - 1 })).toEqual([])
})

test('one that is late by half of goodenough again and again is too slow, and the cure is told', () => {
  const [warning, ...others] = warnings({ lagMs: goodMs, oftenLagMs: goodMs / 2 })
  expect(others).toEqual([])
  expect(warning).toMatch(
    /^the prober was busy itself, up to .* s late where goodenough is .* s: give the function more/,
  )
  expect(warning).toContain(`lower workers (${settings.workers})`)
})

test('edges that could not be fetched once more are counted', () => {
  expect(warnings({ unsure: 3 })).toEqual([
    expect.stringMatching(/^3 more edges may have missed goodenough only because the prober was busy: give/),
  ])
})
