import { clock } from '../adapters/time/clock.ts'
import { noOutput } from '../app/cycle-output.ts'
import { chooseSubject } from '../app/cycle-subject.ts'
import { storageAt } from '../app/open-storage.ts'
import { atOnce, runManagedCycle } from '../app/run-cycle.ts'
import { placeOf } from '../app/target.ts'
import { UsageError } from '../core/domain/errors.ts'
import { maxLockSeconds, maxRunSeconds } from '../core/domain/limits.ts'
import { isoTime, untilWords } from '../core/domain/time-words.ts'
import type { Report } from '../core/report/report.ts'
import { onSite, type Where } from './place.ts'

export interface CycleOptions {
  /** Write nothing; the report tells what a cycle would do. */
  readonly dryRun?: boolean
  /** Run even if the last run started less than 30 seconds ago. */
  readonly force?: boolean
  /** Write every zone, changed or not. */
  readonly forceUpdate?: boolean
}

/** A network that is held for this program: no cycle works until it is freed, or until the time is over. */
export interface Lock {
  /** ISO 8601, UTC: when it ends by itself. */
  readonly until: string
  readonly free: () => Promise<void>
}

/** Runs one cycle; whatever becomes of it is in the report. Throws only for wrong usage or configuration. */
export async function runCycle({ network, ...where }: Where, options: CycleOptions = {}): Promise<Report> {
  const flags = { ...where, ...(network === undefined ? {} : { dnet: network }), ...options, json: true }
  const place = placeOf(flags, process.env)
  const open = storageAt(place, process.env)
  const subject = await chooseSubject({ flags, env: process.env, place, open })
  const run = { ...flags, maxSeconds: maxRunSeconds }
  const { report } = await runManagedCycle(subject, run, { open, notBefore: atOnce }, noOutput)
  return report
}

/**
 * Takes the lease of a network for this many seconds (1 to 3600), so that no cycle works meanwhile; also a cycle that
 * starts within 30 seconds of it is too soon. Throws where a run has the lease.
 */
export function lock(where: Where, seconds: number): Promise<Lock> {
  if (!(seconds >= 1 && seconds <= maxLockSeconds)) {
    throw new UsageError(`a lock lasts from 1 to ${maxLockSeconds} seconds`)
  }
  return onSite(where, false, async ({ leases }, { network }) => {
    const lease = await leases.take(network.name, Math.ceil(seconds), clock())
    if (!('run' in lease)) {
      throw new Error(`another run holds the lease of ${network.name}${untilWords(lease.until)}`)
    }
    const free = () => onSite(where, false, storage => storage.leases.free(lease))
    return { until: isoTime(lease.until), free }
  })
}
