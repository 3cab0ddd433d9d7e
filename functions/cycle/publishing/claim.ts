import { signalAfter } from '../flow/limit.ts'
import type { Ports } from '../ports/ports.ts'
import { readForeign } from './other-networks.ts'

/** Zones that are to be named for the first time. */
export interface Claim {
  readonly network: string
  readonly zones: readonly string[]
  /** Writes the manifest with these claims; the answer is why that failed, or null. */
  readonly announce: (claims: readonly string[]) => Promise<string | null>
  /** Milliseconds. */
  readonly endsAt: number
}

/**
 * Claims zones before named.conf names them, and answers why some must not be named after all. Each network tells the others
 * first and looks at them then: of two that want one zone at the same moment at least one sees the other (behaviour §7.6).
 */
export async function claimZones(
  { network, zones, announce, endsAt }: Claim,
  { bucket, clock }: Pick<Ports, 'bucket' | 'clock'>,
): Promise<Map<string, string>> {
  if (zones.length === 0) return new Map()
  const failure = await announce(zones)
  if (failure !== null) return new Map(zones.map(zone => [zone, `it could not be claimed: ${failure}`]))
  const signal = signalAfter(endsAt - clock())
  const foreign = await readForeign(network, zones, bucket, signal)
  return new Map([...foreign].flatMap(([zone, { blocked }]) => (blocked === null ? [] : [[zone, blocked]])))
}
