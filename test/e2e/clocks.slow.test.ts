import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import { inWorkplace, workplaceForEach } from '../helpers/at-work.ts'
import { root, startCommand } from '../helpers/command.ts'
import { runAtTime } from '../helpers/in-process.ts'
import type { Workplace } from '../helpers/workplace.ts'

const addresses = ['127.0.31.1', '127.0.31.2', '127.0.31.3']
const hour = 3600
const year = 365 * 86_400
const { edges, place } = workplaceForEach(addresses)

beforeEach(() => {
  for (const address of addresses) edges.behave(address, {})
  edges.behave('127.0.31.3', { delayMs: 150 })
})

const clockBy = (seconds: number, afterMs: number) => ({
  NODE_OPTIONS: `--require ${join(root, 'test/fixtures/clock.cjs')}`,
  SHIFT_SECONDS: String(seconds),
  SHIFT_AFTER_MS: String(afterMs),
})
const at = (seconds: number, ...words: string[]) =>
  runAtTime(seconds, [...words, '-c', place.config, '--local', place.storage])
const look = (seconds: number, ...words: string[]) =>
  runAtTime(seconds, [...words, '--config', place.config, '--local', place.storage])

async function cycle(seconds = 0, ...more: string[]): Promise<Report> {
  const { stdout, stderr } = await at(seconds, 'manage', '--json', ...more)
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

/** Cycles go on, all of them ok, while the clock is set by this many seconds. */
async function goesOnBeyond(seconds: number, own: Workplace): Promise<void> {
  const args = ['manage', '--every', '1', '--force', '--json', '-c', own.config, '--local', own.storage]
  const running = startCommand(args, clockBy(seconds, 2000))
  const reports = () =>
    running
      .stdout()
      .split('\n')
      .slice(0, -1)
      .map(line => JSON.parse(line) as Report)
  const isSet = ({ startedAt }: Report) => Math.abs(Date.parse(startedAt) - Date.now()) > hour * 500
  for (let waits = 0; waits < 400 && reports().filter(isSet).length < 3; waits++) {
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  running.child.kill('SIGTERM')
  expect((await running.ended).status).toBe(0)
  const after = reports().filter(isSet).slice(1)
  expect(after.length).toBeGreaterThanOrEqual(2)
  for (const report of reports()) expect(report.durationMs).toBeGreaterThanOrEqual(0)
  for (const report of after) expect(report).toMatchObject({ status: 'ok', live: addresses.slice(0, 2) })
}

describe('a clock that is set while cycles go on', () => {
  test('by hours and years, back and ahead, ends none of them', async () => {
    // Side by side, each in a workplace of its own.
    await Promise.all(
      [-hour, -20 * year, 2 * hour].map(seconds => inWorkplace(edges, addresses, own => goesOnBeyond(seconds, own))),
    )
  })
})

describe('a clock that was wrong, and is right again', () => {
  test.each([2 * hour, 80 * year, -2 * hour, -50 * year])(
    'by %i seconds leads to zones that load, and to no standstill',
    async seconds => {
      expect(await cycle(seconds)).toMatchObject({ status: 'ok', rotated: true })
      place.write('config/zones/net/example.org.zone', 'mail 300 IN A 192.0.2.26\n')
      edges.behave('127.0.31.1', { status: 503 })
      const right = await cycle()
      expect(right).toMatchObject({ status: 'ok', rotated: true, live: ['127.0.31.2', '127.0.31.3'] })
      const serial = Number(/SOA \S+ \S+ (\d+)/.exec(place.published('zones/net/example.org.zone') ?? '')?.[1])
      expect(serial > 0 && serial < 2 ** 32).toBe(true)
      expect(await cycle(0, '--force')).toMatchObject({ status: 'ok', rotated: false })
    },
  )

  test('leaves the budget spent for no more than a window', async () => {
    place.settings({ dnschange_maxfreq: 1, dnschange_window: 2 })
    await cycle(2 * hour)
    expect((await look(0, 'rotations')).stdout).toContain('ahead by a wrong clock')
    edges.behave('127.0.31.1', { status: 503 })
    expect(await cycle()).toMatchObject({ rotationSuppressed: true, live: addresses.slice(0, 2) })
    await new Promise(resolve => setTimeout(resolve, 2000))
    expect(await cycle(0, '--force')).toMatchObject({ rotated: true, live: addresses.slice(1) })
  })

  test('makes no cycle fresh that ran long ago', async () => {
    await cycle(-hour)
    await cycle(2 * hour)
    const { status, stdout } = await look(0, 'check', 'freshness')
    expect({ status, stdout }).toMatchObject({ status: 2, stdout: expect.stringMatching(/was (59 m|1 h)/) })
    await cycle()
    expect((await look(0, 'check', 'freshness')).status).toBe(0)
  })

  test('an order that it gave holds, and every cycle says when it was dated', async () => {
    await cycle()
    await at(year, 'conf', '127.0.31.1', '-m', 'unavailable', '-C', 'new disk', '--expires', '15m')
    const report = await cycle(0, '--force')
    expect(report.live).toEqual(addresses.slice(1))
    expect(report.warnings).toContainEqual(expect.stringContaining('is dated ahead of the clock'))
  })
})

describe('an outage of all live edges', () => {
  test('is said as such by manage, by every check and by the metrics', async () => {
    await cycle()
    for (const address of addresses) edges.behave(address, { status: 503 })
    const told = await at(0, 'manage', '--force')
    expect(told.stdout).toMatch(/: ok, 2 of 3 edges live, none of the 2 wanted live edges passes, /)
    expect(told.stderr).toBe('edgemanage: net: none of the 2 wanted live edges passes\n')
    const statuses = ['integrity', 'latency', 'rotation', 'freshness', 'live'].map(async name => {
      const { status, stdout } = await look(0, 'check', name)
      return [name, status, stdout] as const
    })
    const found = await Promise.all(statuses)
    expect(found.filter(([, status]) => status === 0)).toEqual([])
    expect(found.find(([name]) => name === 'live')?.[2]).toBe(
      'EDGE_LIVE CRIT net: none of the 2 wanted live edges passes | passing=0;2:;1:;0 wanted=2;;;0\n',
    )
    expect((await look(0, 'metrics')).stdout).toContain('edgemanage_live_edges_passing{network="net"} 0\n')
    edges.behave('127.0.31.2', {})
    expect(await cycle(0, '--force')).toMatchObject({ passing: 1, wanted: 2 })
    expect((await look(0, 'check', 'live')).status).toBe(1)
  })
})
