import { afterEach, describe, expect, test } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { measuresTime } from '../helpers/measures-time.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

/** The four scenarios of the original's integration tests, twice as fast. */

let edges: Edges | null = null
let place: Workplace | null = null
afterEach(async () => {
  await edges?.close()
  place?.remove()
})

const edge = (at: number) => `127.0.5.${at}`
const canary = (at: number) => `127.0.5.${100 + at}`
const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1)

/** One cycle over `count` edges and canaries, each answering after this many seconds. */
async function scenario(count: number, settings: object, delayOf: (at: number) => number): Promise<Report> {
  const addresses = [...numbers(count).map(edge), ...numbers(count).map(canary)]
  edges = await startEdges(addresses)
  for (const at of numbers(count)) {
    edges.behave(edge(at), { delayMs: delayOf(at) * 1000 })
    edges.behave(canary(at), { delayMs: delayOf(at) * 1000 })
  }
  place = workplaceFor(edges, numbers(count).map(edge))
  place.settings({ goodenough: 0.35, edge_count: 4, ...settings })
  const zones = numbers(count).map(at => `zone${at}.example`)
  for (const zone of zones) place.write(`config/zones/net/${zone}.zone`, '')
  place.write(
    'config/canaries/net',
    numbers(count)
      .map(at => `zone${at}.example: ${canary(at)}\n`)
      .join(''),
  )
  const { stdout } = await runInside(['manage', '-c', place.config, '--local', place.storage, '--json'])
  return JSON.parse(stdout) as Report
}

const judgements = (rows: readonly { judgement: unknown }[]) => new Set(rows.map(row => row.judgement))

describe('the scenarios of the original', () => {
  test('all at once: every one under the threshold, four live', async () => {
    const report = await scenario(20, {}, () => 0)
    expect(report).toMatchObject({ status: 'ok', rotated: true })
    expect(report.live).toHaveLength(4)
    expect(judgements(report.edges)).toEqual(new Set(['pass_threshold']))
    expect(judgements(report.canaries)).toEqual(new Set(['pass_threshold']))
    expect(report.canaries.every(row => row.used)).toBe(true)
    expect(place?.published('zones/net/zone7.example.zone')).toContain(` A ${canary(7)}\n`)
  })

  test('every one too late: all fail, none is live, nothing is published', async () => {
    const report = await scenario(20, { timeout: 1 }, () => 1.5)
    expect(report).toMatchObject({ status: 'no_edges', live: [] })
    expect(judgements([...report.edges, ...report.canaries])).toEqual(new Set(['fail']))
    expect(place?.published('zones/net/zone1.example.zone')).toBeNull()
  })

  test(
    'half too late, and a killer: all canaries fail, half of the edges pass, and it is quick',
    measuresTime,
    async () => {
      const report = await scenario(20, { timeout: 1, canary_killer: 6 }, at => (at <= 10 ? 0 : 2.5))
      expect(report.status).toBe('ok')
      expect(report.live).toHaveLength(4)
      expect(judgements(report.canaries)).toEqual(new Set(['fail']))
      expect(report.edges.filter(row => row.judgement !== 'fail')).toHaveLength(10)
      expect(report.canaries.some(row => row.used)).toBe(false)
      expect(report.durationMs).toBeLessThan(3000)
    },
  )

  test('slower and slower: the first four are live', async () => {
    const seconds = [0.1, 0.2, 1, 2, 3, 4, 5, 6, 7, 8]
    const report = await scenario(10, { timeout: 2.5 }, at => (seconds[at - 1] ?? 0) / 2)
    expect(report.live).toEqual([1, 2, 3, 4].map(edge))
    const judged = [1, 2, 3, 4, 5, 6, 8].map(at => report.edges.find(row => row.edge === edge(at))?.judgement)
    expect(judged).toEqual(['pass_threshold', 'pass_threshold', 'pass', 'pass', 'pass', 'pass', 'fail'])
  })
})
