import type { Network } from '../core/config/network.ts'
import { messageOf } from '../core/domain/message.ts'
import type { Event } from '../core/report/event.ts'
import { type Earlier, eventsOf } from '../core/report/events.ts'
import type { Report } from '../core/report/report.ts'
import { signalAfter } from './flow/limit.ts'
import { leaveMarks } from './leave-marks.ts'
import type { Announce, Ports } from './ports/ports.ts'

/** Nobody waits longer for the bus: milliseconds. */
const patienceMs = 5_000

/**
 * Sends what a finished cycle has to tell. It comes last, when the lease is free and everything is saved: a bus that
 * hangs then holds up nobody, and events tell only of what is so. They are lost where it fails, which is a warning of
 * the report and no more. So is an event that cannot be told. `leftMs`: milliseconds of the run's time; `more`: what
 * else it has to tell.
 */
export async function announceReport(
  report: Report,
  earlier: Earlier,
  network: Network,
  leftMs: number,
  ports: Pick<Ports, 'announce' | 'callOut'>,
  more: readonly Event[] = [],
): Promise<Report> {
  const told = toldBy(() => [...eventsOf(report, earlier, network), ...more])
  const [sent, marks] = await Promise.all([
    announceEvents(ports.announce, told.events, leftMs),
    leaveMarks(report, told.events, network.settings, leftMs, ports),
  ])
  const trouble = [told.trouble, sent].flatMap(one => one ?? []).concat(marks)
  return trouble.length === 0 ? report : { ...report, warnings: [...report.warnings, ...trouble] }
}

function toldBy(tell: () => readonly Event[]): { readonly events: readonly Event[]; readonly trouble: string | null } {
  try {
    return { events: tell(), trouble: null }
  } catch (error) {
    return { events: [], trouble: `events were not sent: ${messageOf(error)}` }
  }
}

/** Sends events within this many milliseconds, and 5 s; the answer is what an operator should know if they were not. */
export async function announceEvents(
  announce: Announce | undefined,
  events: readonly Event[],
  leftMs: number = patienceMs,
): Promise<string | null> {
  if (announce === undefined || events.length === 0) return null
  if (leftMs <= 0) return 'events were not sent: time ran out'
  const limit = signalAfter(Math.min(leftMs, patienceMs))
  const over = new Promise<never>((_resolve, reject) => {
    limit.addEventListener('abort', () => reject(new Error('the bus did not answer in time')), { once: true })
  })
  // Nobody waits for it where the bus fails at once.
  over.catch(() => {})
  try {
    await Promise.race([announce(events, limit), over])
    return null
  } catch (error) {
    return `events were not sent: ${messageOf(error)}`
  }
}
