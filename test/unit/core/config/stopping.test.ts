import { expect, test } from 'vitest'
import type { Problem } from '../../../../functions/core/config/problem.ts'
import {
  blockersOf,
  isStopping,
  missing,
  networkName,
  problemsFor,
  withoutNetwork,
} from '../../../../functions/core/config/stopping.ts'
import { network } from '../../../helpers/core.ts'

const problem = (network: string | null, scope: Problem['scope'], severity: Problem['severity'] = 'error'): Problem => {
  return { severity, file: 'f', line: 1, column: 1, message: `${network} ${scope}`, network, scope }
}

test('errors of settings and edges stop cycles; a canary or a zone harms itself alone (behaviour §11.7)', () => {
  expect(isStopping(problem('net', 'settings'))).toBe(true)
  expect(isStopping(problem('net', 'edges'))).toBe(true)
  expect(isStopping(problem('net', 'edges', 'warning'))).toBe(false)
  expect(isStopping(problem('net', 'canaries'))).toBe(false)
  expect(isStopping(problem('net', 'zone'))).toBe(false)
})

test('a network is stopped by its own errors and by everybody’s, and is told all that concerns it', () => {
  const all = [problem(null, 'settings'), problem('net', 'edges'), problem('two', 'edges'), problem('net', 'zone')]
  const configuration = { networks: [], problems: all }
  expect(blockersOf(configuration, 'net')).toEqual([all[0], all[1]])
  expect(problemsFor(configuration, 'net')).toEqual([all[0], all[1], all[3]])
})

test('a folder without any network is an error, unless other errors are to blame for it', () => {
  const warning = problem('net.bak', 'edges', 'warning')
  expect(withoutNetwork({ networks: [], problems: [warning] })).toMatchObject([
    { severity: 'error', file: 'edges', network: null, scope: 'edges' },
  ])
  expect(withoutNetwork({ networks: [], problems: [problem('net', 'edges')] })).toEqual([])
  expect(withoutNetwork({ networks: [network('a')], problems: [] })).toEqual([])
})

test('a network that is not there is a problem of its own', () => {
  expect(missing('net')).toMatchObject({ file: 'edges/net', network: 'net', scope: 'edges', severity: 'error' })
  expect(networkName.test('net_1')).toBe(true)
  expect(networkName.test('Net')).toBe(false)
})
