import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { encodeOrder } from '../../functions/adapters/table/order-items.ts'
import type { Report } from '../../functions/core/report.ts'
import { commandFile, endOf, runCommand, startCommand } from '../fixtures/command.ts'
import { type Edges, startEdges } from '../fixtures/edges.ts'
import { openEmbedded, startEmulator } from '../fixtures/stores.ts'
import { treeHash, type Workplace, workplaceFor } from '../fixtures/workplace.ts'

const addresses = ['127.0.21.1', '127.0.21.2', '127.0.21.3'] as const
let edges: Edges
let place: Workplace

beforeAll(async () => {
  edges = await startEdges(addresses)
})
afterAll(() => edges.close())
beforeEach(() => {
  for (const address of addresses) edges.behave(address, {})
  place = workplaceFor(edges, addresses)
  place.write('config/edges/other', `${addresses.join('\n')}\n`)
  place.write('config/zones/other/other.example.zone', '')
})
afterEach(() => place.remove())

const at = () => ['-c', place.config, '--local', place.storage]
const manage = (network: string, ...more: string[]) => ['manage', '-A', network, '--force', '--json', ...at(), ...more]
const reportOf = (stdout: string) => JSON.parse(stdout) as Report

async function cycle(network = 'net'): Promise<Report> {
  return reportOf((await runCommand(manage(network))).stdout)
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
      expect((await runCommand([...command, '-A', 'net', ...at()])).status).toBe(0)
    }
    expect(treeHash(place.storage)).toBe(before)
    expect(readdirSync(tmpdir()).filter(name => name.startsWith('edgemanage-look-'))).toEqual([])
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
    const before = (await runCommand(['query', '-A', 'net', ...at()])).stdout
    killInTransaction()
    const hash = treeHash(place.storage)
    expect(await runCommand(['query', '-A', 'net', ...at()])).toMatchObject({ status: 0, stderr: '', stdout: before })
    expect(treeHash(place.storage)).toBe(hash)
    expect(readdirSync(tmpdir()).filter(name => name.startsWith('edgemanage-look-'))).toEqual([])
    expect(await cycle()).toMatchObject({ status: 'ok', live, rotated: false, warnings: [] })
    expect(existsSync(join(place.storage, 'state.sqlite-journal'))).toBe(false)
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

describe('the store of an earlier version', () => {
  const order = { mode: 'unavailable', comment: 'disk', by: 'root@host', since: 1, expires: null } as const

  /** Makes one in the folder, with an order for an edge that is not live; answers that edge. */
  async function formerStore(): Promise<string> {
    mkdirSync(place.storage)
    // What an earlier version left is what the emulator leaves with the same items.
    const { live } = await cycle()
    const out = addresses.find(edge => !live.includes(edge)) ?? ''
    const embedded = await openEmbedded(place.storage)
    const items = await embedded.rows('net').list('')
    await embedded.close()
    for (const name of readdirSync(place.storage).filter(one => one.startsWith('state.')))
      rmSync(join(place.storage, name))
    const emulator = await startEmulator(join(place.storage, 'table'))
    const { dynamoDBRows } = await import('../../functions/adapters/table/dynamodb-rows.ts')
    const rows = dynamoDBRows(emulator.client, emulator.tableName)('net')
    for (const { pk: _pk, sk, ...item } of items) await rows.put(String(sk?.S), item)
    await rows.put(`ORDER#${out}`, encodeOrder(order))
    await emulator.close()
    return out
  }

  test('is taken over once, loses nothing, and stays aside; readers see it before that', async () => {
    const out = await formerStore()
    const former = treeHash(join(place.storage, 'table'))
    const seen = await runCommand(['query', '-A', 'net', '-v', ...at()])
    expect(seen).toMatchObject({ status: 0, stderr: '' })
    expect(seen.stdout).toContain('disk')
    expect(treeHash(join(place.storage, 'table'))).toBe(former)
    const report = await cycle()
    expect(report).toMatchObject({ status: 'ok', rotated: false, warnings: [] })
    expect(report.edges.filter(({ mode }) => mode === 'unavailable').map(({ edge }) => edge)).toEqual([out])
    expect(report.edges[0]?.average).not.toBe(report.edges[0]?.fetchSeconds)
    expect(existsSync(join(place.storage, 'table'))).toBe(false)
    expect(existsSync(join(place.storage, 'table.taken-over/CURRENT'))).toBe(true)
    expect((await runCommand(['conf', out, '-A', 'net', '-m', 'available', ...at()])).status).toBe(0)
    expect((await cycle()).edges.map(({ mode }) => mode)).toEqual(['available', 'available', 'available'])
  })

  test.each(['CURRENT', 'MANIFEST', 'log', 'bits', 'link'])(
    'with a damaged %s is read as far as it can be, with a word',
    async what => {
      await formerStore()
      const folder = join(place.storage, 'table')
      const fileOf = (part: RegExp) => join(folder, String(readdirSync(folder).find(name => part.test(name))))
      if (what === 'CURRENT') rmSync(join(folder, 'CURRENT'))
      if (what === 'MANIFEST') rmSync(fileOf(/^MANIFEST/))
      if (what === 'log') rmSync(fileOf(/\.log$/))
      if (what === 'link') {
        rmSync(join(folder, 'CURRENT'))
        spawnSync('ln', ['-s', 'CURRENT', join(folder, 'CURRENT')])
      }
      if (what === 'bits') {
        const log = readFileSync(fileOf(/\.log$/))
        log.writeUInt8(log.readUInt8(log.length - 200) ^ 16, log.length - 200)
        writeFileSync(fileOf(/\.log$/), log)
      }
      const report = await cycle()
      expect(report.status).toBe('ok')
      expect(report.warnings.join()).toMatch(/the store of an earlier version, \S+, is damaged/)
      expect((await cycle()).status).toBe('ok')
    },
  )
})
