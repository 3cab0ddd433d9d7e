import { expect, test } from 'vitest'
import { messageOf } from '../../../functions/core/message.ts'

test.each([
  [new Error('no space\n  left'), 'no space left'],
  ['gone', 'gone'],
  [undefined, 'undefined'],
])('%o in one line', (thrown, message) => {
  expect(messageOf(thrown)).toBe(message)
})
