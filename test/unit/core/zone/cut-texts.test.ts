import { expect, test } from 'vitest'
import { findingsOf } from '../../../helpers/zones.ts'

const warned = (place: string, word: string) =>
  `${place}: warning: the semicolon behind '${word}' begins a comment: a text that holds one needs quotes`

test.each([
  ['m TXT v=DKIM1; k=rsa; p=AAAA', [warned('1:7', 'v=DKIM1')]],
  ['m TXT v=DMARC1;p=none', [warned('1:7', 'v=DMARC1')]],
  ['m TXT v=DMARC1 ; p=none', [warned('1:7', 'v=DMARC1')]],
  ['m TXT "v=DMARC1"; p=none', [warned('1:7', 'v=DMARC1')]],
  ['m TXT ( v=DKIM1; k=rsa\n p=AAAA ; the key\n )', [warned('1:9', 'v=DKIM1')]],
  ['m SPF a;b', [warned('1:7', 'a')]],
  ['m CAA 0 issue ca.example;policy=x', [warned('1:15', 'ca.example')]],
  ['m TXT "v=DKIM1; k=rsa"', []],
  ['m TXT v=DKIM1\\; k=rsa', []],
  ['m TXT v=spf1 ; a comment', []],
  ['m TXT "a"; a comment', []],
  ['m TXT "a";', []],
  ['m TXT a;', []],
  ['m TXT (\n a\n ; b=c\n)', []],
  ['m A 192.0.2.9;text', []],
  [';a=b\nm TXT a', []],
])('%j', (include, findings) => {
  expect(findingsOf(include)).toEqual(findings)
})
