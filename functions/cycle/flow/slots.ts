/** Does `work` when there is a free slot, and gives what that gives. */
export type Slots = <T>(work: () => Promise<T>) => Promise<T>

/** This many slots for work that is under way at once; a caller that finds none waits, first come first served. */
export function createSlots(count: number): Slots {
  let free = count
  const waiting: (() => void)[] = []
  return async work => {
    if (free > 0) free--
    else await new Promise<void>(resolve => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free++
      else next()
    }
  }
}
