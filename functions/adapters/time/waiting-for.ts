const waiters = new WeakMap<AbortSignal, Set<() => void>>()

/**
 * Who is to be told when the signal fires, if it has not yet. Hundreds of probes and sleeps share one: as listeners of their
 * own they would each be looked through for every other, and the platform warns of more than ten.
 */
export function waitingFor(signal: AbortSignal): Set<() => void> {
  const known = waiters.get(signal)
  if (known !== undefined) return known
  const waiting = new Set<() => void>()
  waiters.set(signal, waiting)
  const tellAll = () => {
    for (const tell of waiting) tell()
  }
  signal.addEventListener('abort', tellAll, { once: true })
  return waiting
}
