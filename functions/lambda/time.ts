import { maxRunSeconds } from '../core/domain/limits.ts'

/** What a function keeps back of its own time limit, so that it ends by itself. */
const reserveSeconds = 4

/** How long a run may take, in seconds, when the platform ends the function after this many milliseconds. */
export function runSeconds(remainingMs: number): number {
  return Math.max(1, Math.min(maxRunSeconds, Math.floor(remainingMs / 1000) - reserveSeconds))
}
