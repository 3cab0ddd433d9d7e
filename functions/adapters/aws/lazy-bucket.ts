import type { Bucket } from '../../cycle/ports/ports.ts'
import { lazily } from './lazily.ts'

/** A bucket that is opened when it is first used: a quiet cycle needs none. */
export function lazyBucket(open: () => Promise<Bucket>): Bucket {
  const bucket = lazily(open)
  return {
    get: async (key, signal) => (await bucket()).get(key, signal),
    put: async (key, text, signal) => (await bucket()).put(key, text, signal),
    delete: async key => (await bucket()).delete(key),
    list: async (prefix, signal) => (await bucket()).list(prefix, signal),
    folders: async (prefix, signal) => (await bucket()).folders(prefix, signal),
  }
}
