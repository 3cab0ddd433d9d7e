import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import { workplaceForEach } from '../helpers/at-work.ts'
import { commandFile, endOf, root, runCommand, startCommand } from '../helpers/command.ts'
import { runInside } from '../helpers/in-process.ts'
import { loadedBy } from '../helpers/loaded-scripts.ts'
import { treeHash } from '../helpers/workplace.ts'

const addresses = ['127.0.21.1', '127.0.21.2', '127.0.21.3'] as const
const { edges, place } = workplaceForEach(addresses)

beforeEach(() => {
  for (const address of addresses) edges.behave(address, {})
  place.write('config/edges/other', `${addresses.join('\n')}\n`)
  place.write('config/zones/other/other.example.zone', '')
})

const at = () => ['-c', place.config, '--local', place.storage]
const manage = (network: string, ...more: string[]) => ['manage', '-A', network, '--force', '--json', ...at(), ...more]
/** A temporary folder of the test's own: other tests have theirs at the same time. */
function ownTmp(): { TMPDIR: string } {
  const TMPDIR = join(place.folder, 'tmp')
  mkdirSync(TMPDIR, { recursive: true })
  return { TMPDIR }
}

const reportOf = (stdout: string) => JSON.parse(stdout) as Report

async function cycle(network = 'net'): Promise<Report> {
  return reportOf((await runInside(manage(network))).stdout)
}

describe('several processes at once', () => {
  test('two networks on one folder, started together 20 times: every cycle is ok, the first ones too', async () => {
    for (let round = 0; round < 20; round++) {
      const ended = await Promise.all(['net', 'other'].map(network => runCommand(manage(network))))
      expect(ended.map(({ stdout, stderr }) => [reportOf(stdout).status, stderr])).toEqual([
        ['ok', ''],
        ['ok', ''],
      ])
    }
  })

  test('two runs of one network: one works, the other is locked by its lease; readers are never kept waiting', async () => {
    await cycle()
    place.settings({ timeout: 10 })
    edges.behave(addresses[0], { delayMs: 6000 })
    const asked = edges.asked(addresses[0])
    const running = startCommand(manage('net'))
    await asked
    const [second, dryRun, query, status] = await Promise.all([
      runCommand(manage('net')),
      runCommand(manage('net', '--dry-run')),
      runCommand(['query', '-A', 'net', ...at()]),
      runCommand(['status', '-A', 'net', ...at()]),
    ])
    expect(reportOf(second.stdout)).toMatchObject({ status: 'locked' })
    expect(reportOf(dryRun.stdout)).toMatchObject({ status: 'ok', dryRun: true })
    expect([query.status, query.stdout.trimEnd().split('\n').length, status.status]).toEqual([0, 3, 0])
    expect(reportOf((await running.ended).stdout).status).toBe('ok')
  })
})

describe('readers', () => {
  test('leave nothing behind, neither in the folder nor in the temporary one', async () => {
    await cycle()
    const before = treeHash(place.storage)
    for (const command of [['query'], ['status'], ['rotations'], ['zones'], ['manage', '--dry-run', '--json']]) {
      expect((await runInside([...command, '-A', 'net', ...at()], ownTmp())).status).toBe(0)
    }
    expect(treeHash(place.storage)).toBe(before)
    expect(readdirSync(ownTmp().TMPDIR)).toEqual([])
  })

  test.runIf(process.getuid?.() === 0)(
    'read as another user a folder that they cannot write, after a kill too',
    async () => {
      await cycle()
      for (const folder of [place.folder, place.storage]) chmodSync(folder, 0o755)
      spawnSync('chmod', ['-R', 'a+rX', place.folder])
      killInTransaction()
      const command = ['query', '-A', 'net', ...at()]
      const as = ['--reuid', '54321', '--regid', '54321', '--clear-groups', 'env', '-i', process.execPath]
      const ended = spawnSync('setpriv', [...as, commandFile, ...command], { encoding: 'utf8' })
      expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: '' })
      expect(ended.stdout.trimEnd().split('\n')).toHaveLength(3)
      const run = spawnSync('setpriv', [...as, commandFile, ...manage('net')], { encoding: 'utf8' })
      expect(run.status).toBe(1)
      expect(run.stderr).toContain('state.sqlite must not be written by this user')
    },
  )

  /** Leaves a transaction behind that nobody ended, as a process does that is killed in one. */
  function killInTransaction(): void {
    const script = `const db = new (require('libsql'))(process.argv[1])
      db.exec("PRAGMA cache_size = 1; BEGIN IMMEDIATE; UPDATE items SET attributes = '{}' || hex(zeroblob(5000))")
      process.kill(process.pid, 'SIGKILL')`
    spawnSync(process.execPath, ['-e', script, join(place.storage, 'state.sqlite')])
    expect(existsSync(join(place.storage, 'state.sqlite-journal'))).toBe(true)
  }

  test('take back, in a copy of their own, what a killed process had begun to write; the next cycle does it for good', async () => {
    const { live } = await cycle()
    const before = (await runInside(['query', '-A', 'net', ...at()])).stdout
    killInTransaction()
    const hash = treeHash(place.storage)
    const query = ['query', '-A', 'net', ...at()]
    expect(await runCommand(query, ownTmp())).toMatchObject({ status: 0, stderr: '', stdout: before })
    expect(treeHash(place.storage)).toBe(hash)
    expect(readdirSync(ownTmp().TMPDIR)).toEqual([])
    expect(await cycle()).toMatchObject({ status: 'ok', live, rotated: false, warnings: [] })
    expect(existsSync(join(place.storage, 'state.sqlite-journal'))).toBe(false)
  })
})

