import { expect, test } from 'vitest'
import { readText } from '../../../../functions/core/config/source.ts'

test.each<[() => Uint8Array | null, object]>([
  [() => Uint8Array.of(97), { text: 'a' }],
  [() => Uint8Array.of(255), { fault: 'is not UTF-8 text' }],
  [() => null, { fault: 'is missing' }],
  [() => new Uint8Array(16 * 1024 * 1024 + 1), { fault: 'is longer than 16 MB' }],
  [
    () => {
      throw new Error('EACCES')
    },
    { fault: 'cannot be read: EACCES' },
  ],
])('a file is its text, or a reason why not (%#)', (read, expected) => {
  expect(readText({ list: () => null, read }, 'file')).toEqual(expected)
})
