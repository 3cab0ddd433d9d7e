import type { Random } from '../world/random.ts'

/** Who waits for a turn; a turn that never comes is a process that was killed. */
export interface Turns {
  /** Resolves when it is this one's turn. */
  readonly wait: () => Promise<void>
  /** Gives that many turns, each to one that waits, as chance has it. */
  readonly give: (count: number, random: Random) => Promise<void>
  readonly waiting: () => number
  /** Forgets everyone who waits: they are gone for ever. */
  readonly killOne: (random: Random) => void
}

/** Lets runs of several networks go on one step at a time, in any order. */
export function createTurns(): Turns {
  const queue: (() => void)[] = []
  const take = (random: Random) => queue.splice(random.int(queue.length), 1)[0]
  return {
    wait: () => new Promise<void>(resolve => void queue.push(resolve)),
    waiting: () => queue.length,
    killOne: random => {
      if (queue.length > 0) take(random)
    },
    give: async (count, random) => {
      for (let turn = 0; turn < count; turn++) {
        // Whatever follows without waiting is done before the next turn.
        await new Promise(resolve => setImmediate(resolve))
        if (queue.length === 0) return
        take(random)?.()
      }
    },
  }
}
