import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import { workplaceForEach } from '../helpers/at-work.ts'
import { commandFile, type Ended, endOf, type Running, root, runCommand, startCommand } from '../helpers/command.ts'
import { runInside } from '../helpers/in-process.ts'
import { treeHash, type Workplace, workplaceFor } from '../helpers/workplace.ts'

const addresses = ['127.0.3.1', '127.0.3.2', '127.0.3.3']
const { edges, place } = workplaceForEach(addresses)
/** A place where one cycle ran. */
let seed: Workplace

beforeAll(async () => {
  edges.behave('127.0.3.3', { delayMs: 150 })
  seed = workplaceFor(edges, addresses)
  await runCommand(['manage', '-c', seed.config, '--local', seed.storage])
})

afterAll(() => seed.remove())

beforeEach(() => {
  for (const address of addresses) edges.behave(address, {})
  // The last one is good, but never the best.
  edges.behave('127.0.3.3', { delayMs: 150 })
})

const flags = (...more: string[]) => ['manage', '-c', place.config, '--local', place.storage, ...more]
const manage = (...more: string[]) => runInside(flags(...more))
const manageAsProcess = (...more: string[]) => runCommand(flags(...more))

/** The reports that a command printed, one a line. */
function reports({ stdout }: Pick<Ended, 'stdout'>): Report[] {
  return stdout
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))
}

/** When the cycles of a command started, as soon as it has told that many. */
async function told(running: Running, count: number): Promise<number[]> {
  while (running.stdout().split('\n').length <= count) await new Promise(resolve => setTimeout(resolve, 20))
  return reports({ stdout: running.stdout().replace(/[^\n]*$/, '') }).map(({ startedAt }) => Date.parse(startedAt))
}

/** Begins after a first cycle. */
function afterFirst(): void {
  cpSync(seed.storage, place.storage, { recursive: true })
}

async function cycle(...more: string[]): Promise<Report> {
  const ended = await manage('--json', '--force', ...more)
  const [report] = reports(ended)
  if (report === undefined) throw new Error(`no report: ${JSON.stringify(ended)}`)
  return report
}

describe('cycle after cycle, in processes of their own', () => {
  test('the first publishes, the second has nothing to do', async () => {
    const first = await manageAsProcess('--json')
    expect(first).toMatchObject({ status: 0, stderr: '' })
    const [report] = reports(first)
    expect(report).toMatchObject({ status: 'ok', live: addresses.slice(0, 2), rotated: true, dryRun: false })
    expect(report?.zones.map(zone => zone.action)).toEqual(['published', 'published'])
    expect(place.published('zones/net/example.org.zone')).toContain('@ 300 IN A 127.0.3.1\n')
    expect(place.published('zones/net/named.conf')).toContain('file "zones/net/example.org.zone"')
    expect(place.published('live/net.live')).toBe('127.0.3.1\n127.0.3.2\n')
    const before = treeHash(join(place.storage, 'bucket'))
    const [second] = reports(await manageAsProcess('--json', '--force'))
    expect(second).toMatchObject({ status: 'ok', rotated: false, live: addresses.slice(0, 2), in: [], out: [] })
    expect(treeHash(join(place.storage, 'bucket'))).toBe(before)
  })

  test('an edge that fails is replaced', async () => {
    afterFirst()
    edges.behave('127.0.3.1', { status: 503 })
    const report = await cycle()
    expect(report.live).toEqual(['127.0.3.2', '127.0.3.3'])
    expect(report.out).toMatchObject([{ edge: '127.0.3.1' }])
    expect(report.in).toMatchObject([{ edge: '127.0.3.3' }])
    expect(place.published('zones/net/example.net.zone')).not.toContain('127.0.3.1')
  })

  test('one that follows too soon says so and does nothing', async () => {
    await manageAsProcess('--json', '--force')
    const second = await manageAsProcess('--json')
    expect(second.status).toBe(0)
    expect(reports(second)).toMatchObject([{ status: 'too_soon', edges: [], zones: [] }])
    expect(second.stderr).toMatch(/^edgemanage: net: too_soon: .*until \d{4}-/)
  })

  test('where nothing can be published it fails', async () => {
    place.write('storage/bucket/zones', 'not a folder')
    place.write('storage/bucket/live', 'not a folder')
    const ended = await manageAsProcess('--json')
    expect(ended.status).toBe(1)
    expect(reports(ended)).toMatchObject([{ status: 'failed' }])
    expect(ended.stderr).toMatch(/^edgemanage: net: failed: /)
    expect(ended.stderr).not.toMatch(/\n\s+at /)
  })
})

