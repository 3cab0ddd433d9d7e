import { expect, test } from 'vitest'
import { utcWords } from '../../../../functions/core/domain/time-words.ts'
import { freezeWords } from '../../../../functions/core/inspect/freeze-words.ts'
import { freeze, now } from '../../../helpers/core.ts'

test.each([
  [null, null],
  ['unreadable' as const, 'the network counts as frozen: the freeze cannot be read'],
  [freeze({ expires: now }), null],
  [freeze(), 'the network is frozen by root: "launch"'],
  [freeze({ expires: now + 1000 }), `the network is frozen until ${utcWords(now + 1000)} by root: "launch"`],
])('%j', (given, words) => {
  expect(freezeWords(given, now)).toBe(words)
})
