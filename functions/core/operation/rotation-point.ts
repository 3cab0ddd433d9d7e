import type { Settings } from '../config/settings.ts'
import { rotationWindowSeconds } from './thresholds.ts'

type Pace = Pick<Settings, 'run_frequency' | 'dnschange_maxfreq' | 'dnschange_window'>

/** Rotations are counted over ten minutes, or ten cycles where those come less often than once a minute. */
const cyclesOfPoint = 10
/** The platform has no longer points. */
export const maxPointSeconds = 86_400

/**
 * Over how many seconds these rotations are to be counted, so that a network that rotates as often as its schedule and
 * its budget (behaviour §5) allow comes to that number; null where that takes more than a day.
 */
export function rotationPoint(rotations: number, pace: Pace): number | null {
  const shortest = Math.max(rotationWindowSeconds, cyclesOfPoint * pace.run_frequency)
  const lengths = [1, 2, 4, 8, 16, 32, 64, 128].map(times => Math.min(times * shortest, maxPointSeconds))
  return lengths.find(seconds => rotationsWithin(seconds, pace) >= rotations) ?? null
}

/** How many rotations there can be in a span of `seconds`, the first at its start, if every cycle rotates that may. */
function rotationsWithin(seconds: number, { run_frequency, dnschange_maxfreq, dnschange_window }: Pace): number {
  const times: number[] = []
  for (let now = 0; now < seconds; now += run_frequency) {
    const spent = times.filter(time => now - time <= dnschange_window).length
    if (dnschange_maxfreq === 0 || spent < dnschange_maxfreq) times.push(now)
  }
  return times.length
}
