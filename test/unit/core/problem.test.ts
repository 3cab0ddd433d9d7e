import { expect, test } from 'vitest'
import { formatProblem } from '../../../functions/core/config/problem.ts'

test('a problem is told with its place first, as editors and compilers do', () => {
  const problem = { file: 'edges/net', line: 3, column: 7, message: 'm', network: 'net', scope: 'edges' } as const
  expect(formatProblem({ ...problem, severity: 'error' })).toBe('edges/net:3:7: error: m')
  expect(formatProblem({ ...problem, severity: 'warning' })).toBe('edges/net:3:7: warning: m')
})
