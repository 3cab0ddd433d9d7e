import type { Time } from './time.ts'

/** Lets `AbortSignal.timeout` go by a world's time; the answer sets it back. */
export function timeoutsBy(time: Time): () => void {
  const real = AbortSignal.timeout
  AbortSignal.timeout = ms => {
    const controller = new AbortController()
    time.at(time.now() + ms, () => controller.abort(new DOMException('The operation timed out', 'TimeoutError')))
    return controller.signal
  }
  return () => {
    AbortSignal.timeout = real
  }
}
