import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { edgesForAll } from '../helpers/at-work.ts'
import { startCommand } from '../helpers/command.ts'
import { measuresTime } from '../helpers/measures-time.ts'
import { type S3Standin, startS3 } from '../helpers/s3-standin.ts'
import { type Emulator, startEmulator } from '../helpers/stores.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

// How a push of 10,000 zones fares (issue: under 20 s and 512 MB; a change of one edge writes a few kilobytes).

const addresses = ['127.0.78.1', '127.0.78.2', '127.0.78.3']
const zones = 10_000
let attempts = 0
const edges = edgesForAll(addresses)
let table: Emulator
let bucket: S3Standin
let place: Workplace

beforeAll(async () => {
  place = workplaceFor(edges, addresses)
  const include = (n: number) => `mail 300 IN A 192.0.2.${n % 250}\n@ MX 10 mail\nn TXT "zone number ${n}"\n`
  for (let n = 0; n < zones; n++) place.write(`config/zones/net/zone${n}.example.zone`, include(n))
  ;[table, bucket] = await Promise.all([startEmulator(), startS3()])
})
afterAll(async () => {
  await Promise.all([table.close(), bucket.close()])
  place.remove()
})

/**
 * What a push took: seconds of processor time and megabytes of its process, and what it printed. It waits for nothing but its
 * neighbours: on a machine that does nothing else it lasts as long as its processor time, and on a busy one that alone says something.
 */
async function push(words: readonly string[], env: Record<string, string>) {
  const { child, ended } = startCommand(['config', 'push', '--json', '-c', place.config, ...words], env)
  let [megabytes, seconds] = [0, 0]
  const watch = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      megabytes = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? megabytes * 1024) / 1024
      const ticks = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(' ').slice(13, 15)
      seconds = ticks.reduce((sum, one) => sum + Number(one), 0) / 100
    } catch {
      // It has ended.
    }
  }, 20)
  const { status, stdout, stderr } = await ended
  clearInterval(watch)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return { seconds, megabytes, ...JSON.parse(stdout) }
}

const onAws = () => ({
  TABLE_NAME: table.tableName,
  BUCKET_NAME: 'bucket',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'operator',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_ENDPOINT_URL_DYNAMODB: table.url,
  AWS_ENDPOINT_URL_S3: bucket.url,
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
})

describe.each([
  ['table and bucket', () => ({ words: [], env: onAws() })],
  ['one machine', () => ({ words: ['--local', `${place.storage}${attempts++}`], env: {} })],
] as const)('10,000 zones pushed to %s', (where, target) => {
  beforeEach(() => {
    place.write('config/edges/net', `${addresses.join('\n')}\n`)
    place.write('config/zones/net/zone7.example.zone', '')
  })

  test('in one go, in time and memory; a change of one edge, or of one zone, writes little', {
    ...measuresTime,
    timeout: 300_000,
  }, async () => {
    const { words, env } = target()
    bucket.objects.clear()
    const all = await push(words, env)
    place.write('config/edges/net', `${[...addresses, '127.0.78.4'].join('\n')}\n`)
    const edge = await push(words, env)
    place.write('config/zones/net/zone7.example.zone', 'changed TXT "yes"\n')
    const zone = await push(words, env)
    for (const [what, { seconds, megabytes, bytes }] of Object.entries({ all, edge, zone })) {
      console.info(`${where}, ${what}: ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB, ${bytes} bytes written`)
      expect(seconds).toBeLessThan(20)
      expect(megabytes).toBeLessThan(512)
    }
    expect(all.bytes).toBeGreaterThan(100_000)
    expect(edge).toMatchObject({ action: 'pushed' })
    expect(edge.bytes).toBeLessThan(5_000)
    expect(zone.bytes).toBeLessThan(40_000)
  })
})
