import { expect, test } from 'vitest'
import { withoutHeaderValues } from '../../../../functions/core/config/hidden-headers.ts'

const secret = 's3cret-value'
const yaml = (headers: string) => `testobject:\n  host: a.example\n  headers: ${headers}\n  uri: /o\n`

test.each([
  ['plain', `\n    X-Token: ${secret}\n    Y: b`, '\n    X-Token: (hidden)\n    Y: (hidden)'],
  ['in a flow', `{X-Token: "${secret}", 'Y': '${secret}'}`, "{X-Token: (hidden), 'Y': (hidden)}"],
  ['written with escapes', '{X: "s3\\x63ret\\u002dvalue"}', '{X: (hidden)}'],
  ['in several lines', `\n    X: >-\n      ${secret}\n      more\n    Y: b`, '\n    X: (hidden)\n    Y: (hidden)'],
  [
    'in a comment, too',
    `\n    # was ${secret}\n    X: ${secret} # or ${secret}`,
    '\n    # was (hidden)\n    X: (hidden) # or (hidden)',
  ],
  ['behind an alias', `\n    X: &x ${secret}\n    Y: *x`, '\n    X: &x (hidden)\n    Y: *x'],
  ['where they are no map', secret, '(hidden)'],
  ['where a value is no text', `{X: [${secret}]}`, '{X: (hidden)}'],
  ['empty', '{}\n# nothing', '{}\n# nothing'],
  ['missing', '', ''],
])('values of headers are hidden: %s', (_what, headers, expected) => {
  const [before, after] = withoutHeaderValues(yaml(headers), null)
  expect(before).toBe(yaml(expected))
  expect(after).toBeNull()
})

test('of one network, behind an anchor, and in a file with faults', () => {
  const texts = [
    `h: &h {X: ${secret}}\nnetworks:\n  a:\n    testobject: {headers: *h}\n`,
    `networks: {a: {testobject: {headers: {X: ${secret}}}}}\n`,
    `${yaml(`{X: ${secret}}`)}broken: [\n`,
    `${yaml(`{X: ${secret}}`)}again: *nobody\n`,
    `headers: *nobody\nx: ${secret.slice(0, 3)}\n`,
  ]
  for (const text of texts) expect(withoutHeaderValues(null, text)[1]).not.toContain(secret)
})

test('which of them changed is told, and nothing else differs', () => {
  const [before, after] = withoutHeaderValues(yaml('{X: aaaaaaaa, Y: b}'), yaml('{X: cccccccc, Y: b, Z: d}'))
  expect(before).toBe(yaml('{X: (hidden), Y: (hidden)}'))
  expect(after).toBe(yaml('{X: (hidden, changed), Y: (hidden), Z: (hidden)}'))
  expect(withoutHeaderValues(null, null)).toEqual([null, null])
})

test('what no parser should be given is left as it is', () => {
  const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`
  expect(withoutHeaderValues(deep, null)[0]).toBe(deep)
})
