import { describe, test } from 'vitest'
import { damages, prepareDamages, survives } from '../helpers/damage.ts'

prepareDamages()

describe('a damaged store', () => {
  test.each(damages())('$name: no order is lost without a word, and cycles go on', survives)
})
