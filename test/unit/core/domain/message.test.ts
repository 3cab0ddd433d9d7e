import { expect, test } from 'vitest'
import { messageOf } from '../../../../functions/core/domain/message.ts'

test.each([
  [new Error('no space\n  left'), 'no space left'],
  ['gone', 'gone'],
  [undefined, 'undefined'],
  [new Error('bell \x07 and \x1b[2J'), 'bell \\u0007 and \\u001b[2J'],
  [new Error('x'.repeat(61_000)), `${'x'.repeat(1_000)}… (60,000 more characters)`],
])('%o in one line', (thrown, message) => {
  expect(messageOf(thrown)).toBe(message)
})
