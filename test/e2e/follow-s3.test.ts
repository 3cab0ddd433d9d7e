import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand, startCommand } from '../helpers/command.ts'
import { toolOr } from '../helpers/debian.ts'
import { publishZones, zoneText } from '../helpers/published-zones.ts'
import { type S3Standin, startS3 } from '../helpers/s3-standin.ts'

const isInstalled = toolOr('named-checkzone') !== null && toolOr('named-checkconf') !== null
const folder = mkdtempSync(join(tmpdir(), 'edgemanage-follow-s3-'))
const served = join(folder, 'served')
const calls = join(folder, 'calls')
const rndc = join(folder, 'rndc')
let s3: S3Standin

const publish = (network: string, texts: Readonly<Record<string, string>>, serial: number) =>
  publishZones(s3, network, texts, serial)

const env = () => ({
  ...{ BUCKET_NAME: 'bucket', AWS_ENDPOINT_URL_S3: s3.url, AWS_ACCESS_KEY_ID: 'follower', AWS_SECRET_ACCESS_KEY: 'x' },
  AWS_REGION: 'eu-west-1',
})
const flags = (...more: string[]) => ['follow', '--to', served, '--reload', rndc, '--json', ...more]

async function follow(...more: string[]) {
  const { stdout, stderr } = await runCommand(flags(...more), env())
  expect(stdout, stderr).not.toBe('')
  return JSON.parse(stdout)
}

function asked(): string[] {
  const lines = readFileSync(calls, 'utf8').split('\n').filter(Boolean)
  writeFileSync(calls, '')
  return lines
}

describe.skipIf(!isInstalled)(
  'from S3, with the right to read zones/* and no other (behaviour §12.1)',
  { retry: 0 },
  () => {
    beforeAll(async () => {
      writeFileSync(calls, '')
      writeFileSync(rndc, `#!/bin/sh\necho "$@" >> ${calls}\n`)
      chmodSync(rndc, 0o755)
      s3 = await startS3()
      s3.allow(({ action, key }) => action === 's3:GetObject' && key.startsWith('zones/'))
    })

    afterAll(async () => {
      await s3.close()
      rmSync(folder, { recursive: true })
    })

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
      const { status, stderr, stdout } = await runCommand(flags('-A', 'net', '-A', 'gone'), env())
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
      const words = ['follow', '--to', served, '--reload', rndc, '-A', 'net', '-A', 'other', '--every', '1']
      const running = startCommand(words, env())
      let told = ''
      running.child.stderr.on('data', (piece: Buffer) => {
        told += piece.toString()
      })
      await new Promise(resolve => setTimeout(resolve, 2_500))
      const check = () => runCommand(['check', 'follower', '--to', served])
      expect(await check()).toMatchObject({ status: 1, stdout: expect.stringContaining('network net stays as it was') })
      const { stdout } = await runCommand(['metrics', '--to', served])
      expect(stdout).toContain('edgemanage_follower_manifest_readable{network="net"} 0\n')
      expect(readFileSync(join(served, 'edgemanage-follow.prom'), 'utf8')).toContain('edgemanage_follower_ok 0\n')
      s3.objects.set('zones/net/manifest.json', whole)
      await new Promise(resolve => setTimeout(resolve, 1_500))
      expect(await check()).toMatchObject({ status: 0 })
      running.child.kill('SIGTERM')
      await running.ended
      expect(told.match(/its manifest cannot be used/g)).toHaveLength(1)
      expect(told).toContain('everything is as the bucket has it again')
      expect((await runCommand(['check', 'follower', '--to', join(folder, 'nowhere')])).status).toBe(3)
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
      expect(readFileSync(join(served, 'zones/a.example.zone'), 'utf8')).toBe(zoneText(7))
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
