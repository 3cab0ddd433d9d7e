import { waitingFor } from '../../../functions/adapters/time/waiting-for.ts'

/** Time that passes only when it is told to: whole years in seconds. Milliseconds since 1970. */
export interface Time {
  readonly now: () => number
  /** Does something at a moment (now, if that is over); what stands first is done first. */
  readonly at: (when: number, work: () => void) => void
  /** Resolves after this many milliseconds, or when the signal fires; never rejects. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /** Lets everything happen that is due up to a moment, one thing after another. */
  readonly advanceTo: (when: number) => Promise<void>
}

interface Due {
  readonly when: number
  readonly order: number
  readonly work: () => void
}

/** A world's time, which begins at `start`. */
export function createTime(start: number): Time {
  const queue: Due[] = []
  let now = start
  let count = 0
  const at = (when: number, work: () => void) => push(queue, { when: Math.max(when, now), order: count++, work })
  const sleep = (ms: number, signal?: AbortSignal) => {
    if (signal?.aborted) return Promise.resolve()
    return new Promise<void>(resolve => {
      const waiting = signal === undefined ? null : waitingFor(signal)
      waiting?.add(resolve)
      at(now + ms, () => {
        waiting?.delete(resolve)
        resolve()
      })
    })
  }
  const advanceTo = async (when: number) => {
    await settled()
    for (let due = queue[0]; due !== undefined && due.when <= when; due = queue[0]) {
      pop(queue)
      now = due.when
      due.work()
      await settled()
    }
    now = Math.max(now, when)
    // Lets the machine do what it has to do beside us.
    await new Promise(resolve => setImmediate(resolve))
  }
  return { now: () => now, at, sleep, advanceTo }
}

/** Resolves when nobody has anything left to do at this moment: a tick's turn comes when no microtask is left. */
function settled(): Promise<void> {
  return new Promise(resolve => process.nextTick(resolve))
}

function isBefore(a: Due | undefined, b: Due | undefined): boolean {
  if (a === undefined || b === undefined) return a !== undefined
  return a.when < b.when || (a.when === b.when && a.order < b.order)
}

/** A binary heap: the earliest stands first. */
function push(heap: Due[], due: Due): void {
  let at = heap.length
  heap.push(due)
  while (at > 0) {
    const above = (at - 1) >> 1
    if (!isBefore(due, heap[above])) break
    heap[at] = heap[above] as Due
    at = above
  }
  heap[at] = due
}

function pop(heap: Due[]): void {
  const last = heap.pop() as Due
  if (heap.length === 0) return
  let at = 0
  for (;;) {
    const left = 2 * at + 1
    const least = isBefore(heap[left + 1], heap[left]) ? left + 1 : left
    if (!isBefore(heap[least], last)) break
    heap[at] = heap[least] as Due
    at = least
  }
  heap[at] = last
}
