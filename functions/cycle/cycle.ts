import type { Network } from '../core/config/network.ts'
import { formatProblem } from '../core/config/problem.ts'
import { runsToRead } from '../core/history.ts'
import { messageOf } from '../core/message.ts'
import type { Report, Status } from '../core/report.ts'
import { seenAfter } from '../core/seen.ts'
import { intentsOf, type Records, recordsAfter } from '../core/settle.ts'
import { announceReport } from './announce.ts'
import { type Cycle, type CycleOptions, type Decided, probeAndDecide } from './decided.ts'
import { failedReport, refusedReport } from './ended-early.ts'
import { PartlyRecorded } from './errors.ts'
import type { Begun, Lease, Ports, Recording, Stored } from './ports.ts'
import { type Published, publish } from './publish.ts'
import { textsOf } from './publishing/texts.ts'
import { rateOf } from './push/calls.ts'
import { pushRecords } from './push/push-records.ts'
import { reportOf } from './summary.ts'

/** Seconds for which a lease outlives the longest run (behaviour §8.1). */
const leaseGraceSeconds = 15
/** Publishing ends so long before it, so that the outcome can still be saved. */
const savingReserveSeconds = 3

/** Nothing that is recorded changes. */
const noRecords: Records = { zones: new Map(), namedConf: null, liveList: null }

/** Runs one cycle of one network. Never rejects: what went wrong is in the report (`failed`, warnings). */
export async function runCycle(network: Network, options: CycleOptions, ports: Ports): Promise<Report> {
  const cycle: Cycle = { network, options, ports, now: ports.clock() }
  const report = options.dryRun ? await dryRun(cycle) : await realRun(cycle)
  // What is wrong with a zone is told where that zone is planned.
  const problems = options.problems.filter(({ severity }) => severity === 'warning').map(formatProblem)
  return { ...report, durationMs: ports.clock() - cycle.now, warnings: [...problems, ...report.warnings] }
}

async function realRun(cycle: Cycle): Promise<Report> {
  const { network, options, ports, now } = cycle
  let begun: Begun
  try {
    begun = await ports.table.begin({
      network: network.name,
      now,
      leaseSeconds: options.maxSeconds + leaseGraceSeconds,
      force: options.force,
      samples: runsToRead(network.settings),
    })
  } catch (error) {
    return failedReport(cycle, error)
  }
  if (begun.status !== 'begun') return refusedReport(cycle, begun)
  return leasedRun(cycle, begun)
}

/** The story of a cycle that has the lease. Whatever fails in it, the lease is freed if it still can be. */
async function leasedRun(cycle: Cycle, begun: Begun & { status: 'begun' }): Promise<Report> {
  const { lease, before: stored } = begun
  const { ports, now } = cycle
  let decided: Decided | null = null
  let recorded = false
  let published: Published | null = null
  try {
    decided = await probeAndDecide(cycle, stored)
    await ports.table.record(lease, recordingOf(decided, cycle))
    recorded = true
    published = await publishDecided(decided, cycle, lease)
    const status = published?.gotNothingOut ? 'failed' : decided.decision.status
    await ports.table.finish(lease, settledOf(decided, published, now, status))
    const facts = { ...cycle, ...decided, status, published, recorded, ...cycle.options, trouble: [] }
    return await announced(reportOf(cycle.network, facts), decided, begun, cycle)
  } catch (error) {
    await free(cycle, lease)
    const trouble = [`the cycle failed: ${messageOf(error)}`]
    recorded ||= error instanceof PartlyRecorded
    if (decided === null) return failedReport(cycle, error, stored.live)
    const facts = {
      ...cycle,
      ...decided,
      status: 'failed' as const,
      published,
      recorded,
      saved: false,
      ...cycle.options,
      trouble,
    }
    const report = reportOf(cycle.network, facts)
    return recorded ? announced(report, decided, begun, cycle) : report
  }
}

/** The report, after its events were sent. */
function announced(
  report: Report,
  { before }: Decided,
  { lastStatus }: Begun & { status: 'begun' },
  { network, options, ports, now }: Cycle,
): Promise<Report> {
  const earlier = { live: before.live, history: before.history, status: lastStatus }
  const timed = { ...report, durationMs: ports.clock() - now }
  return announceReport(timed, earlier, network, now + options.maxSeconds * 1000, ports)
}

async function dryRun(cycle: Cycle): Promise<Report> {
  const { network, options, ports } = cycle
  let stored: Stored | null = null
  try {
    stored = await ports.table.peek(network.name, runsToRead(network.settings))
    const decided = await probeAndDecide(cycle, stored)
    const { status } = decided.decision
    const facts = { ...cycle, ...decided, ...options, status, published: null, recorded: true, trouble: [] }
    const rate = rateOf(network, options.pushingNetworks)
    const limit = { endsAt: publishingEndsAt(cycle), rate, dryRun: true, verbose: options.verbose }
    const plannedRecords = await pushRecords(decided.decision.publication?.records ?? [], limit, ports)
    return reportOf(network, { ...facts, plannedRecords })
  } catch (error) {
    return failedReport(cycle, error, stored?.live)
  }
}

function publishingEndsAt({ options, now }: Cycle): number {
  return now + (options.maxSeconds - savingReserveSeconds) * 1000
}

function recordingOf({ decision, before }: Decided, { network, now }: Cycle): Recording {
  const { history, run_frequency } = network.settings
  const keepSeconds = Math.max(2 * history.samples * run_frequency, 14 * 86_400)
  return {
    run: decision.run,
    hour: decision.hour,
    addresses: decision.addresses,
    intents: intentsOf(decision, before),
    keepUntil: now + keepSeconds * 1000,
  }
}

async function publishDecided(decided: Decided, cycle: Cycle, lease: Lease): Promise<Published | null> {
  const { decision, before } = decided
  const { network, options, ports, now } = cycle
  const { publication } = decision
  if (publication === null) return null
  const endsAt = Math.min(lease.until, publishingEndsAt(cycle))
  const { pushed } = before
  const limit = { endsAt, pushed, recordsRate: rateOf(network, options.pushingNetworks), now }
  const texts = textsOf(publication, { before, network, templates: options.templates })
  return publish(publication, network, { ...limit, texts }, ports)
}

function settledOf({ decision, before, etags }: Decided, published: Published | null, now: number, status: Status) {
  const { publication, liveSet, rotations } = decision
  const live = before.live === null ? null : liveSet.live
  if (publication === null || published === null) return { now, status, live, rotations, records: noRecords }
  const seen = seenAfter(before.seen, new Map([...etags, ...published.etags]))
  const after = recordsAfter(publication, published)
  const records = { ...after, zones: new Map([...(before.learned ?? []), ...after.zones]) }
  return { now, status, live, rotations, records: seen === null ? records : { ...records, seen } }
}

async function free({ ports, now }: Cycle, lease: Lease): Promise<void> {
  const settled = { now, status: 'failed', live: null, rotations: null, records: noRecords }
  await ports.table.finish(lease, settled).catch(() => {
    // The lease ends by itself (behaviour §8.1).
  })
}
