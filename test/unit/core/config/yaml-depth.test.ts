import { describe, expect, test } from 'vitest'
import { tooDeepAt } from '../../../../functions/core/config/yaml-depth.ts'

describe('the depth of a file', () => {
  test.each([
    ['lists', () => '['.repeat(100_000)],
    ['maps', () => '{"a":'.repeat(50_000)],
    ['anchors', () => `a: ${'&x ['.repeat(100_000)}`],
    ['lists that end', () => `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['items on one line', () => `${'- '.repeat(20_000)}a`],
    ['keys on one line', () => `${'? '.repeat(20_000)}a`],
    ['indented maps', () => Array.from({ length: 1_000 }, (_, at) => `${' '.repeat(at)}a:\n`).join('')],
  ])('is too much for %s', (_words, textOf) => {
    expect(tooDeepAt(textOf())).toBeGreaterThan(0)
  })

  test('is told where it is too much', () => {
    expect(tooDeepAt(`a: 1\nb: ${'['.repeat(65)}`)).toBe('a: 1\nb: '.length + 64)
    expect(tooDeepAt(`---\r\na:\r\n${' '.repeat(201)}b: 1`)).toBe('---\r\na:\r\n'.length)
  })

  test.each([
    ['nothing', ''],
    ['many lists side by side', '- [[1], {a: 2}]\n'.repeat(10_000)],
    [
      'text that looks deep',
      `a: "${'['.repeat(1_000)}"\nb: |\n  ${' '.repeat(400)}${'- '.repeat(400)}\n# ${'{'.repeat(400)}\n`,
    ],
    ['a list that goes on far to the right', `a: [1,\n${' '.repeat(400)}2]\n`],
  ])('is no matter for %s', (_words, text) => {
    expect(tooDeepAt(text)).toBeNull()
  })
})
