/** Ten thousand zones: all of them written in one cycle, and quiet cycles beside ten zones (issue: zones at scale). */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lazyRecords } from '../../functions/adapters/aws/lazy-records.ts'
import { createS3Bucket } from '../../functions/adapters/aws/s3-bucket.ts'
import { s3Client } from '../../functions/adapters/aws/s3-client.ts'
import { openLocalStorage } from '../../functions/adapters/embedded/local-storage.ts'
import { configFolder } from '../../functions/adapters/files/config-folder.ts'
import { createHttpProbe } from '../../functions/adapters/probe/http-probe.ts'
import { watchLoop } from '../../functions/adapters/probe/loop-watch.ts'
import { clock, monotonic, sleep } from '../../functions/adapters/time/clock.ts'
import { readTemplates } from '../../functions/app/templates.ts'
import { loadConfiguration } from '../../functions/core/config/configuration.ts'
import { runCycle } from '../../functions/cycle/cycle.ts'
import type { Ports } from '../../functions/cycle/ports/ports.ts'
import { startS3 } from '../helpers/s3-standin.ts'
import { addressesOf, startFarm } from './farm.ts'
import { grown } from './grown.ts'
import { median } from './statistics.ts'
import type { Row } from './table.ts'
import { placeFor } from './whole-process.ts'

interface Work {
  readonly config: string
  readonly storage: string
  /** Null: the folder's own bucket. */
  readonly s3: string | null
  readonly quiet: number
}

interface Worked {
  readonly rotationMs: number
  readonly written: number
  readonly quietMs: readonly number[]
  readonly peakMegabytes: number
}

const edges = 100
const part = 'zones'

export async function zones(): Promise<Row[]> {
  const few = await measure(10, false, 7)
  const some = await measure(1000, false, 0)
  const many = await measure(10_000, false, 7)
  const onS3 = await measure(10_000, true, 0)
  const rotation = (name: string, { rotationMs, written, peakMegabytes }: Worked): Row[] => [
    {
      ...{ part, what: `10,000 zones published at once, ${name}`, value: rotationMs / 1000, unit: 's', target: 45 },
      ...(written >= 10_000 ? {} : { note: `only ${written} were written` }),
    },
    { part, what: `10,000 zones, ${name}: memory`, value: peakMegabytes, unit: 'MB', target: 512 },
  ]
  const [fewMs, manyMs] = [median(few.quietMs), median(many.quietMs)]
  const note = `${manyMs.toFixed(0)} ms beside ${fewMs.toFixed(0)} ms, ${edges} edges`
  return [
    ...rotation('folder', many),
    ...rotation('S3 stand-in', onS3),
    grown('publishing all zones', 'zones, folder', [
      [1000, some.rotationMs],
      [10_000, many.rotationMs],
    ]),
    { part, what: 'quiet warm cycle, 10,000 zones / 10 zones', value: manyMs / fewMs, unit: '×', target: 1.5, note },
  ]
}

async function measure(count: number, withS3: boolean, quiet: number): Promise<Worked> {
  const farm = await startFarm(0)
  const s3 = withS3 ? await startS3() : null
  const place = placeFor(addressesOf(edges), farm.http)
  for (let at = 0; at < count; at++) place.write(`config/zones/net/zone${at}.example.zone`, 'mail IN A 192.0.2.25\n')
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), ['serve'])
  const work: Work = { config: place.config, storage: place.storage, s3: s3?.url ?? null, quiet }
  child.send(work)
  const [worked] = (await once(child, 'message')) as [Worked]
  const seconds = (worked.rotationMs / 1000).toFixed(1)
  const quietly = worked.quietMs.map(ms => ms.toFixed(0)).join(' ')
  process.stderr.write(
    `  ${count} zones${withS3 ? ', S3' : ''}: ${seconds} s, then ${quietly} ms, ${worked.peakMegabytes.toFixed(0)} MB\n`,
  )
  child.kill()
  farm.close()
  await s3?.close()
  place.remove()
  return worked
}

async function work({ config, storage, s3, quiet }: Work): Promise<Worked> {
  const loaded = loadConfiguration(configFolder(config), { absolutePaths: 'warning' })
  const network = loaded.networks[0]
  const local = await openLocalStorage(storage, { readOnly: false })
  if (network === undefined) throw new Error('there is nothing to work on')
  const credentials = { AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'none' }
  Object.assign(process.env, credentials, s3 === null ? {} : { AWS_ENDPOINT_URL_S3: s3 })
  const ports: Ports = {
    table: local.table,
    bucket: s3 === null ? local.bucket : createS3Bucket(s3Client(process.env), 'bench'),
    records: lazyRecords(),
    ...{
      probe: createHttpProbe(),
      reference: async () => true,
      clock,
      monotonic,
      sleep,
      watchLoop,
      progress: () => {},
    },
  }
  const flags = { dryRun: false, force: true, forceUpdate: false, verbose: false }
  // As every command and function does, it knows which configuration it works with.
  const options = { ...flags, maxSeconds: 55, problems: [], configuration: 'b'.repeat(64) }
  const cycle = () => runCycle(network, { ...options, templates: readTemplates() }, ports)
  const first = await cycle()
  const quietMs: number[] = []
  for (let round = 0; round < quiet; round++) quietMs.push((await cycle()).durationMs)
  await local.close()
  const peakMegabytes = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(join('/proc', 'self', 'status'), 'utf8'))?.[1]) / 1024
  const written = first.zones.filter(({ action }) => action === 'published').length
  return { rotationMs: first.durationMs, written, quietMs: quietMs.slice(1), peakMegabytes }
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[2] === 'serve') {
  process.on('disconnect', () => process.exit())
  process.once('message', async (asked: Work) => process.send?.(await work(asked)))
}
