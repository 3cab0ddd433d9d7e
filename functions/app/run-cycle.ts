import { lazyRecords } from '../adapters/aws/lazy-records.ts'
import { callOut } from '../adapters/outside/call-out.ts'
import { lazyAskRecords, lazyAskServer } from '../adapters/probe/dns/lazy-ask-server.ts'
import { createHttpProbe } from '../adapters/probe/http-probe.ts'
import { createReference } from '../adapters/probe/http-reference.ts'
import { watchLoop } from '../adapters/probe/loop-watch.ts'
import { clock, monotonic, sleep } from '../adapters/time/clock.ts'
import { messageOf } from '../core/domain/message.ts'
import type { Report } from '../core/report/report.ts'
import type { LoadedMemory, TakeUp } from '../cycle/configuration/take-up.ts'
import { folderTakeUp, remoteTakeUp, triedTakeUp } from '../cycle/configuration/take-up-folder.ts'
import { runConfiguredCycle } from '../cycle/cycle.ts'
import { failedReport } from '../cycle/ended-early.ts'
import { withinSeconds } from '../cycle/flow/limit.ts'
import { inParallel } from '../cycle/flow/pool.ts'
import type { Bucket, Ports } from '../cycle/ports/ports.ts'
import { zoneKey } from '../cycle/publishing/keys.ts'
import { signerOf } from './caller-identity.ts'
import { ConfigurationFault } from './configuration-fault.ts'
import { type CycleOutput, showProgress } from './cycle-output.ts'
import type { CycleSubject } from './cycle-subject.ts'
import type { ManageFlags } from './network-flags.ts'
import type { OpenStorage, Storage } from './open-storage.ts'

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
  /** The configurations that cycles of this process have loaded; left out: none. */
  readonly loaded?: LoadedMemory
}

/** A moment in milliseconds, by the wall clock and, at the latest, by a monotonic one. */
export interface Moment {
  readonly wallMs: number
  readonly monotonicMs: number
}

/** A moment that is always over. */
export const atOnce: Moment = { wallMs: Number.NEGATIVE_INFINITY, monotonicMs: Number.NEGATIVE_INFINITY }

/** Milliseconds until a moment. A wall clock that is set back must not make anybody wait for an hour. */
export function msUntil({ wallMs, monotonicMs }: Moment): number {
  return Math.min(wallMs - clock(), monotonicMs - monotonic())
}

/** Runs one cycle on a storage that is opened for it and closed after it. Storage out of reach is a failed report. */
export async function runManagedCycle(
  subject: CycleSubject,
  flags: ManageFlags,
  start: CycleStart,
  output: CycleOutput,
): Promise<CycleRun> {
  const began: Moment = { wallMs: clock(), monotonicMs: monotonic() }
  try {
    const work = storedCycle(subject, flags, start, output, began)
    const run = await withinSeconds(flags.maxSeconds, work, { sleep })
    if (subject.isLocal && flags.dryRun !== true) await subject.keep().catch(() => {})
    return run
  } catch (error) {
    if (error instanceof ConfigurationFault) throw error
    return { ...failed(subject, flags, began, error, output), stillRunning: true }
  } finally {
    output.progress('')
  }
}

async function storedCycle(
  subject: CycleSubject,
  flags: ManageFlags,
  { open, notBefore, loaded = new Map() }: CycleStart,
  output: CycleOutput,
  began: Moment,
): Promise<CycleRun> {
  let storage: Storage | null = null
  try {
    storage = await open({ readOnly: flags.dryRun === true })
    for (let left = msUntil(notBefore); left > 0; left = msUntil(notBefore)) await sleep(left)
    return await cycleOn(storage, subject, flags, output, loaded)
  } catch (error) {
    if (error instanceof ConfigurationFault) throw error
    return failed(subject, flags, began, error, output)
  } finally {
    await storage?.close().catch(error => output.err(`edgemanage: ${messageOf(error)}\n`))
  }
}

async function cycleOn(
  storage: Storage,
  subject: CycleSubject,
  flags: ManageFlags,
  output: CycleOutput,
  loaded: LoadedMemory,
): Promise<CycleRun> {
  const { table, bucket, announceFor, askVantageFor, configurations } = storage
  const progress = showProgress(output)
  const ports: Ports = {
    table,
    bucket,
    records: lazyRecords(),
    probe: createHttpProbe(),
    ask: lazyAskServer(),
    askRecords: lazyAskRecords(),
    reference: createReference(),
    clock,
    monotonic,
    sleep,
    watchLoop,
    progress,
    callOut,
    announceFor,
    askVantageFor,
    configurations,
  }
  const { dryRun = false, force = false, forceUpdate = false, verbose = false, maxSeconds } = flags
  const options = { dryRun, force, forceUpdate, verbose, maxSeconds, pushingNetworks: subject.pushingNetworks }
  const takeUp = takeUpOf(subject, storage, loaded)
  const report = await runConfiguredCycle({ name: subject.name, takeUp }, options, ports)
  const published = dryRun && flags.json !== true ? await publishedTexts(report, bucket) : new Map()
  return { report, published, stillRunning: false }
}

/** How a cycle of this process takes up the configuration in force: on one machine, the folder's changes too. */
function takeUpOf(subject: CycleSubject, { bucket, configurations, compiled }: Storage, memory: LoadedMemory): TakeUp {
  const { name, reading, again, isLocal } = subject
  const sources = { network: name, bucket, deployed: null, compiled, memory }
  const signer = signerOf(process.env, !isLocal)
  if (subject.isTried === true) return triedTakeUp(reading, signer)
  if (!isLocal) return remoteTakeUp({ reading, signer, sources })
  return folderTakeUp({ reading, again, signer, configurations, sources })
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

function failed(
  subject: CycleSubject,
  flags: ManageFlags,
  began: Moment,
  error: unknown,
  output: CycleOutput,
): CycleRun {
  if (flags.verbose === true && error instanceof Error) output.err(`${error.stack}\n`)
  const early = { network: { name: subject.name }, options: { dryRun: flags.dryRun === true }, now: began.wallMs }
  return ended(failedReport(early, error), began)
}

function ended(report: Report, { monotonicMs }: Moment): CycleRun {
  const durationMs = Math.round(monotonic() - monotonicMs)
  return { report: { ...report, durationMs }, published: new Map(), stillRunning: false }
}