describe('for a person', () => {
  test('there is a table without colours, and configuration warnings are told on standard error alone', async () => {
    place.settings({ lockfile: '/var/lock/edgemanage' })
    const { stdout, stderr, status } = await manage()
    expect(status).toBe(0)
    expect(stderr).toMatch(/^edgemanage\.yaml:\d+:\d+: warning: .*lockfile.*\n$/)
    expect(stdout).not.toContain('lockfile')
    expect(stdout).not.toContain('\x1b')
    expect(stdout).toMatch(/^net, \S+ \S+ UTC: ok, 2 of 3 edges live, \d\.\d\d s\n\nSTATE +EDGE +JUDGEMENT/)
    expect(stdout).toMatch(/\n {2}\+ 127\.0\.3\.1 in: \S/)
    expect(stdout).toMatch(/\n {2}published +example\.net +\d{10} +\S/)
  })

  describe.runIf(process.platform === 'linux')('on a terminal', () => {
    const onTerminal = (env: Record<string, string>) => {
      const words = [process.execPath, 'dist/edgemanage.js', ...flags('--force')].join(' ')
      return runScript(words, { TERM: 'xterm', COLUMNS: '200', ...env })
    }

    test('there are colours and progress', async () => {
      const { stdout } = await onTerminal({})
      expect(stdout).toContain('\x1b[32min\x1b[39m')
      expect(stdout).toContain('\r\x1b[2Kprobing ')
    })

    test('NO_COLOR leaves the colours out', async () => {
      const { stdout } = await onTerminal({ NO_COLOR: '1' })
      expect(stdout).toContain('in     127.0.3.1')
      expect(stdout).not.toContain('\x1b[32m')
    })
  })
})

describe('a dry run', () => {
  test('creates nothing', async () => {
    const before = treeHash(place.folder)
    const { status, stdout } = await manage('--dry-run')
    expect(status).toBe(0)
    expect(treeHash(place.folder)).toBe(before)
    expect(stdout).toMatch(/\n {2}\+ 127\.0\.3\.1 in: /)
    expect(stdout).toMatch(/\n {2}\+ zone example\.org serial \d+: /)
    expect(stdout).toMatch(/\n {6}\+@ 300 IN A 127\.0\.3\.1\n/)
    expect(stdout).toMatch(/\nPlan: 2 in, 0 out, 2 zones to write\. Nothing was written\.\n$/)
  })

  test('shows how zones would change, and changes nothing', async () => {
    afterFirst()
    edges.behave('127.0.3.1', { status: 503 })
    const before = treeHash(place.folder)
    const { stdout } = await manage('-n')
    expect(stdout).toMatch(/\n {2}~ zone example\.org serial \d+ → \d+: /)
    expect(stdout).toMatch(/\n {6}-@ 300 IN A 127\.0\.3\.1\n/)
    expect(stdout).toMatch(/\n {6}\+@ 300 IN A 127\.0\.3\.3\n/)
    expect(stdout).toMatch(/\nPlan: 1 in, 1 out, 2 zones to write\./)
    expect(treeHash(place.folder)).toBe(before)
  })

  test('gives the full text of zones as JSON, and is never too soon', async () => {
    afterFirst()
    const [report] = reports(await manage('-n', '--force-update', '--json'))
    expect(report).toMatchObject({ status: 'ok', dryRun: true, zones: [{ action: 'planned' }, { action: 'planned' }] })
    expect(report?.zones[0]?.text).toContain(' IN SOA ')
  })
})

