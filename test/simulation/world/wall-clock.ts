import type { Random } from './random.ts'
import type { Time } from './time.ts'

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
const year = 365 * day
/** By how much a wrong clock is off: milliseconds. */
const errors = [-10_000, 10_000, 4 * minute, -4 * minute, 20 * minute, -20 * minute, hour, -hour, 2 * hour, -2 * hour]
const wildErrors = [day, -day, year, -year, 20 * year, -20 * year, 90 * year, -56 * year]

/** The wall clock of all functions, which somebody sets now and then. Milliseconds since 1970. */
export interface WallClock {
  readonly now: () => number
  /** Sets it wrong, or right again. */
  readonly set: (random: Random) => void
  readonly setRight: () => void
}

/** A clock that is right; `told` hears of every time it is set. */
export function createWallClock(time: Time, told: () => void): WallClock {
  let errorMs = 0
  const setTo = (error: number) => {
    if (error === errorMs) return
    errorMs = error
    told()
  }
  return {
    now: () => time.now() + errorMs,
    set: random => setTo(random.chance(0.45) ? 0 : random.pick(random.chance(0.7) ? errors : wildErrors)),
    setRight: () => setTo(0),
  }
}
