import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as forms from '../../../../functions/core/config/setting-forms.ts'
import type { TextForm } from '../../../../functions/core/config/setting-kinds.ts'

const texts = Object.entries(forms).filter(
  (entry): entry is [string, TextForm & typeof forms.host] => 'kind' in entry[1],
)

/** Texts of each kind, and texts that look like them. */
const pieces = [
  ...[
    'www',
    'example',
    'org',
    '.',
    '..',
    '-',
    '*',
    '@',
    '\\.',
    '\\',
    '\\046',
    '_',
    ' ',
    '\t',
    '\n',
    'ä',
    'K',
    '0x7f',
    '127',
  ],
  ...[
    '192.0.2.1',
    '2001:db8::1',
    '[',
    ']',
    ':',
    ':53',
    '%',
    '%41',
    '/',
    '//',
    '?',
    '#',
    '=',
    '&',
    '~',
    "'",
    '"',
    '(',
    ';',
  ],
  ...[
    'http://',
    'HTTPS://',
    'https:',
    'ftp://',
    'MB',
    'TYPE46',
    'nsap-ptr',
    'eu-west-1',
    'us-gov-',
    'Z0123',
    'notify yes;',
  ],
]
const anyText = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map(parts => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 12 }),
)

/** Whether it may be: `@` is a label that no list may hold. */
const isAllowed = (form: TextForm, text: string) =>
  form.check?.(text) == null && (form !== forms.rotateLabel || forms.rotateLabelFaults([text]).length === 0)

test.each(texts)('editors refuse nothing that the check of %s lets pass', (_name, form) => {
  const pattern = new RegExp(form.pattern ?? '', 'u')
  fc.assert(
    fc.property(anyText, text => !isAllowed(form, text) || pattern.test(text)),
    { numRuns: 3_000 },
  )
})

test.each([
  [forms.host, ['192.0.2.1', '127.0.0.1', '2001:db8::1', 'a.example'], ['a.example.', '192.0.2.1.', 'a b', '']],
  [forms.host, [], ['0.0.0.0', '::', '224.0.0.1', '255.255.255.255', '169.254.1.1', 'fe80::1', '::ffff:192.0.2.1']],
  [
    forms.url,
    ['http://a/', 'https://192.0.2.1:8443/x?y'],
    ['ftp://a/', 'a', 'http://', 'http:\nwww', ' http://a/', 'http://a/\u0001', 'http://a/b c'],
  ],
  [forms.region, ['eu-west-1', 'us-gov-east-1'], ['eu', 'eu-west-1a', '']],
  [forms.hostedZoneId, ['Z0123'], ['z0123', '/hostedzone/Z1', '']],
])('%s', (form, good, bad) => {
  expect(good.map(text => form.check?.(text))).toEqual(good.map(() => null))
  expect(bad.filter(text => form.check?.(text) === null)).toEqual([])
})

test('what is listed twice is told where it is', () => {
  expect(forms.repetitionFaults(['a', 'b', 'a'])).toEqual([{ path: [2], message: "'a' is listed twice" }])
  expect(forms.rotateLabelFaults(['www', '@', 'WWW'])).toEqual([
    { path: [1], message: "'@' always has the addresses: leave it out" },
    { path: [2], message: "'WWW' is listed twice" },
  ])
})
