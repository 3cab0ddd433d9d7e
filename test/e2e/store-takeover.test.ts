import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dynamoDBRows } from '../../functions/adapters/table/dynamodb-rows.ts'
import { encodeOrder } from '../../functions/adapters/table/order-items.ts'
import type { Report } from '../../functions/core/report/report.ts'
import { workplaceForEach } from '../helpers/at-work.ts'
import { runCommand } from '../helpers/command.ts'
import { runInside } from '../helpers/in-process.ts'
import { openEmbedded, startEmulator } from '../helpers/stores.ts'
import { treeHash } from '../helpers/workplace.ts'

const addresses = ['127.0.22.1', '127.0.22.2', '127.0.22.3'] as const
const { place } = workplaceForEach(addresses)

const at = () => ['-c', place.config, '--local', place.storage]

async function cycle(): Promise<Report> {
  return JSON.parse((await runInside(['manage', '-A', 'net', '--force', '--json', ...at()])).stdout) as Report
}

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
    const rows = dynamoDBRows(emulator.client, emulator.tableName)('net')
    for (const { pk: _pk, sk, ...item } of items) await rows.put(String(sk?.S), item)
    await rows.put(`ORDER#${out}`, encodeOrder(order))
    await emulator.close()
    return out
  }

  test('is taken over once, loses nothing, and stays aside; readers see it before that', async () => {
    const out = await formerStore()
    const former = treeHash(join(place.storage, 'table'))
    const seen = await runInside(['query', '-A', 'net', '-v', ...at()])
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
