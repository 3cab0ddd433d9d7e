import type { Probe } from '../core/model.ts'
import { type Fetched, nearMissesOf } from '../core/near-miss.ts'
import type { LoopWatch } from './loop-watch.ts'
import type { Ports, Request, Target } from './ports.ts'
import type { Stop } from './stop.ts'
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

/** What watches over the probing, and what ends each kind of probe. */
interface Watch {
  readonly stops: Readonly<Record<Target['kind'], Stop>>
  readonly loop: LoopWatch
}

/**
 * Fetches each near miss once more, one alone at a time, and takes that for its sample in `found` (behaviour §1.1). It
 * has what the first fetch left of the probe's one deadline. If it fails or there is no time, the first fetch stands:
 * the edge did answer. Answers how many near misses were too many.
 */
export async function lookAgain(
  found: Map<Target, Sample>,
  request: Request,
  options: SecondLookOptions,
  { stops, loop }: Watch,
  ports: Pick<Ports, 'probe' | 'clock'>,
): Promise<number> {
  const { again, left } = nearMissesOf(fetchedOf(found, options, loop))
  for (const { target, address, tookSeconds, thresholdMicros } of again) {
    const stop = stops[target.kind]
    const seconds = Math.min(request.timeoutSeconds - tookSeconds, (options.endsAt - ports.clock()) / 1000)
    if (stop.why() !== null || seconds * 1e6 <= thresholdMicros) continue
    const fromMs = loop.read().nowMs
    const fetching = (async () =>
      ports.probe({ ...target, address }, { ...request, timeoutSeconds: seconds }, stop.signal))()
    const probe = await Promise.race([fetching.catch(() => null), stop.late.then(() => null)])
    if (probe?.outcome === 'ok' && stop.why() === null) found.set(target, { probe, fromMs, toMs: loop.read().nowMs })
  }
  return left
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
