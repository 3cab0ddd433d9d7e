import { expect, test } from 'vitest'
import { formatProblem, problemLines } from '../../../../functions/core/config/problem.ts'

test('a problem is told with its place first, as editors and compilers do', () => {
  const problem = { file: 'edges/net', line: 3, column: 7, message: 'm', network: 'net', scope: 'edges' } as const
  expect(formatProblem({ ...problem, severity: 'error' })).toBe('edges/net:3:7: error: m')
  expect(formatProblem({ ...problem, severity: 'warning' })).toBe('edges/net:3:7: warning: m')
})

test('a problem is one line that can be shown, however a file is called and whatever is in it', () => {
  const file = 'edges/a\x1b[2J\nb'
  const message = `'${'x'.repeat(60_000)}\r\x07' is not a host name`
  const about = { file, line: 1, column: 1, network: null, scope: 'edges', severity: 'error' } as const
  const line = formatProblem({ ...about, message })
  expect(line).toMatch(/^edges\/a\\u001b\[2J b:1:1: error: 'x+… \(59,\d+ more characters\)$/)
  expect(line.length).toBeLessThan(600)
})

test('the first of many problems are told, and the others are counted', () => {
  const about = { file: 'f', column: 1, message: 'm', network: null, scope: 'edges', severity: 'error' } as const
  const problems = [1, 2, 3].map(line => ({ ...about, line }))
  expect(problemLines(problems, 3)).toEqual(['f:1:1: error: m', 'f:2:1: error: m', 'f:3:1: error: m'])
  expect(problemLines(problems, 1)).toEqual([
    'f:1:1: error: m',
    'and 2 more problems: edgemanage validate lists them all',
  ])
})
