import { lazyRecords } from '../adapters/aws/lazy-records.ts'
import { callOut } from '../adapters/outside/call-out.ts'
import { lazyAskServer } from '../adapters/probe/dns/lazy-ask-server.ts'
import { createHttpProbe } from '../adapters/probe/http-probe.ts'
import { createReference } from '../adapters/probe/http-reference.ts'
import { watchLoop } from '../adapters/probe/loop-watch.ts'
import { clock, monotonic, sleep } from '../adapters/time/clock.ts'
import { messageOf } from '../core/domain/message.ts'
import type { Report } from '../core/report/report.ts'
import { runCycle } from '../cycle/cycle.ts'
import { failedReport } from '../cycle/ended-early.ts'
import { withinSeconds } from '../cycle/flow/limit.ts'
import { inParallel } from '../cycle/flow/pool.ts'
import type { Bucket, Ports, ToldMemory } from '../cycle/ports/ports.ts'
import { zoneKey } from '../cycle/publishing/keys.ts'
import type { Chosen } from './choose-network.ts'
import { type CycleOutput, showProgress } from './cycle-output.ts'
import type { ManageFlags } from './network-flags.ts'
import type { OpenStorage, Storage } from './open-storage.ts'
import { readTemplates } from './templates.ts'

const readsAtOnce = 32

/** A cycle that is over, for the person who asked for it. */
export interface CycleRun {
  readonly report: Report
  /** By zone that a dry run would write: what is published now (null: nothing). Empty for everyone who reads JSON. */
  readonly published: ReadonlyMap<string, string | null>
  /** The cycle could not be ended: it went on beyond its time. */
  readonly stillRunning: boolean
}

/** Where a cycle's storage comes from, and the moment before which the cycle does not start. */
export interface CycleStart {
  readonly open: OpenStorage
  /** Opening takes now more and now less time; without this, cycles 30 seconds apart would be too soon. */
  readonly notBefore: Moment
  /** What cycles of this process remember; left out: nothing. */
  readonly told?: ToldMemory
}

/** A moment in milliseconds, by the wall clock and, at the latest, by one that nobody sets. */
export interface Moment {
  readonly wallMs: number
  readonly monotonicMs: number
}

/** A moment that is always over. */
export const atOnce: Moment = { wallMs: Number.NEGATIVE_INFINITY, monotonicMs: Number.NEGATIVE_INFINITY }

/** Runs one cycle on a storage that is opened for it and closed after it. Storage out of reach is a failed report. */
export async function runManagedCycle(
  chosen: Chosen,
  flags: ManageFlags,
  start: CycleStart,
  output: CycleOutput,
): Promise<CycleRun> {
  const began: Moment = { wallMs: clock(), monotonicMs: monotonic() }
  try {
    const work = storedCycle(chosen, flags, start, output, began)
    return await withinSeconds(flags.maxSeconds, work, { sleep })
  } catch (error) {
    return { ...failed(chosen, flags, began, error, output), stillRunning: true }
  } finally {
    output.progress('')
  }
}

async function storedCycle(
  chosen: Chosen,
  flags: ManageFlags,
  { open, notBefore, told }: CycleStart,
  output: CycleOutput,
  began: Moment,
): Promise<CycleRun> {
  let storage: Storage | null = null
  try {
    storage = await open({ readOnly: flags.dryRun === true })
    // A wall clock that is set back must not make a cycle wait for an hour.
    const leftMs = () => Math.min(notBefore.wallMs - clock(), notBefore.monotonicMs - monotonic())
    for (let left = leftMs(); left > 0; left = leftMs()) await sleep(left)
    return await cycleOn(storage, chosen, flags, output, told)
  } catch (error) {
    return failed(chosen, flags, began, error, output)
  } finally {
    await storage?.close().catch(error => output.err(`edgemanage: ${messageOf(error)}\n`))
  }
}

async function cycleOn(
  { table, bucket, announceFor, askVantageFor }: Storage,
  { network, problems, pushingNetworks }: Chosen,
  flags: ManageFlags,
  output: CycleOutput,
  told: ToldMemory | undefined,
): Promise<CycleRun> {
  const progress = showProgress(output)
  const ports: Ports = {
    table,
    bucket,
    records: lazyRecords(),
    probe: createHttpProbe(),
    ask: lazyAskServer(),
    reference: createReference(),
    clock,
    monotonic,
    sleep,
    watchLoop,
    progress,
    announce: announceFor(network),
    askVantage: askVantageFor(network),
    callOut,
    told,
  }
  const { dryRun = false, force = false, forceUpdate = false, verbose = false, maxSeconds } = flags
  const how = { dryRun, force, forceUpdate, verbose, maxSeconds, pushingNetworks }
  const options = { ...how, templates: readTemplates(), problems }
  const report = await runCycle(network, options, ports)
  const published = dryRun && flags.json !== true ? await publishedTexts(report, bucket) : new Map()
  return { report, published, stillRunning: false }
}

async function publishedTexts({ network, zones }: Report, bucket: Bucket): Promise<Map<string, string | null>> {
  const planned = zones.filter(zone => zone.action === 'planned')
  const texts = new Map<string, string | null>()
  await inParallel(
    planned,
    readsAtOnce,
    () => false,
    async ({ zone }) => void texts.set(zone, await bucket.get(zoneKey(network, zone))),
  )
  return texts
}

function failed(chosen: Chosen, flags: ManageFlags, began: Moment, error: unknown, output: CycleOutput): CycleRun {
  if (flags.verbose === true && error instanceof Error) output.err(`${error.stack}\n`)
  const early = { network: chosen.network, options: { dryRun: flags.dryRun === true }, now: began.wallMs }
  return ended(failedReport(early, error), began)
}

function ended(report: Report, { monotonicMs }: Moment): CycleRun {
  const durationMs = Math.round(monotonic() - monotonicMs)
  return { report: { ...report, durationMs }, published: new Map(), stillRunning: false }
}
