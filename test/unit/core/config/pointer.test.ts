import { expect, test } from 'vitest'
import { inForce } from '../../../../functions/core/config/in-force.ts'
import { nothingDesired } from '../../../../functions/core/config/pointer.ts'

test('where nothing was put in force, the deployed bundle alone is a candidate (behaviour §11.5)', () => {
  const deployed = 'd'.repeat(64)
  expect(inForce(nothingDesired, deployed).candidates.map(({ hash }) => hash)).toEqual([deployed])
  expect(inForce(nothingDesired, null).candidates).toEqual([])
})
