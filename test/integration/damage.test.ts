import { describe, expect, test } from 'vitest'
import { damages, prepareDamages, survives } from '../helpers/damage.ts'

prepareDamages()

/** Every kind of damage, and of those that are drawn every eighth; all of them are met in damage.long.test.ts. */
const some = damages().filter(({ name }) => Number(/\((\d+)\)$/.exec(name)?.[1] ?? 0) % 8 === 0)

describe('a damaged store', () => {
  test('is met in at least 240 ways', () => expect(damages().length).toBeGreaterThanOrEqual(240))

  test.each(some)('$name: no order is lost without a word, and cycles go on', survives)
})
