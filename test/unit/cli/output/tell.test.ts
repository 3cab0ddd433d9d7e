import { describe, expect, test } from 'vitest'
import { ConfigurationFault } from '../../../../functions/app/configuration-fault.ts'
import { leftOutLines, problemTeller, tellError, tellLeftOut } from '../../../../functions/cli/output/tell.ts'
import { type Terminal, unpainted } from '../../../../functions/cli/output/terminal.ts'
import type { Problem } from '../../../../functions/core/config/problem.ts'

function terminalOf(): { terminal: Terminal; told: () => string[] } {
  let text = ''
  const err = (more: string) => {
    text += more
  }
  const closed = new AbortController().signal
  const terminal = { out: err, err, progress: () => {}, paint: unpainted, width: 80, closed }
  return { terminal, told: () => text.split('\n').filter(line => line !== '') }
}

function problem(line: number, network: string | null = 'net'): Problem {
  return { severity: 'error', file: `edges/${network}`, line, column: 1, message: 'm', network, scope: 'edges' }
}

const many = (count: number) => Array.from({ length: count }, (_, at) => problem(at + 1))

describe('problems', () => {
  test('are told once in a process, and no more than a hundred at once', () => {
    const { terminal, told } = terminalOf()
    const tell = problemTeller(terminal)
    tell(many(150))
    tell(many(150))
    expect(told()).toHaveLength(101)
    expect(told().at(-1)).toBe('and 50 more problems: edgemanage validate lists them all')
    tell(many(151))
    expect(told().at(-1)).toBe('edges/net:151:1: error: m')
  })

  test('that stop a command are told all at once, as far as anybody reads', () => {
    const { terminal, told } = terminalOf()
    expect(tellError(new ConfigurationFault('/etc/em', many(3_000)), terminal, false)).toBe(2)
    expect(told()).toHaveLength(1_002)
    expect(told().slice(-2)).toEqual([
      'and 2,000 more problems: edgemanage validate lists them all',
      'edgemanage: the configuration in /etc/em has errors',
    ])
  })
})

describe('networks that are left out', () => {
  test('are named with their first error, and the number of the others', () => {
    expect(
      leftOutLines([problem(1, 'a'), problem(2, 'a'), problem(3, 'a'), problem(1, 'b'), problem(9, null)]),
    ).toEqual(['a is left out: edges/a:1:1: error: m (and 2 more errors)', 'b is left out: edges/b:1:1: error: m'])
  })

  test('are no more than twenty lines, and nothing is told where none is', () => {
    const { terminal, told } = terminalOf()
    tellLeftOut([], terminal)
    expect(told()).toEqual([])
    tellLeftOut(
      Array.from({ length: 25 }, (_, at) => problem(1, `net${at}`)),
      terminal,
    )
    expect(told()).toHaveLength(21)
    expect(told().at(-1)).toBe('edgemanage: and 5 more networks with errors: see edgemanage validate')
  })
})
