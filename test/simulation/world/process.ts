import type { Time } from './time.ts'

/** What chance has in store for a run: the point at which it is killed, or suspended for a while. 0: never. */
export interface Fate {
  readonly killAt: number
  readonly pauseAt: number
  readonly pauseMs: number
}

export const spared: Fate = { killAt: 0, pauseAt: 0, pauseMs: 0 }

/**
 * One run as the machine sees it. Every port call and every request to a neighbour passes points: before it is made,
 * and before its answer is heard. A run that was killed never goes on: whatever it waits for does not come.
 */
export interface Process {
  readonly id: number
  /** A request leaves; never resolves for the dead. A suspended run has left already. */
  readonly leave: () => Promise<void>
  /** An answer arrives; waits while the run is suspended, never resolves for the dead. */
  readonly arrive: () => Promise<void>
  readonly kill: () => void
  readonly isDead: () => boolean
  /** Points passed so far. */
  readonly points: () => number
  /** Whether it was suspended at any time. */
  readonly wasPaused: () => boolean
  /** Faults that it met with. */
  faults: number
}

/** A run that meets this fate. `onKill` and `onPause` count what came of it. */
export function createProcess(id: number, fate: Fate, time: Time, told: (what: 'killed' | 'paused') => void): Process {
  let isDead = false
  let points = 0
  let pausedUntil = 0
  const kill = () => {
    isDead = true
  }
  const pass = () => {
    points++
    if (isDead || points !== fate.killAt) return
    kill()
    told('killed')
  }
  const leave = async () => {
    pass()
    if (isDead) await gone()
  }
  const arrive = async () => {
    pass()
    if (isDead) await gone()
    if (points === fate.pauseAt) {
      pausedUntil = time.now() + fate.pauseMs
      told('paused')
    }
    while (time.now() < pausedUntil) {
      await time.sleep(pausedUntil - time.now())
      if (isDead) await gone()
    }
  }
  return {
    ...{ id, leave, arrive, kill, faults: 0 },
    isDead: () => isDead,
    points: () => points,
    wasPaused: () => pausedUntil > 0,
  }
}

/** A promise of its own each time: one that all wait for would keep all that wait. */
function gone(): Promise<never> {
  return new Promise<never>(() => {})
}
