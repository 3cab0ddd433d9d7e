import { keptRotations } from '../domain/limits.ts'

export interface Change {
  readonly edge: string
  readonly reason: string
}

/** A rotation as it is recorded: who came and went, and why. */
export interface Rotation {
  /** Milliseconds. */
  readonly time: number
  readonly in: readonly Change[]
  readonly out: readonly Change[]
}

/** How many rotations count against the budget at `now`: those with `now − t ≤ window`. */
export function rotationsInWindow(rotations: readonly number[], now: number, windowSeconds: number): number {
  return rotations.filter(time => now - time <= windowSeconds * 1000).length
}

/**
 * Rotation times with those that a wrong clock dated after `now` moved to `now` (behaviour §5): they count for one
 * more window, and not until the time comes that they name. The same array where there are none. Milliseconds, ascending.
 */
export function datedAnew(rotations: readonly number[], now: number): readonly number[] {
  return rotations.some(time => time > now) ? rotations.map(time => Math.min(time, now)) : rotations
}

/** The rotation times to keep after one at `now`: ascending, the newest that are kept. */
export function withRotation(rotations: readonly number[], now: number): number[] {
  return [...rotations, now].sort((a, b) => a - b).slice(-keptRotations)
}
