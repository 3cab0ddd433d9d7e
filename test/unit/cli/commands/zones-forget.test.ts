import { expect, test } from 'vitest'
import { warningsOf } from '../../../../functions/cli/commands/zones-forget.ts'
import { UsageError } from '../../../../functions/core/domain/errors.ts'
import type { Forgotten } from '../../../../functions/cycle/forget-zone.ts'

test('a zone that is forgotten has warnings; every other outcome says what to do', () => {
  expect(warningsOf({ status: 'forgotten', warnings: ['a'] }, 'z', 'net')).toEqual(['a'])
  const words = (outcome: Forgotten) => () => warningsOf(outcome, 'example.org', 'net')
  expect(words({ status: 'never published' })).toThrow(new UsageError('zone example.org was never published in net'))
  expect(words({ status: 'live set lost' })).toThrow('the live set of net is not recorded: run a cycle first')
  const until = Date.UTC(2026, 10, 28, 15, 38, 2)
  expect(words({ status: 'locked', until })).toThrow(
    /another run holds the lease of net until 2026-.*: try again afterwards/,
  )
})
