import type { Probe } from '../../core/domain/model.ts'
import { type Fetched, nearMissesOf } from '../../core/judgement/near-miss.ts'
import type { Stop } from '../flow/end-of-run.ts'
import type { LoopWatch } from '../ports/loop-watch.ts'
import type { Ports, Target } from '../ports/ports.ts'
import type { Request } from '../ports/request.ts'
import type { Pace } from './pace.ts'
import type { Standard } from './targets.ts'

/** A probe, and the time in which it was made (milliseconds of the loop's clock). */
export interface Sample {
  readonly probe: Probe
  readonly fromMs: number
  readonly toMs: number
}

export interface SecondLookOptions {
  /** Milliseconds: the end of all probing. */
  readonly endsAt: number
  readonly standardOf: (target: Target) => Standard
}

interface Miss extends Fetched {
  readonly target: Target
  /** The one that the first fetch went to: a name is resolved once a cycle (behaviour §1.3). */
  readonly address: string | null
  readonly tookSeconds: number
}

/** What watches over the probing and paces it, and what ends each kind of probe. */
interface Watch {
  readonly stops: Readonly<Record<Target['kind'], Stop>>
  readonly loop: LoopWatch
  readonly pace: Pace
}

/**
 * Fetches each near miss once more, side by side when all others have ended, and takes that for its sample in `found`
 * (behaviour §1.1). It has what the first fetch left of the probe's one deadline. If it fails or there is no time, the
 * first fetch stands: the edge did answer. Answers how many near misses were too many.
 */
export async function lookAgain(
  found: Map<Target, Sample>,
  request: Request,
  options: SecondLookOptions,
  watch: Watch,
  ports: Pick<Ports, 'probe' | 'clock'>,
): Promise<number> {
  const { again, left } = nearMissesOf(fetchedOf(found, options, watch.loop))
  const samples = await Promise.all(again.map(miss => fetchAgain(miss, request, options, watch, ports)))
  for (const [at, { target }] of again.entries()) {
    const sample = samples[at] ?? null
    if (sample !== null) found.set(target, sample)
  }
  return left
}

/** One more fetch; null where it is not to be made, or does not succeed. */
async function fetchAgain(
  { target, address, tookSeconds, thresholdMicros }: Miss,
  request: Request,
  { endsAt }: SecondLookOptions,
  { stops, loop, pace }: Watch,
  ports: Pick<Ports, 'probe' | 'clock'>,
): Promise<Sample | null> {
  const stop = stops[target.kind]
  const leftSeconds = () => Math.min(request.timeoutSeconds - tookSeconds, (endsAt - ports.clock()) / 1000)
  let fromMs = 0
  const fetching = pace(
    () => stop.why() === null && leftSeconds() * 1e6 > thresholdMicros,
    async () => {
      fromMs = loop.read().nowMs
      return ports.probe({ ...target, address }, { ...request, timeoutSeconds: leftSeconds() }, stop.signal)
    },
  ).catch(() => null)
  const probe = await Promise.race([fetching, stop.late.then(() => null)])
  return probe?.outcome === 'ok' && stop.why() === null ? { probe, fromMs, toMs: loop.read().nowMs } : null
}

function fetchedOf(found: ReadonlyMap<Target, Sample>, { standardOf }: SecondLookOptions, loop: LoopWatch): Miss[] {
  return [...found].flatMap(([target, { probe, fromMs, toMs }]) => {
    const standard = standardOf(target)
    if (probe.outcome !== 'ok' || probe.fetchMicros < standard.thresholdMicros) return []
    const lagMicros = loop.lagMs(fromMs, toMs) * 1000
    const { fetchMicros: micros, tookSeconds, address } = probe
    return [{ target, address, name: target.name, micros, tookSeconds: Number(tookSeconds), lagMicros, ...standard }]
  })
}
