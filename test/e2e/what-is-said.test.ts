import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

const addresses = ['127.0.38.1', '127.0.38.2', '127.0.38.3']
let edges: Edges
let place: Workplace

beforeAll(async () => {
  edges = await startEdges(addresses)
  place = workplaceFor(edges, addresses.slice(0, 2))
})

afterAll(async () => {
  place.remove()
  await edges.close()
})

const run = (...args: string[]) => runInside([...args, '-c', place.config, '--local', place.storage])
const cycle = async (...args: string[]): Promise<Report> =>
  JSON.parse((await run('manage', '--force', '--json', ...args)).stdout)

describe('a status other than ok on standard error', () => {
  test.each([
    ['no_edges', {}, 'no_edges: no edge can be live: nothing is published, and what is published stays'],
    [
      'blind',
      { references: ['http://127.0.0.1:9/'] },
      'blind: no reference answered, so nothing is judged and nothing is published',
    ],
  ])('%s is told with what decided it, whatever else is worth a warning', async (_status, more, words) => {
    for (const address of addresses) edges.behave(address, { status: 503 })
    place.write('config/canaries/net', `example.org: ${addresses[2]}\n`)
    place.settings({ canary_killer: 1, ...more })
    const { stderr } = await run('manage', '--force')
    expect(stderr).toContain(`edgemanage: net: ${words}\n`)
    for (const address of addresses) edges.behave(address, {})
    place.settings({})
  })
})

test('a dry run of what is in force says since when it is', async () => {
  const { configuration } = await cycle()
  expect((await cycle('--dry-run')).configuration).toEqual(configuration)
  place.settings({ goodenough: 0.6 })
  const tried = (await cycle('--dry-run')).configuration
  expect(tried?.hash).not.toBe(configuration?.hash)
  expect(Date.parse(String(tried?.since))).toBeGreaterThan(Date.parse(String(configuration?.since)))
})

test('cost answers for the networks that it can, and tells which are left out', async () => {
  place.write('config/edges/faulty', '0.0.0.0\n')
  const { status, stdout, stderr } = await run('cost')
  expect(status).toBe(0)
  expect(stdout).toMatch(/^net /m)
  expect(stdout).not.toMatch(/^faulty /m)
  expect(stderr).toMatch(/faulty is left out: edges\/faulty:1:1: error: clients cannot reach 0\.0\.0\.0/)
})
