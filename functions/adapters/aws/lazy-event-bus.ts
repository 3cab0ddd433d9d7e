import type { Announce } from '../../cycle/ports/ports.ts'
import { lazily } from './lazily.ts'

/** The event bus, loaded when the first event is sent: a quiet cycle needs none. */
export function lazyEventBus(env: NodeJS.ProcessEnv): Announce {
  const opened = lazily(async () => (await loadEventBus()).createEventBus(env))
  return async (events, signal) => (await opened())(events, signal)
}

/** Loads the bus's module, for those who cannot wait until it is needed. */
export const loadEventBus = () => import('./event-bus.ts')
