import type { Network } from '../core/config/network.ts'
import type { Problem } from '../core/config/problem.ts'
import { type Told, tellProblems } from '../core/config/told.ts'
import { messageOf } from '../core/domain/message.ts'
import { startRunClock } from '../core/domain/run-clock.ts'
import { boundedReport, maxWarnings } from '../core/report/bounded-report.ts'
import { configurationEvents } from '../core/report/configuration-events.ts'
import { emptyReport, type Report, type Status } from '../core/report/report.ts'
import type { RecordOutcome } from '../core/route53/record-outcome.ts'
import { nothingServed, type ServedSeen } from '../core/state/served-seen.ts'
import { announceReport } from './announce.ts'
import { noteTaking } from './configuration/note-taking.ts'
import { reportOf, withConfiguration } from './cycle-report.ts'
import { dryRun } from './dry-run.ts'
import { failedReport, refusedReport } from './ended-early.ts'
import { freeLease } from './free-lease.ts'
import { lookServed } from './look-served.ts'
import { PartlyRecorded } from './ports/errors.ts'
import type { Begun, Ports } from './ports/ports.ts'
import { type Cycle, type CycleOptions, type Decided, probeAndDecide } from './probe-and-decide.ts'
import { publishDecided, publishingEndsAt } from './publish-decided.ts'
import type { Published } from './publishing/publish.ts'
import { recordingOf, settledOf } from './saved.ts'
import { early, type Given, type OpenOptions, type Start, type Subject, samplesOf } from './start.ts'

/** Seconds for which a lease outlives the longest run (behaviour §8.1). */
const leaseGraceSeconds = 15

/** Runs one cycle of one network as it is given. Never rejects: what went wrong is in the report (`failed`, warnings). */
export function runCycle(network: Network, options: CycleOptions, ports: Ports): Promise<Report> {
  return run({ name: network.name }, { network, options }, ports)
}

/** Runs one cycle with the configuration in force (behaviour §11). Never rejects. */
export function runConfiguredCycle(subject: Subject, options: OpenOptions, ports: Ports): Promise<Report> {
  return run(subject, { network: null, options }, ports)
}

async function run(subject: Subject, given: Given, ports: Ports): Promise<Report> {
  const { now, clock, elapsedMs } = startRunClock(ports)
  const start: Start = { subject, given, ports: { ...ports, clock }, now, elapsedMs, cycle: null, told: null }
  const report = boundedReport(given.options.dryRun ? await dryRun(start) : await realRun(start))
  const { lines } = start.told ?? toldOf(start.cycle, null)
  return { ...report, durationMs: Math.round(elapsedMs()), warnings: [...lines, ...report.warnings] }
}

/** What is told of the configuration: in full, unless it was already, which `before` says. */
function toldOf(cycle: Cycle | null, before: string | null): Told {
  // What is wrong with a zone is told where that zone is planned.
  const isTold = ({ severity, scope }: Problem) => severity === 'warning' || scope === 'canaries'
  return tellProblems(before, (cycle?.options.problems ?? []).filter(isTold), maxWarnings)
}

function tookMs({ elapsedMs }: Cycle): number {
  return Math.round(elapsedMs())
}

async function realRun(start: Start): Promise<Report> {
  const { subject, given, ports, now } = start
  let begun: Begun
  try {
    begun = await ports.table.begin({
      network: subject.name,
      now,
      leaseSeconds: given.options.maxSeconds + leaseGraceSeconds,
      force: given.options.force,
      samples: samplesOf(start),
    })
  } catch (error) {
    return failedReport(early(start), error)
  }
  if (begun.status !== 'begun') {
    start.told = { lines: [], hash: null }
    return refusedReport(early(start), begun)
  }
  const cycle = start.cycle as Cycle
  start.told = toldOf(cycle, begun.before.seen?.told ?? null)
  return leasedRun(cycle, begun, start.told)
}

/** How far a cycle got that has the lease. */
interface Course {
  decided: Decided | null
  /** The decision is saved. */
  recorded: boolean
  published: Published | null
  /** What name servers were found to serve; null where nobody looked. */
  served: ServedSeen | null
  /** Why name servers could not be asked. */
  unseen: readonly string[]
  status: Status
  /** What it failed for; null where it did not fail, or only at getting anything out. */
  error: unknown
  /** What of its configuration could not be kept; null where nothing. */
  untold: string | null
}

/** The story of a cycle that has the lease. Whatever fails in it, the lease is freed if it still can be. */
async function leasedRun(cycle: Cycle, begun: Begun & { status: 'begun' }, told: Told): Promise<Report> {
  const course: Course = {
    decided: null,
    recorded: false,
    published: null,
    served: null,
    unseen: [],
    status: 'failed',
    error: null,
    untold: null,
  }
  try {
    await takeCourse(course, cycle, begun, told)
  } catch (error) {
    course.status = 'failed'
    course.error = error ?? 'no reason was given'
    course.recorded ||= error instanceof PartlyRecorded
    await freeLease(cycle, begun.lease, messageOf(course.error))
  }
  const { decided, recorded, error, untold } = course
  if (decided === null) return withConfiguration(failedReport(cycle, error, begun.before.live), cycle)
  const report = withConfiguration(courseReport(decided, course, cycle), cycle, untold)
  return recorded ? announced(report, decided, begun, cycle) : report
}

async function takeCourse(
  course: Course,
  cycle: Cycle,
  { lease, before }: Begun & { status: 'begun' },
  told: Told,
): Promise<void> {
  const { ports, now } = cycle
  const decided = await probeAndDecide(cycle, before)
  course.decided = decided
  await ports.table.record(lease, recordingOf(decided, cycle))
  course.recorded = true
  const published = await publishDecided(decided, cycle, lease)
  course.published = published
  const status = published?.gotNothingOut ? 'failed' : decided.decision.status
  const looked = await lookServed(decided, published, cycle, publishingEndsAt(cycle))
  course.served = looked.served
  course.unseen = looked.warnings
  course.untold = await noteTaking(cycle, lease)
  await ports.table.finish(lease, settledOf(decided, { ...course, told }, now, status))
  course.status = status
}

/** The report of a cycle that decided. One that cannot be told makes no saved cycle a failed one. */
function courseReport(decided: Decided, course: Course, cycle: Cycle): Report {
  const { recorded, published, served, status, error, unseen } = course
  const { network, now } = cycle
  const saved = error === null
  const trouble = saved ? unseen : [`the cycle failed: ${messageOf(error)}`, ...unseen]
  try {
    const plannedRecords = new Map<string, RecordOutcome>()
    return reportOf(cycle, decided, { status, recorded, saved, published, served, plannedRecords, trouble })
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
  const more = cycle.inUse ? configurationEvents(report, cycle.inUse) : []
  return announceReport(timed, earlier, network, options.maxSeconds * 1000 - cycle.elapsedMs(), ports, more)
}
