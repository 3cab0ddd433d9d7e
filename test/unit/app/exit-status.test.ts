import { expect, test } from 'vitest'
import { ConfigurationFault } from '../../../functions/app/configuration-fault.ts'
import { exitStatusOf } from '../../../functions/app/exit-status.ts'
import { ConfigurationError, CycleFailed, InvalidInput, UsageError } from '../../../functions/core/domain/errors.ts'
import { InvalidEdgeLists } from '../../../functions/library/edge-lists.ts'

test.each([
  [new UsageError('x'), 2],
  [new InvalidInput('x'), 2],
  [new InvalidEdgeLists(['x']), 2],
  [new ConfigurationError('x'), 2],
  [new ConfigurationFault('/etc/em', []), 2],
  [new CycleFailed('x'), 1],
  [new TypeError('x'), 1],
  ['x', 1],
])('%s ends a command with %i', (error, status) => {
  expect(exitStatusOf(error)).toBe(status)
})
