import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCommand } from '../helpers/command.ts'
import { toolOr } from '../helpers/debian.ts'
import { type FollowedBucket, startFollowedBucket, zoneText } from '../helpers/followed-bucket.ts'
import { isWhole } from '../helpers/part.ts'

// A follower of many zones (behaviour §12.1): 2,000 in `npm run test:long`.

const count = isWhole() ? 2_000 : 500
const isInstalled = toolOr('named-checkzone') !== null && toolOr('named-checkconf') !== null
let bucket: FollowedBucket

beforeAll(async () => {
  bucket = await startFollowedBucket()
})

afterAll(() => bucket.close())

const many = (zones: number, serial: number) =>
  Object.fromEntries(Array.from({ length: zones }, (_, at) => [`z${at}.example`, zoneText(serial)]))

test.skipIf(!isInstalled)(
  `${count} zones: served within 30 s of their manifest, a quiet pass takes one request and 0.3 s`,
  async () => {
    const last = ['-A', 'net', '--every', '1', '--yes', '--grace', '0']
    bucket.publish('net', many(count, 1), 1)
    const running = startCommand(bucket.follow(...last), bucket.env)
    const reports = () =>
      running
        .stdout()
        .split('\n')
        .filter(Boolean)
        .map(line => JSON.parse(line))
    const until = async (wanted: (report: { zones: number; placed: unknown[]; status: string }) => boolean) => {
      const start = Date.now()
      const seen = reports().length
      for (;;) {
        const found = reports()
          .slice(Math.max(0, seen - 1))
          .find(wanted)
        if (found !== undefined) return { ms: Date.now() - start, found }
        if (Date.now() - start > 60_000)
          throw new Error(`not within 60 s: ${JSON.stringify(reports().at(-1)).slice(0, 500)}`)
        await new Promise(resolve => setTimeout(resolve, 50))
      }
    }
    await until(({ zones, placed }) => zones === count && placed.length === 0)
    bucket.asked()
    bucket.publish('net', many(count, 2), 2)
    const { ms, found } = await until(({ placed }) => placed.length === count)
    expect(found.status).toBe('ok')
    expect(ms).toBeLessThan(30_000)
    expect(bucket.asked()).toEqual(['reload'])
    bucket.publish('net', { ...many(count, 2), 'z5.example': zoneText(3) }, 3)
    await until(({ placed }) => placed.length === 1)
    expect(bucket.asked()).toEqual(['reload z5.example'])
    bucket.s3.journal.length = 0
    const quiet = reports().length
    await new Promise(resolve => setTimeout(resolve, 6_500))
    running.child.kill('SIGTERM')
    expect((await running.ended).status).toBe(0)
    const passes = reports().slice(quiet)
    expect(bucket.s3.journal.length).toBeLessThanOrEqual(passes.length + 1)
    const times = passes.map(({ durationMs }) => durationMs).sort((a, b) => a - b)
    console.info(`${count} zones: a rotation of all in ${ms} ms; quiet passes in ${times} ms`)
    // Others may have the processors at times.
    expect(times[0]).toBeLessThan(300)
  },
  180_000,
)
