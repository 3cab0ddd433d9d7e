import { beforeEach, describe, expect, test } from 'vitest'
import { createToldMemory } from '../../../functions/adapters/memory/told-memory.ts'
import { readTemplates } from '../../../functions/app/templates.ts'
import type { Problem } from '../../../functions/core/config/problem.ts'
import type { Status } from '../../../functions/core/report/report.ts'
import { runCycle } from '../../../functions/cycle/cycle.ts'
import type { ToldMemory } from '../../../functions/cycle/ports/ports.ts'
import { linesAbout } from '../../../functions/cycle/tell-problems.ts'
import { reportWith } from '../../helpers/reports.ts'
import { networkOf, World } from '../../helpers/world.ts'

const problems = Array.from({ length: 2_000 }, (_, at): Problem => {
  const about = { severity: 'warning', column: 1, message: 'not checked', network: 'net', scope: 'zone' } as const
  return { ...about, file: `zones/net/zone${at}.example.zone`, line: 1 }
})
const summary = 'the configuration has 2,000 warnings, as in the cycle before: edgemanage validate lists them'

describe('cycles that remember', () => {
  let world: World
  let memory: ToldMemory
  beforeEach(() => {
    world = new World()
    memory = createToldMemory()
  })

  const cycle = (given: readonly Problem[], dryRun = false) => {
    world.now += 60_000
    const how = { dryRun, force: false, forceUpdate: false, verbose: false, maxSeconds: 55 }
    const options = { ...how, problems: given, templates: readTemplates() }
    return runCycle(networkOf(['192.0.2.1', '192.0.2.2']), options, { ...world.ports, told: memory })
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

test.each<[Status, boolean]>([
  ['ok', true],
  ['blind', true],
  ['no_edges', true],
  ['locked', false],
  ['too_soon', false],
  ['failed', false],
])('what a report with the status %s told is remembered: %s', async (status, isKept) => {
  const memory = createToldMemory()
  await linesAbout(problems, reportWith({ status }), memory)
  expect((await linesAbout(problems, reportWith(), memory)).length).toBe(isKept ? 1 : 101)
})

test('each network has its own memory', async () => {
  const memory = createToldMemory()
  await linesAbout(problems, reportWith(), memory)
  expect(await linesAbout(problems, reportWith({ network: 'other' }), memory)).toHaveLength(101)
})

test('a memory that fails, or none, costs brevity alone', async () => {
  const fails = () => Promise.reject(new Error('away'))
  expect(await linesAbout(problems, reportWith(), { recall: fails, remember: fails })).toHaveLength(101)
  expect(await linesAbout(problems, reportWith(), undefined)).toHaveLength(101)
})
