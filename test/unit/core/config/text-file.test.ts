import { expect, test } from 'vitest'
import { decodeText } from '../../../../functions/core/config/text-file.ts'

test.each([
  [[0x61, 0x0d, 0x0a], { text: 'a\r\n' }],
  [[0xef, 0xbb, 0xbf, 0x61], { text: 'a' }],
  [[0xc3, 0xa4], { text: 'ä' }],
  [[0xe4], { fault: 'is not UTF-8 text' }],
])('%j', (bytes, expected) => {
  expect(decodeText(Uint8Array.from(bytes))).toEqual(expected)
})
