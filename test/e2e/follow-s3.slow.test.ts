import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand, startCommand } from '../helpers/command.ts'
import { toolOr } from '../helpers/debian.ts'
import { type FollowedBucket, startFollowedBucket, zoneText } from '../helpers/followed-bucket.ts'
import type { S3Standin } from '../helpers/s3-standin.ts'

const isInstalled = toolOr('named-checkzone') !== null && toolOr('named-checkconf') !== null
let bucket: FollowedBucket
let s3: S3Standin

async function follow(...more: string[]) {
  const { stdout, stderr } = await runCommand(bucket.follow(...more), bucket.env)
  expect(stdout, stderr).not.toBe('')
  return JSON.parse(stdout)
}

const asked = () => bucket.asked()
const publish: FollowedBucket['publish'] = (...zones) => bucket.publish(...zones)

describe.skipIf(!isInstalled)(
  'from S3, with the right to read zones/* and no other (behaviour §12.1)',
  { retry: 0 },
  () => {
    beforeAll(async () => {
      bucket = await startFollowedBucket()
      s3 = bucket.s3
      s3.allow(({ action, key }) => action === 's3:GetObject' && key.startsWith('zones/'))
    })

    afterAll(() => bucket.close())

    test('one pass brings the zones, and a quiet one asks for one object a network', async () => {
      publish('net', { 'a.example': zoneText(1), 'b.example': zoneText(1) }, 1)
      publish('other', { 'c.example': zoneText(1) }, 1)
      expect(await follow('-A', 'net', '-A', 'other')).toMatchObject({ status: 'ok', zones: 3 })
      expect(asked()).toContain('reconfig')
      s3.journal.length = 0
      expect(await follow('-A', 'net', '-A', 'other')).toMatchObject({
        ...{ status: 'ok', placed: [], networks: [{ manifest: 'unchanged' }, { manifest: 'unchanged' }] },
      })
      expect(s3.journal.map(({ key, action }) => `${action} ${key}`).sort()).toEqual([
        's3:GetObject zones/net/manifest.json',
        's3:GetObject zones/other/manifest.json',
      ])
      expect(s3.journal.every(({ knows }) => knows !== undefined)).toBe(true)
      expect(asked()).toEqual([])
    })

    test('what changed is fetched and reloaded, and nothing else', async () => {
      publish('net', { 'a.example': zoneText(2), 'b.example': zoneText(1) }, 2)
      s3.journal.length = 0
      expect(await follow('-A', 'net', '-A', 'other')).toMatchObject({ status: 'ok', reloaded: ['a.example'] })
      expect(s3.journal.map(({ key }) => key)).toEqual(expect.arrayContaining(['zones/net/a.example.zone']))
      expect(s3.journal).toHaveLength(3)
      expect(asked()).toEqual(['reload a.example'])
    })

    test('a manifest that is not there, which S3 calls denied, changes nothing and is named', async () => {
      const { status, stderr, stdout } = await runCommand(bucket.follow('-A', 'net', '-A', 'gone'), bucket.env)
      expect(status).toBe(1)
      expect(JSON.parse(stdout)).toMatchObject({
        zones: 3,
        left: [],
        networks: [{ network: 'gone', manifest: 'unreadable' }, {}],
      })
      expect(stderr).toContain('zones/gone/manifest.json is not there, or s3:GetObject on it is not allowed')
    })

    test('trouble that goes on is told once, its end too; check and metrics tell of it from the folder', async () => {
      const whole = s3.objects.get('zones/net/manifest.json') ?? ''
      s3.objects.set('zones/net/manifest.json', '{')
      const words = [
        'follow',
        '--to',
        bucket.served,
        '--reload',
        bucket.reload,
        '-A',
        'net',
        '-A',
        'other',
        '--every',
        '1',
      ]
      const running = startCommand(words, bucket.env)
      let told = ''
      running.child.stderr.on('data', (piece: Buffer) => {
        told += piece.toString()
      })
      await new Promise(resolve => setTimeout(resolve, 3_500))
      const check = () => runCommand(['check', 'follower', '--to', bucket.served])
      expect(await check()).toMatchObject({ status: 1, stdout: expect.stringContaining('network net stays as it was') })
      const { stdout } = await runCommand(['metrics', '--to', bucket.served])
      expect(stdout).toContain('edgemanage_follower_manifest_readable{network="net"} 0\n')
      expect(readFileSync(join(bucket.served, 'edgemanage-follow.prom'), 'utf8')).toContain(
        'edgemanage_follower_ok 0\n',
      )
      s3.objects.set('zones/net/manifest.json', whole)
      await new Promise(resolve => setTimeout(resolve, 2_500))
      expect(await check()).toMatchObject({ status: 0 })
      running.child.kill('SIGTERM')
      await running.ended
      expect(told.match(/its manifest cannot be used/g)).toHaveLength(1)
      expect(told).toContain('everything is as the bucket has it again')
      expect((await runCommand(['check', 'follower', '--to', join(bucket.folder, 'nowhere')])).status).toBe(3)
      asked()
    })

    test('a manifest that lies writes nothing outside the folder, and keeps no other zone from its place', async () => {
      const sha256 = createHash('sha256').update('x').digest('hex')
      const row = (zone: string, key: string) => ({ zone, key, serial: 9, sha256, handedOver: false })
      const good = JSON.parse(s3.objects.get('zones/net/manifest.json') ?? '')
      const lies = [
        row('../../evil', 'zones/net/../../evil.zone'),
        row('"; };', 'x'),
        row('d.example', '../../etc/passwd'),
      ]
      const zones = [...good.zones, ...lies]
      s3.objects.set('zones/net/manifest.json', JSON.stringify({ ...good, zones }))
      const report = await follow('-A', 'net', '-A', 'other')
      expect(report).toMatchObject({ status: 'failed', zones: 3, placed: [] })
      expect(report.failed).toHaveLength(3)
      s3.objects.set('zones/net/manifest.json', JSON.stringify(good))
      expect(await follow('-A', 'net', '-A', 'other')).toMatchObject({ status: 'ok' })
      expect(asked()).toEqual([])
    })

    test('of a zone in two manifests the greatest serial counts, and not one that was handed over', async () => {
      publish('other', { 'c.example': zoneText(1), 'a.example': zoneText(7) }, 7)
      expect(await follow('-A', 'net', '-A', 'other')).toMatchObject({
        placed: [{ zone: 'c.example' }, { zone: 'a.example' }].slice(1),
      })
      expect(readFileSync(join(bucket.served, 'zones/a.example.zone'), 'utf8')).toBe(zoneText(7))
      const text = s3.objects.get('zones/other/manifest.json') ?? ''
      const manifest = JSON.parse(text)
      for (const one of manifest.zones) if (one.zone === 'a.example') one.handedOver = true
      s3.objects.set('zones/other/manifest.json', JSON.stringify(manifest))
      expect(await follow('-A', 'net', '-A', 'other')).toMatchObject({
        placed: [{ zone: 'a.example', network: 'net', serial: 2 }],
      })
      asked()
    })
  },
)
