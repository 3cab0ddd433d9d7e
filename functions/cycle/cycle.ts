import type { Network } from '../core/config/network.ts'
import { intentsOf, recordsAfter, unchanged } from '../core/decision/settle.ts'
import { messageOf } from '../core/domain/message.ts'
import { startRunClock } from '../core/domain/run-clock.ts'
import { runsToRead } from '../core/history/history.ts'
import { boundedReport } from '../core/report/bounded-report.ts'
import { emptyReport, type Report, type Status } from '../core/report/report.ts'
import { certificatesAfter, seenAfter } from '../core/state/seen.ts'
import { nothingServed, type ServedSeen } from '../core/state/served-seen.ts'
import { announceReport } from './announce.ts'
import { reportOf } from './cycle-report.ts'
import { failedReport, refusedReport } from './ended-early.ts'
import { freeLease } from './free-lease.ts'
import { lookServed } from './look-served.ts'
import { PartlyRecorded } from './ports/errors.ts'
import type { Begun, Lease, Ports, Recording, Stored } from './ports/ports.ts'
import { type Cycle, type CycleOptions, type Decided, probeAndDecide } from './probe-and-decide.ts'
import { type Published, publish } from './publishing/publish.ts'
import { textsOf } from './publishing/texts.ts'
import { rateOf } from './route53/calls.ts'
import { pushRecords } from './route53/push-records.ts'
import { linesAbout } from './tell-problems.ts'

/** Seconds for which a lease outlives the longest run (behaviour §8.1). */
const leaseGraceSeconds = 15
/** Publishing ends so long before it, so that the outcome can still be saved. */
const savingReserveSeconds = 3

/** Runs one cycle of one network. Never rejects: what went wrong is in the report (`failed`, warnings). */
export async function runCycle(network: Network, options: CycleOptions, ports: Ports): Promise<Report> {
  const { now, clock, elapsedMs } = startRunClock(ports)
  const cycle: Cycle = { network, options, ports: { ...ports, clock }, now, elapsedMs }
  const report = boundedReport(options.dryRun ? await dryRun(cycle) : await realRun(cycle))
  // What is wrong with a zone is told where that zone is planned.
  const problems = options.problems.filter(({ severity, scope }) => severity === 'warning' || scope === 'canaries')
  const lines = await linesAbout(problems, report, ports.told)
  return { ...report, durationMs: tookMs(cycle), warnings: [...lines, ...report.warnings] }
}

function tookMs({ elapsedMs }: Cycle): number {
  return Math.round(elapsedMs())
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

/** How far a cycle got that has the lease. */
interface Course {
  decided: Decided | null
  /** The decision is saved. */
  recorded: boolean
  published: Published | null
  /** What name servers were found to serve; null where nobody looked. */
  served: ServedSeen | null
  status: Status
  /** What it failed for; null where it did not fail, or only at getting anything out. */
  error: unknown
}

/** The story of a cycle that has the lease. Whatever fails in it, the lease is freed if it still can be. */
async function leasedRun(cycle: Cycle, begun: Begun & { status: 'begun' }): Promise<Report> {
  const course: Course = {
    decided: null,
    recorded: false,
    published: null,
    served: null,
    status: 'failed',
    error: null,
  }
  try {
    await takeCourse(course, cycle, begun)
  } catch (error) {
    course.status = 'failed'
    course.error = error ?? 'nobody says why'
    course.recorded ||= error instanceof PartlyRecorded
    await freeLease(cycle, begun.lease, messageOf(course.error))
  }
  const { decided, recorded, error } = course
  if (decided === null) return failedReport(cycle, error, begun.before.live)
  const report = courseReport(decided, course, cycle)
  return recorded ? announced(report, decided, begun, cycle) : report
}

async function takeCourse(course: Course, cycle: Cycle, { lease, before }: Begun & { status: 'begun' }): Promise<void> {
  const { ports, now } = cycle
  const decided = await probeAndDecide(cycle, before)
  course.decided = decided
  await ports.table.record(lease, recordingOf(decided, cycle))
  course.recorded = true
  const published = await publishDecided(decided, cycle, lease)
  course.published = published
  const status = published?.gotNothingOut ? 'failed' : decided.decision.status
  course.served = await lookServed(decided, published, cycle, publishingEndsAt(cycle))
  await ports.table.finish(lease, settledOf(decided, course, now, status))
  course.status = status
}

/** The report of a cycle that decided. One that cannot be told makes no saved cycle a failed one. */
function courseReport(decided: Decided, { recorded, published, served, status, error }: Course, cycle: Cycle): Report {
  const { network, options, now } = cycle
  const saved = error === null
  const trouble = saved ? [] : [`the cycle failed: ${messageOf(error)}`]
  try {
    return reportOf(network, { ...cycle, ...decided, status, published, served, recorded, saved, ...options, trouble })
  } catch (why) {
    const { live, recorded: earlier } = decided.decision.liveSet
    const warnings = [...trouble, `the report cannot be told in full: ${messageOf(why)}`]
    return { ...emptyReport(network.name, status, false, now), live: recorded ? live : earlier, warnings }
  }
}

/** The report, after its events were sent. */
function announced(
  report: Report,
  { before }: Decided,
  { lastStatus }: Begun & { status: 'begun' },
  cycle: Cycle,
): Promise<Report> {
  const { network, options, ports } = cycle
  const { served = nothingServed } = before.seen ?? {}
  const earlier = { live: before.live, history: before.history, status: lastStatus, late: served.late }
  const timed = boundedReport({ ...report, durationMs: tookMs(cycle) })
  return announceReport(timed, earlier, network, options.maxSeconds * 1000 - cycle.elapsedMs(), ports)
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

function settledOf(
  { decision, before, probed, etags }: Decided,
  { published, served }: Course,
  now: number,
  status: Status,
) {
  const { publication, liveSet, rotations } = decision
  const live = before.live === null ? null : liveSet.live
  if (publication === null || published === null) return { now, status, live, rotations, records: unchanged }
  const sights = {
    etags: new Map([...etags, ...published.etags]),
    served: served ?? undefined,
    certificates: certificatesAfter(before.seen, probed.edges),
  }
  const seen = seenAfter(before.seen, sights)
  const after = recordsAfter(publication, published)
  const records = { ...after, zones: new Map([...(before.learned ?? []), ...after.zones]) }
  return { now, status, live, rotations, records: seen === null ? records : { ...records, seen } }
}
