import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommand } from '../helpers/command.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { pem } from '../helpers/probe.ts'
import { httpsServer, type TestServer } from '../helpers/servers.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

// A certificate that ends soon is told whether it is verified or not (behaviour §14.3); it changes no judgement.

const address = '127.0.57.1'
let edges: Edges
let place: Workplace
let server: TestServer

beforeAll(async () => {
  edges = await startEdges([address])
  place = workplaceFor(edges, [address])
  server = await httpsServer(
    { key: pem('expired.key'), cert: pem('expired.pem') },
    (_request, response) => void response.end(edges.body),
    address,
  )
})

afterAll(async () => {
  await server.close()
  await edges.close()
  place.remove()
})

function settings(changes: object): void {
  const testobject = {
    host: 'site.example',
    proto: 'https',
    port: server.port,
    uri: '/object',
    local: 'objects/object',
  }
  place.settings({ edge_count: 1, goodenough: 1.5, testobject: { ...testobject, verify: false }, ...changes })
}

const where = ['--config', '-c']
async function cycle() {
  const words = ['manage', '--force', '--json', '-c', place.config, '--local', place.storage]
  return JSON.parse((await runCommand(words)).stdout)
}
const look = (...words: string[]) => runCommand([...words, place.config, '--local', place.storage])

test('with verify: false a certificate that has expired is a warning, and the edge passes', async () => {
  settings({})
  const report = await cycle()
  expect(report).toMatchObject({ status: 'ok', live: [address], passing: 1 })
  const [row] = report.edges
  expect(row).toMatchObject({
    outcome: 'ok',
    judgement: 'pass_threshold',
    certificateExpires: expect.stringMatching(/^2020-02-01/),
  })
  expect(report.warnings).toEqual([
    expect.stringMatching(/^the certificate of 127\.0\.57\.1 has expired \(2020-02-01 /),
  ])
  const check = await look('check', 'certificate', String(where[0]))
  expect(check.status).toBe(2)
  expect(check.stdout).toMatch(/^EDGE_CERTIFICATE CRIT .*127\.0\.57\.1 has expired/)
  expect((await look('status', String(where[1]))).stdout).toContain('certificate')
})

test('certificate_days: 0 turns it off', async () => {
  settings({ certificate_days: 0 })
  expect((await cycle()).warnings).toEqual([])
})