describe('two at once', () => {
  test('one works, the other reports locked, and a dry run runs beside it', async () => {
    afterFirst()
    // Long enough for other processes to start meanwhile, on a busy machine too.
    place.settings({ timeout: 5 })
    edges.behave('127.0.3.1', { delayMs: 2900 })
    const asked = edges.asked('127.0.3.1')
    const running = startCommand(flags('--force', '--json'))
    await asked
    edges.behave('127.0.3.1', {})
    const [second, dry] = await Promise.all([manageAsProcess('--force', '--json'), manageAsProcess('-n', '--json')])
    expect(reports(dry)).toMatchObject([{ status: 'ok', dryRun: true }])
    expect(second.status).toBe(0)
    expect(reports(second)).toMatchObject([{ status: 'locked', edges: [], zones: [] }])
    expect(second.stderr).toMatch(/^edgemanage: net: locked: /)
    expect(reports(await running.ended)).toMatchObject([{ status: 'ok' }])
  })

  test('started together, neither crashes', async () => {
    const ended = await Promise.all([manageAsProcess('--force', '--json'), manageAsProcess('--force', '--json')])
    expect(ended.map(({ status }) => status)).toEqual([0, 0])
    const statuses = ended.flatMap(reports).map(({ status }) => status)
    expect(statuses).toContain('ok')
    expect(statuses.every(status => status === 'ok' || status === 'locked')).toBe(true)
  })
})

describe('a run that is killed', () => {
  test('in the middle of its probes leaves everything as it was, and the next one goes on', async () => {
    afterFirst()
    const before = treeHash(join(place.storage, 'bucket'))
    edges.behave('127.0.3.1', { delayMs: 1500 })
    const asked = edges.asked('127.0.3.1')
    const running = startCommand(flags('--force', '--json'))
    await asked
    running.child.kill('SIGKILL')
    expect((await running.ended).signal).toBe('SIGKILL')
    expect(treeHash(join(place.storage, 'bucket'))).toBe(before)
    edges.behave('127.0.3.1', {})
    const next = await cycle()
    expect(['ok', 'locked']).toContain(next.status)
    const plan = await manage('-n', '--json')
    expect(reports(plan)).toMatchObject([{ status: 'ok', live: addresses.slice(0, 2) }])
  })
})

describe('--every', () => {
  test('goes on until it is stopped', async () => {
    const running = startCommand(flags('--every', '1', '--force', '--json'))
    await told(running, 3)
    running.child.kill('SIGTERM')
    const ended = await running.ended
    expect(ended).toMatchObject({ status: 0, signal: null })
    const starts = reports(ended).map(({ startedAt, status }) => ({ status, time: Date.parse(startedAt) }))
    expect(starts.length).toBeGreaterThanOrEqual(3)
    expect(starts.every(({ status }) => status === 'ok')).toBe(true)
    const [first, second] = starts
    expect(Number(second?.time) - Number(first?.time)).toBeGreaterThanOrEqual(500)
    expect(Number(second?.time) - Number(first?.time)).toBeLessThan(6000)
  })

  test('keeps its turns after one that came late', async () => {
    const running = startCommand(flags('--every', '1', '--force', '--json'))
    const [, second] = await told(running, 2)
    running.child.kill('SIGSTOP')
    await new Promise(resolve => setTimeout(resolve, Number(second) + 1500 - Date.now()))
    running.child.kill('SIGCONT')
    const [, , third, fourth] = await told(running, 4)
    running.child.kill('SIGTERM')
    expect((await running.ended).status).toBe(0)
    expect(Number(third) - Number(second)).toBeGreaterThanOrEqual(1400)
    expect(Number(fourth) - Number(third)).toBeLessThan(900)
  })

  test('finishes the cycle under way when it is stopped', async () => {
    edges.behave('127.0.3.1', { delayMs: 700 })
    const asked = edges.asked('127.0.3.1')
    const running = startCommand(flags('--every', '60', '--json'))
    await asked
    running.child.kill('SIGINT')
    const ended = await running.ended
    expect(ended).toMatchObject({ status: 0, signal: null })
    expect(reports(ended)).toMatchObject([{ status: 'ok', rotated: true }])
  })

  test('stops at once at the second signal', async () => {
    edges.behave('127.0.3.1', { delayMs: 1900 })
    const asked = edges.asked('127.0.3.1')
    const running = startCommand(flags('--every', '60', '--json'))
    await asked
    running.child.kill('SIGINT')
    setTimeout(() => running.child.kill('SIGINT'), 100)
    expect(await running.ended).toMatchObject({ status: 130, stdout: '' })
  })

  test('reads the configuration anew for each cycle, and goes on when it is good again', async () => {
    const running = startCommand(flags('--every', '1', '--force', '--json'))
    await running.printed('"status":"ok"')
    place.write('config/edges/net', 'not an edge!\n')
    await new Promise(resolve => setTimeout(resolve, 1100))
    place.write('config/edges/net', '127.0.3.3\n')
    await running.printed('"live":["127.0.3.3"]')
    running.child.kill('SIGTERM')
    const ended = await running.ended
    expect(ended.status).toBe(0)
    expect(ended.stderr).toMatch(/^edges\/net:1:1: error: /m)
  })

  test('stops when nobody reads what it prints', async () => {
    const running = startCommand(flags('--every', '1', '--force', '--json'))
    running.child.stdout.destroy()
    expect(await running.ended).toMatchObject({ status: 0, stderr: '' })
  })
})

