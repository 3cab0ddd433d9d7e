import { beforeEach, describe, expect, test } from 'vitest'
import { readTemplates } from '../../../functions/app/templates.ts'
import type { Problem } from '../../../functions/core/config/problem.ts'
import { runCycle } from '../../../functions/cycle/cycle.ts'
import { networkOf, World } from '../../helpers/world.ts'

const problems = Array.from({ length: 2_000 }, (_, at): Problem => {
  const about = { severity: 'warning', column: 1, message: 'not checked', network: 'net', scope: 'zone' } as const
  return { ...about, file: `zones/net/zone${at}.example.zone`, line: 1 }
})
const summary = 'the configuration has 2,000 warnings, as in the cycle before: edgemanage validate lists them'

describe('cycles that remember', () => {
  let world: World
  beforeEach(() => {
    world = new World()
  })

  const cycle = (given: readonly Problem[], dryRun = false) => {
    world.now += 60_000
    const how = { dryRun, force: false, forceUpdate: false, verbose: false, maxSeconds: 55 }
    const options = { ...how, problems: given, templates: readTemplates() }
    return runCycle(networkOf(['192.0.2.1', '192.0.2.2']), options, world.ports)
  }

  test('tell their configuration in full once, then in one line, and what changes in full', async () => {
    const first = await cycle(problems)
    expect(first.warnings).toHaveLength(101)
    expect(first.warnings.at(-1)).toBe('and 1,900 more problems: edgemanage validate lists them all')
    expect((await cycle(problems)).warnings).toEqual([summary])
    expect((await cycle(problems, true)).warnings).toHaveLength(101)
    expect((await cycle(problems)).warnings).toEqual([summary])
    expect((await cycle(problems.slice(1))).warnings).toHaveLength(101)
    expect((await cycle([])).warnings).toEqual([])
    expect((await cycle(problems)).warnings).toHaveLength(101)
  })

  test('a cycle that fails before it has saved is not remembered', async () => {
    world.before = step => {
      if (step === 'finish') throw new Error('the table is away')
    }
    expect((await cycle(problems)).status).toBe('failed')
    world.before = () => {}
    const refused = await cycle(problems)
    expect(refused.status).toBe('locked')
    expect(refused.warnings).toHaveLength(1)
    expect((await cycle(problems)).warnings).toContain('and 1,900 more problems: edgemanage validate lists them all')
    expect((await cycle(problems)).warnings).toEqual([summary])
  })

  test('a report is small, cycle after cycle', async () => {
    const sizes = []
    for (let n = 0; n < 3; n++) sizes.push(JSON.stringify(await cycle(problems)).length)
    expect(sizes[0]).toBeLessThan(20_000)
    expect(Math.max(...sizes.slice(1))).toBeLessThan(4_000)
  })

  test('a canary that is left out is told, as faulty as it is; zones are told where they are planned', async () => {
    const fault: Problem = { ...(problems[0] as Problem), severity: 'error', file: 'canaries/net', scope: 'canaries' }
    expect((await cycle([fault])).warnings).toEqual(['canaries/net:1:1: error: not checked'])
    expect((await cycle([{ ...fault, scope: 'zone' }])).warnings).toEqual([])
  })
})
