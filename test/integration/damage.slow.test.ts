import { describe, expect, test } from 'vitest'
import { damages, prepareDamages, survives } from '../helpers/damage.ts'

prepareDamages()

/**
 * Every kind of damage, and of those that are drawn every seventh; all of them are met in damage.long.test.ts. Of the drawn
 * ones every second or fourth is of another sort than its neighbours: an even step would miss a sort.
 */
const some = damages().filter(({ name }) => Number(/\((\d+)\)$/.exec(name)?.[1] ?? 0) % 7 === 0)

describe('a damaged store', () => {
  test('is met in at least 240 ways', () => expect(damages().length).toBeGreaterThanOrEqual(240))

  test.each(some)('$name: no order is lost without a word, and cycles go on', survives)
})
