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
export const timeIsOver = 'time ran out before it was pushed'

/** This network's share of the account's rate, in requests a second; `networks`: how many of them push. */
export function rateOf({ settings }: Network, networks = 1): number {
  return settings.route53.rate / networks
}

/** The rate that is kept, whoever asks. */
interface Pace {
  /** Waits until the next request may start; answers when that is (milliseconds). Throws where time is over by then. */
  readonly turn: () => Promise<number>
  /** Halves the rate, as a request that started then (milliseconds) was throttled. */
  readonly slowDown: (startedAt: number) => void
}

function createPace({ endsAt, rate }: CallLimit, { clock, sleep }: Pick<Ports, 'clock' | 'sleep'>): Pace {
  let [intervalMs, free, slowedAt] = [1000 / rate, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  return {
    turn: async () => {
      const at = Math.max(clock(), free)
      if (at >= endsAt) throw new RecordsFault('refused', timeIsOver)
      free = at + intervalMs
      if (at > clock()) await sleep(at - clock())
      const startsAt = clock()
      // A run that was delayed on the way may have lost the lease (behaviour §8.1).
      if (startsAt >= endsAt) throw new RecordsFault('refused', timeIsOver)
      return startsAt
    },
    slowDown: startedAt => {
      // Requests that were under way when the rate was halved say nothing about the new one.
      if (startedAt <= slowedAt || intervalMs * 2 > (slowest * 1000) / rate) return
      intervalMs *= 2
      slowedAt = clock()
    },
  }
}

/** Calls that keep the rate, whoever makes them; being throttled halves it for the rest of the cycle. */
export function pacedCalls(port: RecordsPort, limit: CallLimit, time: Pick<Ports, 'clock' | 'sleep'>): Calls {
  const pace = createPace(limit, time)
  const call = async <T>(work: (signal: AbortSignal) => Promise<T>, repeatsLost: boolean): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      const startedAt = await pace.turn()
      try {
        return await work(signalAfter(limit.endsAt - startedAt))
      } catch (error) {
        const kind = error instanceof RecordsFault ? error.kind : 'refused'
        if (kind === 'throttled') pace.slowDown(startedAt)
        const isWorthIt = kind === 'throttled' || (kind === 'lost' && repeatsLost)
        if (!isWorthIt || attempt === maxAttempts) throw error
        await time.sleep(firstPauseMs * 2 ** (attempt - 1))
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
