import { expect, test } from 'vitest'
import { inheritedTtls } from '../../../../functions/core/legacy/inherited-ttls.ts'

test.each([
  ['nothing', '', []],
  ['those of before the include are the same', 'a IN A 192.0.2.1\nb IN A 192.0.2.2\n', []],
  ['a TTL of its own is kept', 'a 60 IN A 192.0.2.1\nb IN 70 A 192.0.2.2\n', []],
  ['that of the record before', 'a 60 IN A 192.0.2.1\nb IN A 192.0.2.2\n  IN TXT x\n', ['2: 60', '3: 60']],
  ['until another has one', 'a 1h IN A 192.0.2.1\nb A 192.0.2.2\nc 300 A 192.0.2.3\nd A 192.0.2.4\n', ['2: 3600']],
  ['below $TTL all is as it was', 'a 60 IN A 192.0.2.1\n$TTL 900\nb IN A 192.0.2.2\n', []],
  ['above it, it is not', 'a 60 IN A 192.0.2.1\nb IN A 192.0.2.2\n$TTL 900\nc IN A 192.0.2.2\n', ['2: 60']],
])('records that take a TTL from elsewhere: %s', (_words, text, expected) => {
  expect(inheritedTtls(text, 'Example.org.').map(({ line, was }) => `${line}: ${was}`)).toEqual(expected)
})
