import { execFile } from 'node:child_process'
import { chmodSync, chownSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import { workplaceForEach } from '../helpers/at-work.ts'
import { commandFile } from '../helpers/command.ts'
import { runInside } from '../helpers/in-process.ts'

const addresses = ['127.0.33.1', '127.0.33.2', '127.0.33.3']
const keys = ['live/net.live', 'zones/net/example.net.zone', 'zones/net/example.org.zone', 'zones/net/named.conf']
const { place } = workplaceForEach(addresses)

beforeEach(() => place.settings({ verify_every: 1 }))

const line = () => ['manage', '-c', place.config, '--local', place.storage, '--force', '--json']
const pathOf = (key: string) => join(place.storage, 'bucket', key)

async function manage(...more: string[]): Promise<Report> {
  return JSON.parse((await runInside([...line(), ...more])).stdout)
}

/** A cycle of a process with this umask. */
async function manageUnder(umask: string): Promise<void> {
  const words = `umask ${umask}; exec "$0" "$@"`
  await promisify(execFile)('bash', ['-c', words, process.execPath, commandFile, ...line()])
}

function contents() {
  return keys.map(key => place.published(key)?.replace(/(SOA \S+ \S+) \d+/, '$1'))
}

describe('a folder is looked after (behaviour §7.8)', () => {
  test('a zone that was emptied, a list that was deleted: written again, each with a warning', async () => {
    await manage()
    const before = contents()
    writeFileSync(pathOf('zones/net/example.org.zone'), '')
    rmSync(pathOf('live/net.live'))
    const { status, warnings, zones } = await manage()
    expect(status).toBe('ok')
    expect(warnings).toEqual([
      'zones/net/example.org.zone was changed in the bucket by someone else: it is written again',
      'live/net.live is missing in the bucket: it is written again',
    ])
    expect(zones.map(({ zone, action }) => [zone, action])).toEqual([
      ['example.net', 'unchanged'],
      ['example.org', 'published'],
    ])
    expect(contents()).toEqual(before)
    expect((await manage()).warnings).toEqual([])
  })

  test('the whole bucket gone: all of it is written again, and a dry run says so before', async () => {
    await manage()
    const before = contents()
    rmSync(join(place.storage, 'bucket'), { recursive: true })
    const planned = await manage('--dry-run')
    expect(planned.warnings).toHaveLength(5)
    expect(readdirSync(place.storage)).not.toContain('bucket')
    const { warnings } = await manage()
    for (const key of keys) expect(warnings).toContain(`${key} is missing in the bucket: it is written again`)
    expect(contents()).toEqual(before)
  })
})

describe('what is published in a folder', () => {
  test.each(['077', '027', '022', '000'])('under umask %s is readable for all, and its folders', async umask => {
    await manageUnder(umask)
    for (const key of keys) expect(statSync(pathOf(key)).mode & 0o7777).toBe(0o644)
    for (const folder of ['', 'live', 'zones', 'zones/net']) {
      expect(statSync(pathOf(folder)).mode & 0o7777).toBe(0o755)
    }
    expect(statSync(place.storage).mode & 0o005).toBe(0o005)
  })

  test.runIf(process.getuid?.() === 0)('keeps owner and mode when it is replaced', async () => {
    await manage()
    for (const key of keys) {
      chownSync(pathOf(key), 4711, 4712)
      chmodSync(pathOf(key), 0o640)
    }
    await manageUnder('077')
    await manage('--force-update')
    for (const key of keys) {
      const { uid, gid, mode } = statSync(pathOf(key))
      expect({ uid, gid, mode: mode & 0o7777 }).toEqual({ uid: 4711, gid: 4712, mode: 0o640 })
    }
  })

  test.each([235, 250])('holds a zone whose name has %i characters', async length => {
    const label = 'a'.repeat(61)
    const zone = `${[label, label, label, label].join('.')}.example`.slice(-length)
    place.write(`config/zones/net/${zone}.zone`, '')
    expect((await manage()).zones).toContainEqual(expect.objectContaining({ zone, action: 'published' }))
    expect(place.published(`zones/net/${zone}.zone`)).toContain('SOA')
  })
})