describe('what is meant for AWS', () => {
  test.each<[string, Record<string, string>]>([
    ['FIPS endpoints', { AWS_USE_FIPS_ENDPOINT: 'true' }],
    ['dual-stack endpoints', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }],
    ['a mode that does not exist', { AWS_DEFAULTS_MODE: 'x', AWS_RETRY_MODE: 'x', AWS_MAX_ATTEMPTS: 'x' }],
    ['a profile and files that are not there', { AWS_PROFILE: 'none', AWS_CONFIG_FILE: '/none', HOME: '/none' }],
    ['another endpoint', { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_DYNAMODB: 'nonsense' }],
    ['a region of no form', { AWS_REGION: '///', AWS_CA_BUNDLE: '/none', AWS_EC2_METADATA_DISABLED: 'x' }],
  ])('(%s) does not reach a local run', async (_, env) => {
    const ended = await runCommand(manage('net'), env)
    expect(reportOf(ended.stdout)).toMatchObject({ status: 'ok', warnings: [] })
    expect(await runInside(['query', '-A', 'net', ...at()], env)).toMatchObject({ status: 0, stderr: '' })
  })

  test.runIf(process.getuid?.() === 0)(
    'nor does a local run need a home, or a user that the machine knows',
    async () => {
      for (const folder of [place.folder, place.config]) chmodSync(folder, 0o777)
      const as = ['--reuid', '54321', '--regid', '54321', '--clear-groups', 'env', '-i', process.execPath, commandFile]
      const run = spawn('setpriv', [...as, ...manage('net')], { stdio: ['ignore', 'pipe', 'pipe'] })
      const ended = await endOf(run)
      expect([reportOf(ended.stdout).status, ended.stderr]).toEqual(['ok', ''])
    },
  )

  test('is not even loaded: no client of the SDK, no stand-in for a service', async () => {
    await cycle()
    const loaded = await loadedBy(manage('net'), place.folder)
    expect(loaded.some(({ path }) => /local-storage/.test(path))).toBe(true)
    const strange = /node_modules\/(@aws-sdk|@smithy|dynalite|classic-level)\//
    expect(loaded.filter(({ path, text }) => strange.test(path) || strange.test(text)).map(({ path }) => path)).toEqual(
      [],
    )
    const folder = join(root, 'dist/command')
    const all = readdirSync(folder).filter(name => name.endsWith('.cjs'))
    expect(all.some(name => strange.test(readFileSync(join(folder, name), 'utf8')))).toBe(true)
  })
})

describe('a folder that is removed while cycles go on', () => {
  test('is made anew by the next cycle, which says so', async () => {
    const running = startCommand(manage('net', '--every', '1'))
    await running.printed('"status":"ok"')
    const lines = () => running.stdout().trimEnd().split('\n')
    const count = lines().length
    rmSync(place.storage, { recursive: true })
    while (lines().length < count + 3) await pause(50)
    running.child.kill('SIGTERM')
    const reports = (await running.ended).stdout.trimEnd().split('\n').slice(count).map(reportOf)
    expect(reports.some(({ warnings }) => warnings.some(text => /is missing, although/.test(text)))).toBe(true)
    expect(reports.at(-1)).toMatchObject({ status: 'ok' })
    expect(place.published('zones/net/named.conf')).not.toBeNull()
  })
})

describe('a disk that is full', () => {
  test.runIf(process.getuid?.() === 0)('fails a cycle with a reason, and loses nothing', async () => {
    mkdirSync(place.storage)
    const script = `mount -t tmpfs -o size=400k none ${place.storage} && node ${commandFile} ${manage('net').join(' ')} && cat /dev/zero > ${place.storage}/filler; node ${commandFile} ${manage('net').join(' ')}; rm ${place.storage}/filler; node ${commandFile} ${manage('net').join(' ')}`
    const ended = await endOf(spawn('unshare', ['-m', 'sh', '-c', script], { stdio: ['ignore', 'pipe', 'pipe'] }))
    const [first, full, last] = ended.stdout.trimEnd().split('\n').map(reportOf)
    expect([first?.status, full?.status, last?.status]).toEqual(['ok', 'failed', 'ok'])
    expect(ended.stderr).toContain('no space is left on the disk')
    expect(last).toMatchObject({ live: first?.live, rotated: false, warnings: [] })
  })
})
