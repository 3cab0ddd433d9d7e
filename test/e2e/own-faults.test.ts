import { spawn } from 'node:child_process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import { commandFile, endOf, runCommand } from '../helpers/command.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

const addresses = Array.from({ length: 90 }, (_, at) => `127.0.41.${at + 1}`)
let edges: Edges
let place: Workplace

beforeEach(async () => {
  edges = await startEdges(addresses)
  for (const address of addresses) edges.behave(address, { delayMs: 400 })
  place = workplaceFor(edges, addresses)
})

afterEach(async () => {
  place.remove()
  await edges.close()
})

const flags = (...more: string[]) => ['manage', '-c', place.config, '--local', place.storage, '--json', ...more]
const reportOf = (stdout: string): Report => JSON.parse(stdout)

test('edges that the process had no file descriptors for keep their judgement and place, and one warning says so', async () => {
  place.settings({ edge_count: 20 })
  const before = reportOf((await runCommand(flags())).stdout)
  const command = [process.execPath, commandFile, ...flags('--force')]
  const child = spawn('bash', ['-c', 'ulimit -n 80; exec "$@"', 'bash', ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const after = reportOf((await endOf(child)).stdout)
  expect(before.edges.map(({ outcome }) => outcome).filter(outcome => outcome !== 'ok')).toEqual([])
  expect(after).toMatchObject({ status: 'ok', rotated: false, live: before.live })
  const skipped = after.edges.filter(({ outcome }) => outcome === 'skipped')
  expect(skipped.length).toBeGreaterThan(5)
  expect(after.edges.filter(({ outcome }) => !['ok', 'skipped'].includes(outcome))).toEqual([])
  for (const { edge, judgement, reason } of skipped) {
    expect(judgement).toBe(before.edges.find(other => other.edge === edge)?.judgement)
    expect(reason).toContain('out of file descriptors (EMFILE)')
  }
  const told = after.warnings.filter(warning => warning.includes('EMFILE'))
  expect(told).toEqual([expect.stringContaining(`${skipped.length} probes were skipped for no fault of the edges`)])
})

test('headers of the test object are sent, and their values are told nowhere', async () => {
  const testobject = { host: 'site.example', proto: 'http', port: edges.port, uri: '/object', local: 'objects/object' }
  place.write('config/edges/net', `${addresses.slice(0, 3).join('\n')}\n`)
  place.settings({ testobject: { ...testobject, headers: { 'X-Token': 's3cret-value' } } })
  const shown = await runInside(flags('--verbose'))
  expect(reportOf(shown.stdout).edges.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok'])
  expect(shown.stdout + shown.stderr).not.toContain('s3cret')
  place.settings({ testobject: { ...testobject, headers: { Host: 's3cret-value', 'X-Token': 's3cret\nvalue' } } })
  const refused = await runInside(['validate', '-c', place.config])
  expect(refused.status).not.toBe(0)
  expect(refused.stdout + refused.stderr).toContain("'Host' is set by the probe itself")
  expect(refused.stdout + refused.stderr).not.toContain('s3cret')
})
