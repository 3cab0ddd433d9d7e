import { expect, test } from 'vitest'
import { substitution } from '../../../../functions/core/zone/naptr-regex.ts'

const read = (text: string) =>
  substitution.read({ line: 1, column: 1, text, quoted: true }, { origin: '.', before: '' })

test.each(['', '!^.*$!sip:a@b!', '!a!b!i', '/(a)\\\\/b/\\\\1/', '!a!\\\\!!', '!a!\\\\xy!ii'])('%j is one', text => {
  expect(read(text)).toHaveProperty('octets')
})

test.each([
  '!a!b',
  '!a!b!c!',
  '!a!b!x',
  '1a1b1',
  'iaibi',
  '\\\\a',
  '!a\\000!b!',
  '!a!b!\\\\',
  '/(a)/\\\\2/',
  '!a!\\\\0!',
  '!!b!',
  '!a',
  '\\256',
])('%j is none', text => {
  expect(read(text)).toHaveProperty('fault')
})
