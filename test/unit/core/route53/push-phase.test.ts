import { expect, test } from 'vitest'
import { hasEnded } from '../../../../functions/core/route53/push-phase.ts'

test.each([
  [{ is: 'finding' }, false],
  [{ is: 'reading' }, false],
  [{ is: 'done' }, true],
  [{ is: 'failed', why: '', isMissing: false }, true],
] as const)('%j has ended: %s', (phase, ended) => {
  expect(hasEnded(phase)).toBe(ended)
})
