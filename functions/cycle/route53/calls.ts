import type { Network } from '../../core/config/network.ts'
import { signalAfter } from '../flow/limit.ts'
import { RecordsFault } from '../ports/errors.ts'
import type { Ports, RecordsPort } from '../ports/ports.ts'

/** Nothing is started after `endsAt` (milliseconds); `rate` is this run's share of the account's, requests a second. */
export interface CallLimit {
  readonly endsAt: number
  readonly rate: number
}

/** The same calls without signals: each waits for its turn and is repeated where that may help. */
export interface Calls {
  readonly hostedZones: (from: string | null) => ReturnType<RecordsPort['hostedZones']>
  readonly recordSets: (...of: WithoutSignal<'recordSets'>) => ReturnType<RecordsPort['recordSets']>
  readonly nameServers: (...of: WithoutSignal<'nameServers'>) => ReturnType<RecordsPort['nameServers']>
  /** A lost answer is not asked for again: whether the change was carried out has to be read. */
  readonly change: (...of: WithoutSignal<'change'>) => ReturnType<RecordsPort['change']>
}

type WithoutSignal<K extends keyof RecordsPort> =
  Parameters<RecordsPort[K]> extends [...infer Rest, AbortSignal] ? Rest : never

const maxAttempts = 6
const firstPauseMs = 250
/** Throttling halves the rate, down to this part of it. */
const slowest = 8

/** Time ends before all is done: what is left is due (behaviour §7.4). */
export const timeIsOver = 'time was over before it was pushed'

/** This network's share of the account's rate, in requests a second; `networks`: how many of them push. */
export function rateOf({ settings }: Network, networks = 1): number {
  return settings.route53.rate / networks
}

/** Calls that keep the rate, whoever makes them; being throttled halves it for the rest of the cycle. */
export function pacedCalls(
  port: RecordsPort,
  { endsAt, rate }: CallLimit,
  { clock, sleep }: Pick<Ports, 'clock' | 'sleep'>,
): Calls {
  const pace = { intervalMs: 1000 / rate, free: Number.NEGATIVE_INFINITY, slowedAt: Number.NEGATIVE_INFINITY }
  const slot = async (): Promise<number> => {
    const at = Math.max(clock(), pace.free)
    if (at >= endsAt) throw new RecordsFault('refused', timeIsOver)
    pace.free = at + pace.intervalMs
    if (at > clock()) await sleep(at - clock())
    const startsAt = clock()
    // Whoever was held up on the way may not hold the lease any more (behaviour §8.1).
    if (startsAt >= endsAt) throw new RecordsFault('refused', timeIsOver)
    return startsAt
  }
  const slowDown = (startedAt: number) => {
    // Requests that were under way when the rate was halved say nothing about the new one.
    if (startedAt <= pace.slowedAt || pace.intervalMs * 2 > (slowest * 1000) / rate) return
    pace.intervalMs *= 2
    pace.slowedAt = clock()
  }
  const call = async <T>(work: (signal: AbortSignal) => Promise<T>, repeatsLost: boolean): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      const startedAt = await slot()
      try {
        return await work(signalAfter(endsAt - startedAt))
      } catch (error) {
        const kind = error instanceof RecordsFault ? error.kind : 'refused'
        if (kind === 'throttled') slowDown(startedAt)
        const isWorthIt = kind === 'throttled' || (kind === 'lost' && repeatsLost)
        if (!isWorthIt || attempt === maxAttempts) throw error
        await sleep(firstPauseMs * 2 ** (attempt - 1))
      }
    }
  }
  return {
    hostedZones: from => call(signal => port.hostedZones(from, signal), true),
    recordSets: (hostedZone, from) => call(signal => port.recordSets(hostedZone, from, signal), true),
    nameServers: hostedZone => call(signal => port.nameServers(hostedZone, signal), true),
    change: (hostedZone, changes) => call(signal => port.change(hostedZone, changes, signal), false),
  }
}
