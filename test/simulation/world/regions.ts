import { regionPool } from './folder.ts'
import type { Random } from './random.ts'

/** How the vantage point of a region is for a while. */
export type RegionMood =
  | 'works'
  | 'cut off'
  | 'lies'
  | 'tells a part'
  | 'babbles'
  | 'has another version'
  | 'throws'
  | 'hangs'

const moods: readonly RegionMood[] = [
  ...Array<RegionMood>(8).fill('works'),
  'cut off',
  'lies',
  'tells a part',
  'babbles',
  'has another version',
  'throws',
  'hangs',
]

/** Where edges are seen from: the prober's own region, which may be cut off from some, and those of the vantage points. */
export interface Regions {
  /** Something changes: whom the prober reaches, or how a vantage point is. */
  readonly change: (random: Random) => void
  /** From now on everybody reaches everybody. */
  readonly calm: () => void
  readonly moodOf: (region: string) => RegionMood
  /** Whether the prober does not reach this address, which others may reach. */
  readonly isCutOff: (address: string) => boolean
  /** How often something has changed. */
  readonly changes: () => number
}

/** Regions without faults; `addresses`: everyone's. */
export function createRegions(addresses: readonly string[]): Regions {
  const byRegion = new Map<string, RegionMood>()
  let cutOff = new Set<string>()
  let changes = 0
  return {
    change: random => {
      changes++
      if (random.chance(0.5)) byRegion.set(random.pick(regionPool), random.pick(moods))
      const share = random.pick([0, 0, 0.3, 0.5, 0.9])
      if (random.chance(0.7)) cutOff = new Set(addresses.filter(() => random.chance(share)))
    },
    calm: () => {
      changes++
      byRegion.clear()
      cutOff.clear()
    },
    moodOf: region => byRegion.get(region) ?? 'works',
    isCutOff: address => cutOff.has(address),
    changes: () => changes,
  }
}
