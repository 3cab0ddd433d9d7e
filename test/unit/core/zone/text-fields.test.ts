import { expect, test } from 'vitest'
import { scanMasterFile } from '../../../../functions/core/zone/master-file.ts'
import { quotedValue, text, textOctets, texts, value } from '../../../../functions/core/zone/text-fields.ts'

const words = (line: string) => scanMasterFile(line).entries[0]?.tokens ?? []
const context = { origin: '.', before: '' }

test.each([
  ['a\\;b', { octets: 'a;b' }],
  ['\\255\\000', { octets: '\xff\0' }],
  ['ü\\ü', { octets: '\xc3\xbc\xc3\xbc' }],
  ['a\\25', { fault: "'a\\25' has an unfinished escape" }],
  ['\\256', { fault: '\\256 is not an octet' }],
])('%j', (written, read) => {
  expect(textOctets(written)).toEqual(read)
})

test('a text has its length in front, and at most 255 octets', () => {
  const [short, long, wrong] = words(`ab "${'a'.repeat(256)}" \\256`)
  if (short === undefined || long === undefined || wrong === undefined) throw new Error('three words')
  expect(text.read(short, context)).toEqual({ octets: '\x02ab' })
  expect(text.read(long, context)).toEqual({ fault: 'this text is longer than 255 octets' })
  expect(texts.read([short, short], context)).toEqual({ octets: '\x02ab\x02ab' })
  expect(texts.read([short, wrong], context)).toEqual({ fault: '\\256 is not an octet', at: wrong })
  expect(value.read(long, context)).toEqual({ octets: 'a'.repeat(256) })
  expect(quotedValue.read(long, context)).toEqual({ octets: 'a'.repeat(256) })
  expect(quotedValue.read(short, context)).toEqual({ fault: "'ab' needs quotes" })
})
