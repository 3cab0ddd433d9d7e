import { expect, test } from 'vitest'
import { defaultStackName, vantageFunctionName } from '../../../../functions/core/operation/vantage-name.ts'

test('a vantage point has its name from the stack (design, "Vantage points")', () => {
  expect(vantageFunctionName(defaultStackName)).toBe('edgemanage-vantage')
  expect(vantageFunctionName('prod')).toBe('prod-vantage')
})
