import { untilWords } from '../core/orders/orders.ts'
import { unlessAccident } from './failure-guard.ts'
import type { OpenStorage, Storage } from './open-storage.ts'

/** How long a command waits for a process that has the embedded table (contract, "Command line"). */
const patienceMs = 10_000

/**
 * Works on a storage that is opened for it and closed after it; throws where another process does not let go of it. For
 * a process of our own: it listens to errors that nobody catches.
 */
export function withStorage<T>(
  open: OpenStorage,
  readOnly: boolean,
  work: (storage: Storage) => Promise<T>,
): Promise<T> {
  return unlessAccident(withStorageOf(open, readOnly, work))
}

/** The same inside another program: the errors that nobody catches there are not ours. */
export async function withStorageOf<T>(
  open: OpenStorage,
  readOnly: boolean,
  work: (storage: Storage) => Promise<T>,
): Promise<T> {
  const storage = await open({ readOnly, waitMs: patienceMs })
  if ('taken' in storage) {
    const until = untilWords(storage.until)
    throw new Error(`another process has the embedded table${until}: try again later`)
  }
  try {
    return await work(storage)
  } finally {
    await storage.close()
  }
}
