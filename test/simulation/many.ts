import { tellBroken } from './shrink.ts'
import { type Simulation, simulate } from './simulate.ts'
import { addCounts, type Counts, noCounts } from './world/counts.ts'

/** What came of many worlds; `broken` tells the first in which a promise was broken, null where none was. */
export interface Many {
  readonly counts: Counts
  readonly broken: string | null
}

/** Simulates these seeds, one after another, until one breaks a promise. */
export async function simulateMany(
  first: number,
  seeds: number,
  cycles: number,
  how: Pick<Simulation, 'store' | 'clocks'> = {},
): Promise<Many> {
  const counts = noCounts()
  for (let seed = first; seed < first + seeds; seed++) {
    const outcome = await simulate({ seed, cycles, ...how })
    addCounts(counts, outcome.counts)
    if (outcome.brokenAt === null) continue
    return { counts, broken: await tellBroken({ seed, ...how, cycles: Math.max(1, outcome.brokenAt + 1) }) }
  }
  return { counts, broken: null }
}
