import type { Network } from '../../core/config/network.ts'
import { isFailure, type Probe } from '../../core/domain/model.ts'
import { assess } from '../../core/judgement/assess.ts'
import type { Before } from '../../core/state/network-state.ts'
import type { Stop } from '../flow/end-of-run.ts'
import type { Ports, Target } from '../ports/ports.ts'
import type { Sample } from './second-look.ts'

/** Which failures are looked at once more before they are judged, and how long after them (behaviour §10.1). */
export interface RecheckRule {
  readonly afterSeconds: number
  /** Whether this target would be judged `fail` for this failed probe, and is a member of the recorded live set. */
  readonly isDue: (target: Target, probe: Probe) => boolean
}

/** Fetches that are under way, or have yet to begin, until `ended` resolves. */
export interface Rechecks {
  /** Takes note of how a target's probe ended. */
  readonly after: (target: Target, probe: Probe) => void
  /** Resolves when all of them are over, or were ended; with the edges that were fetched once more. */
  readonly ended: () => Promise<ReadonlySet<string>>
}

export interface RecheckContext {
  readonly rule: RecheckRule | null
  readonly stop: Stop
  readonly sleep: Ports['sleep']
  /** Fetches from a target, when there is room for that, with a deadline of its own. */
  readonly fetch: (target: Target) => Promise<Sample>
  /** Called with a fetch that succeeded: it is the sample. */
  readonly settle: (target: Target, sample: Sample) => void
}

/**
 * Second fetches of those who would fall, each this many seconds after the first one ended, all in parallel. Nothing is
 * fetched when probing has ended; what is not over by then leaves the first probe as it is.
 */
export function createRechecks({ rule, stop, sleep, fetch, settle }: RecheckContext): Rechecks {
  const rechecked = new Set<string>()
  const under: Promise<void>[] = []
  const again = async (target: Target, { address }: Probe, afterSeconds: number) => {
    await sleep(afterSeconds * 1000, stop.signal)
    if (stop.why() !== null) return
    // A name is resolved once in a cycle (behaviour §1.3), unless it was not.
    const sample = await fetch({ ...target, address: address ?? target.address })
    if (stop.why() !== null) return
    rechecked.add(target.name)
    if (sample.probe.outcome === 'ok') settle(target, sample)
  }
  return {
    after: (target, probe) => {
      if (rule === null || !isFailure(probe.outcome) || !rule.isDue(target, probe)) return
      under.push(again(target, probe, rule.afterSeconds))
    },
    ended: async () => {
      await Promise.all(under)
      return rechecked
    },
  }
}

/**
 * The network's rule for second fetches; null where there are none (behaviour §10.1). Due are members of the recorded live
 * set that would be judged `fail` for their failed probe, whatever they were judged before. `now`: milliseconds.
 */
export function recheckRule({ settings }: Network, before: Before, now: number): RecheckRule | null {
  if (settings.recheck === 0) return null
  const live = new Set(before.live)
  const { history } = before
  return {
    afterSeconds: settings.recheck,
    isDue: ({ kind, name }, probe) =>
      kind === 'edge' &&
      live.has(name) &&
      assess(kind, name, probe, true, { history, recorded: history, now, settings }).judgement === 'fail',
  }
}
