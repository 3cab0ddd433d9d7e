import type { Settings } from '../core/config/settings.ts'
import { messageOf } from '../core/domain/message.ts'
import type { Event } from '../core/report/event.ts'
import type { Report } from '../core/report/report.ts'
import { signalAfter } from './flow/limit.ts'
import type { CallOut, Ports } from './ports/ports.ts'

/** Nobody waits longer for a heartbeat, or for those who are notified: milliseconds. */
const patienceMs = { heartbeat: 3_000, notify: 5_000 } as const

/**
 * Fetches `heartbeat` after a cycle that was saved as `ok`, and posts its events to each of `notify`, once (behaviour §14.1,
 * §14.2), all at the same time and within what is left of the run's time (`leftMs`, milliseconds). Never rejects; the answer
 * is what an operator should know of it. Places are named by their host: the rest of a URL may be a secret.
 */
export async function leaveMarks(
  report: Report,
  events: readonly Event[],
  { heartbeat, notify }: Pick<Settings, 'heartbeat' | 'notify'>,
  leftMs: number,
  { callOut }: Pick<Ports, 'callOut'>,
): Promise<string[]> {
  if (callOut === undefined) return []
  const body = JSON.stringify({ network: report.network, events: events.map(posted) })
  const calls = [
    ...(heartbeat === null || report.status !== 'ok'
      ? []
      : [call(callOut, heartbeat, null, Math.min(leftMs, patienceMs.heartbeat), 'the heartbeat was not taken')]),
    ...(events.length === 0
      ? []
      : notify.map(url => call(callOut, url, body, Math.min(leftMs, patienceMs.notify), 'events were not taken'))),
  ]
  return (await Promise.all(calls)).flatMap(trouble => trouble ?? [])
}

/** An event as EventBridge has it. */
function posted({ happening, detail }: Event): object {
  return { source: 'edgemanage', 'detail-type': happening, detail }
}

async function call(
  callOut: CallOut,
  url: string,
  body: string | null,
  timeMs: number,
  what: string,
): Promise<string | null> {
  const where = `${what} by ${new URL(url).host}`
  if (timeMs <= 0) return `${where}: time ran out`
  const limit = signalAfter(timeMs)
  const over = new Promise<never>((_resolve, reject) => {
    limit.addEventListener('abort', () => reject(new Error(`no answer within ${Math.round(timeMs) / 1000} s`)), {
      once: true,
    })
  })
  try {
    await Promise.race([callOut(url, body, limit), over])
    return null
  } catch (error) {
    return `${where}: ${messageOf(error)}`
  }
}
