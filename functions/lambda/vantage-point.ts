import { createHttpProbe } from '../adapters/probe/http-probe.ts'
import type { Probe } from '../core/domain/model.ts'
import { isPublicAddress } from '../core/zone/addresses.ts'
import type { Ports } from '../cycle/ports/ports.ts'
import { type Seen, vantageVersion } from '../cycle/ports/vantage.ts'
import { parseVantageEvent } from './vantage-event.ts'

/** What a vantage point answers (contract, "Events and reports"). */
export interface VantageAnswer {
  readonly version: number
  readonly region: string
  readonly outcomes: readonly Seen[]
}

export interface VantagePointOptions {
  readonly probe: Ports['probe']
  /** The AWS region in which it runs. */
  readonly region: string
  /** Which canonical addresses it may fetch from; left out: public ones, as whoever calls it names them. */
  readonly mayFetch?: (address: string) => boolean
}

/** The vantage point that the platform runs: it fetches from public addresses alone, whatever its environment says. */
export function openVantagePoint({ AWS_REGION = '' }: NodeJS.ProcessEnv) {
  return createVantagePoint({ probe: createHttpProbe(), region: AWS_REGION })
}

/** A vantage point: fetches the object from each target as a probe does, all at once, and keeps nothing. */
export function createVantagePoint({ probe, region, mayFetch = isPublicAddress }: VantagePointOptions) {
  return async (event: unknown): Promise<VantageAnswer> => {
    const { request, targets } = parseVantageEvent(event, mayFetch)
    const never = new AbortController().signal
    const outcomes = targets.map(async ({ name, address }) =>
      seenOf(name, await probe({ kind: 'edge', name, address, preferred: null }, request, never)),
    )
    return { version: vantageVersion, region, outcomes: await Promise.all(outcomes) }
  }
}

function seenOf(name: string, probe: Probe): Seen {
  const fetchSeconds = probe.outcome === 'ok' ? probe.fetchMicros / 1e6 : null
  // A failure of its own says nothing about the edge (behaviour §1.5).
  const outcome = probe.ownFault === undefined ? probe.outcome : 'skipped'
  return { name, outcome, fetchSeconds, detail: probe.detail }
}
