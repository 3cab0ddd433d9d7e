import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { type Route53Standin, startRoute53 } from '../helpers/route53-standin.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

const addresses = ['127.0.6.1', '127.0.6.2', '127.0.6.3']
let edges: Edges
let place: Workplace
let route53: Route53Standin

beforeAll(async () => {
  edges = await startEdges(addresses)
})

afterAll(() => edges.close())

beforeEach(async () => {
  for (const address of addresses) edges.behave(address, {})
  edges.behave('127.0.6.3', { delayMs: 150 })
  place = workplaceFor(edges, addresses)
  place.settings({ route53: { enabled: true } })
  route53 = await startRoute53()
  route53.addZone('Z1', 'example.org')
  route53.addZone('Z2', 'example.net')
})

afterEach(async () => {
  place.remove()
  await route53.close()
})

const manage = (...more: string[]) =>
  runInside(['manage', '-c', place.config, '--local', place.storage, '--force', ...more], {
    AWS_ENDPOINT_URL_ROUTE_53: route53.url,
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
  })

const changes = () => route53.journal.filter(({ kind }) => kind === 'change')

test('the command pushes, asks nothing when nothing changed, and a dry run shows what would', async () => {
  const planned = await manage('--dry-run')
  expect(planned).toMatchObject({ status: 0, stderr: '' })
  expect(planned.stdout).toContain(
    '  ~ records of example.net in Route 53: not pushed before\n      +example.net 60 IN A 127.0.6.1 127.0.6.2\n',
  )
  expect(planned.stdout).toContain('2 zones to write, records of 2 zones to push. Nothing was written.\n')
  expect(changes()).toEqual([])

  const first = await manage()
  expect(first.stdout).toMatch(/Route 53\n +ACTION +ZONE +REASON\n +upserted +example\.net +not pushed before\n/)
  expect(route53.sets('Z1')).toEqual(['A example.org. 60 127.0.6.1 127.0.6.2'])

  const asked = route53.journal.length
  const quiet: Report = JSON.parse((await manage('--json')).stdout)
  expect(quiet.route53.map(({ action }) => action)).toEqual(['unchanged', 'unchanged'])
  expect(route53.journal).toHaveLength(asked)

  edges.behave('127.0.6.1', { status: 503 })
  const rotation = await manage('--dry-run')
  expect(rotation.stdout).toContain(`  ~ records of example.org in Route 53: its addresses changed
      -example.org 60 IN A 127.0.6.1 127.0.6.2
      +example.org 60 IN A 127.0.6.2 127.0.6.3
`)
  expect(changes()).toHaveLength(2)
})
