import type { Start } from './functions.ts'
import { type Fate, spared } from './process.ts'
import type { Random } from './random.ts'

/** A start within a cycle's time, this many milliseconds after its beginning. */
export interface Planned extends Start {
  readonly afterMs: number
  /** A function that was just started for the first time. */
  readonly isCold: boolean
}

/** How long points of one run are, more or less. */
const points = 70

/** Who starts when: a schedule that fires, twice, late or not at all; operators who start runs of their own; dry runs. */
export function drawStarts(random: Random): Planned[] {
  const starts: Planned[] = []
  const add = (afterMs: number, changes: Partial<Planned> = {}) => {
    const plain = { kind: 'manage' as const, force: false, forceUpdate: false }
    starts.push({ ...plain, afterMs, fate: drawFate(random), isCold: random.chance(0.08), ...changes })
  }
  if (!random.chance(0.06)) add(random.chance(0.05) ? random.between(5_000, 50_000) : random.int(1_000))
  // Delivered at least once: the second may come at the same moment.
  if (random.chance(0.06)) add(random.chance(0.5) ? random.int(1_200) : random.int(50_000))
  if (random.chance(0.05)) add(random.int(55_000), { force: true, forceUpdate: random.chance(0.5) })
  if (random.chance(0.06)) add(random.int(55_000), { kind: 'dry-run', forceUpdate: random.chance(0.3) })
  return starts.sort((a, b) => a.afterMs - b.afterMs)
}

function drawFate(random: Random): Fate {
  if (random.chance(0.07)) return { ...spared, killAt: random.between(1, points) }
  if (random.chance(0.04))
    return { ...spared, pauseAt: random.between(1, points), pauseMs: random.between(5_000, 200_000) }
  return spared
}