test('a reader that goes away is no error', async () => {
  const running = startCommand(flags('--json'))
  running.child.stdout.destroy()
  expect(await running.ended).toMatchObject({ status: 0, stderr: '' })
  expect(place.published('live/net.live')).toBe('127.0.3.1\n127.0.3.2\n')
})

describe.runIf(process.platform === 'linux')('a full disk', () => {
  test('under standard output is a clear error', async () => {
    const words = [process.execPath, commandFile, ...flags('--json'), '>/dev/full'].join(' ')
    const { status, stderr } = await endOf(spawn('sh', ['-c', words], { stdio: ['ignore', 'pipe', 'pipe'] }))
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'edgemanage: standard output: ENOSPC: no space left on device, write\n',
    })
  })
})

describe('zones', () => {
  const zones = (...more: string[]) => runInside(['zones', '-c', place.config, '--local', place.storage, ...more])
  const forget = (zone: string) =>
    runInside(['zones', 'forget', zone, '-c', place.config, '--local', place.storage, '-A', 'net'])

  test('lists what is known, before and after the first cycle', async () => {
    mkdirSync(place.storage)
    const before = await zones('--json')
    const none = { serial: null, due: false, confirmed: false, orphaned: false, handedOver: false }
    expect(
      before.stdout
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toEqual([
      { zone: 'example.net', ...none },
      { zone: 'example.org', ...none },
    ])
    const report = await cycle()
    const after = await zones()
    expect(after).toMatchObject({ status: 0, stderr: '' })
    expect(after.stdout).toBe(
      `ZONE             SERIAL  PUBLISHED  CONFIGURATION\n${report.zones
        .map(({ zone, serial }) => `${zone}  ${serial}  confirmed  present\n`)
        .join('')}`,
    )
  })

  test('forget takes back a zone that left the configuration', async () => {
    afterFirst()
    place.write('config/zones/net/example.edu.zone', '')
    await cycle()
    expect(place.published('zones/net/example.edu.zone')).toContain('SOA')
    unlinkSync(join(place.config, 'zones/net/example.edu.zone'))
    // What is in force has it until a cycle has taken up the folder (behaviour §11.7).
    expect((await zones()).stdout).not.toMatch(/example\.edu.*orphaned/)
    await cycle()
    expect((await zones()).stdout).toMatch(/example\.edu +\d+ +confirmed +orphaned/)
    const forgotten = await forget('Example.edu.')
    expect(forgotten).toMatchObject({ status: 0, stdout: 'zone example.edu of net is forgotten\n', stderr: '' })
    expect(place.published('zones/net/example.edu.zone')).toBe(null)
    expect(place.published('zones/net/named.conf')).not.toContain('example.edu')
    expect(await cycle()).toMatchObject({ status: 'ok', warnings: [] })
    expect(place.published('zones/net/named.conf')).not.toContain('example.edu')
    expect(await forget('example.edu')).toMatchObject({ status: 2, stdout: '' })
  })

  test('wait for a cycle that works', async () => {
    edges.behave('127.0.3.1', { delayMs: 1200 })
    const asked = edges.asked('127.0.3.1')
    const running = startCommand(flags('--force', '--json'))
    await asked
    expect((await forget('example.edu')).stderr).toContain('never published')
    expect((await running.ended).status).toBe(0)
  })
})

/** Runs a shell's words on a pseudo-terminal. */
function runScript(words: string, env: Record<string, string>): Promise<Ended> {
  const child = spawn('script', ['-qec', words, '/dev/null'], {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return endOf(child)
}
