import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import type { TableRequest } from '../helpers/dynamodb-standin.ts'
import type { RunningFunction } from '../helpers/lambda-runtime.ts'
import { type LambdaStandin, startLambda } from '../helpers/lambda-standin.ts'
import { type Site, startSite } from '../helpers/site.ts'

vi.setConfig({ testTimeout: 120_000 })

const edges = [1, 2, 3, 4, 5, 6].map(at => `127.0.62.${at}`)
const cycles = 15
let site: Site
let lambda: LambdaStandin

/** Two networks with the same edges: `net` as it was, `sighted` with all three settings of behaviour §10. */
beforeAll(async () => {
  lambda = await startLambda()
  site = await startSite(edges, place => {
    place.write('config/edges/sighted', `${edges.join('\n')}\n`)
    for (const zone of ['a', 'b']) place.write(`config/zones/sighted/${zone}.example.zone`, '')
    place.settings({
      goodenough: 1,
      verify_every: 0,
      networks: { sighted: { recheck: 1, brake: 0.5, brake_cycles: 2, vantages: ['eu-west-1', 'us-west-2'] } },
    })
  })
})

afterAll(async () => {
  await site.close()
  await lambda.close()
})

interface Cost {
  readonly requests: string[]
  readonly units: number
  readonly objects: number
  readonly fetches: number
  readonly ms: number
}

async function costOfCycle(manage: RunningFunction): Promise<Cost> {
  const { table, bucket } = site.cloud
  const [tableBefore, bucketBefore] = [table.journal.length, bucket.journal.length]
  const fetchesBefore = edges.reduce((sum, edge) => sum + site.edges.count(edge), 0)
  const started = performance.now()
  const { answer, error } = await manage.invoke({ force: true })
  const ms = performance.now() - started
  expect(error).toBeNull()
  expect(answer as Report).toMatchObject({ status: 'ok', rotated: false, warnings: [] })
  const asked: TableRequest[] = table.journal.slice(tableBefore)
  return {
    requests: asked.map(({ action }) => action).sort(),
    units: asked.reduce((sum, { units }) => sum + units, 0),
    objects: bucket.journal.length - bucketBefore,
    fetches: edges.reduce((sum, edge) => sum + site.edges.count(edge), 0) - fetchesBefore,
    ms,
  }
}

const median = (values: number[]) => Number(values.sort((a, b) => a - b)[Math.floor(values.length / 2)])

test('a healthy cycle costs the same with recheck, vantage points and brake, and asks nobody', async () => {
  const env = { AWS_ENDPOINT_URL_LAMBDA: lambda.url }
  const [plain, sighted] = [
    await site.cloud.start('edgemanage-net-manage', env),
    await site.cloud.start('edgemanage-sighted-manage', env),
  ]
  // The first publishes, and the second is the first that is quiet.
  for (const one of [plain, sighted, plain, sighted]) expect((await one.invoke({ force: true })).error).toBeNull()
  const costs: { plain: Cost; sighted: Cost }[] = []
  for (let cycle = 0; cycle < cycles; cycle++)
    costs.push({ plain: await costOfCycle(plain), sighted: await costOfCycle(sighted) })
  for (const { plain, sighted } of costs) {
    const { ms: _one, ...without } = plain
    const { ms: _other, ...withAll } = sighted
    expect(withAll).toEqual(without)
    expect(withAll.fetches).toBe(edges.length)
  }
  expect(lambda.journal).toEqual([])
  expect(site.cloud.refused()).toEqual([])
  const [without, withAll] = [
    median(costs.map(({ plain }) => plain.ms)),
    median(costs.map(({ sighted }) => sighted.ms)),
  ]
  const { requests = [], units = 0, objects = 0, fetches = 0 } = costs[0]?.sighted ?? {}
  console.info(
    `a healthy cycle: ${requests.length} requests, ${units} units, ${objects} objects, ${fetches} fetches; median of ${cycles}: ${without.toFixed(1)} ms without, ${withAll.toFixed(1)} ms with the three settings`,
  )
  // The fastest, as this machine has other things to do.
  const fastest = (ms: number[]) => Math.min(...ms)
  const more = fastest(costs.map(({ sighted }) => sighted.ms)) - fastest(costs.map(({ plain }) => plain.ms))
  expect(Math.abs(more)).toBeLessThan(25)
})
