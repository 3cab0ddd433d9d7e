import { describe, expect, test } from 'vitest'
import type { Problem } from '../../../../functions/core/config/problem.ts'
import { tellProblems } from '../../../../functions/core/config/told.ts'

function problem(line: number, severity: Problem['severity'] = 'warning'): Problem {
  return { severity, file: 'zones/net/a.zone', line, column: 1, message: 'not checked', network: 'net', scope: 'zone' }
}

const many = Array.from({ length: 2_000 }, (_, at) => problem(at + 1))

describe('what a cycle tells of its configuration', () => {
  test('nothing where there is nothing', () => {
    expect(tellProblems(null, [], 20)).toEqual({ lines: [], hash: null })
  })

  test('is told in full when it begins, with a bound that says what is left out', () => {
    const { lines } = tellProblems(null, many, 20)
    expect(lines).toHaveLength(21)
    expect(lines[0]).toBe('zones/net/a.zone:1:1: warning: not checked')
    expect(lines.at(-1)).toBe('and 1,980 more problems: edgemanage validate lists them all')
  })

  test('is one line as long as it does not change', () => {
    const { hash } = tellProblems(null, many, 20)
    const again = tellProblems(hash, many, 20)
    expect(again.lines).toEqual([
      'the configuration has 2,000 warnings, as in the cycle before: edgemanage validate lists them',
    ])
    expect(again.hash).toBe(hash)
  })

  test('counts errors and warnings apart', () => {
    const told = (problems: Problem[]) => tellProblems(tellProblems(null, problems, 20).hash, problems, 20).lines[0]
    expect(told([problem(1, 'error')])).toContain('has 1 error,')
    expect(told([problem(1, 'error'), problem(2), problem(3)])).toContain('has 1 error and 2 warnings,')
  })

  test.each<[string, readonly Problem[]]>([
    ['one more', [...many, problem(5_000)]],
    ['one less', many.slice(1)],
    ['another beyond the bound', [...many.slice(0, -1), problem(5_000)]],
    ['one that is an error now', [problem(1, 'error'), ...many.slice(1)]],
  ])('is told in full again when it changes: %s', (_words, problems) => {
    const { hash } = tellProblems(null, many, 20)
    const changed = tellProblems(hash, problems, 20)
    expect(changed.lines).toHaveLength(21)
    expect(changed.hash).not.toBe(hash)
  })

  test('is told in full when it comes back after it was gone', () => {
    const gone = tellProblems(tellProblems(null, many, 20).hash, [], 20)
    expect(gone.hash).toBeNull()
    expect(tellProblems(gone.hash, many, 20).lines).toHaveLength(21)
  })
})
