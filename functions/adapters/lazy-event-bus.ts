import type { Announce } from '../cycle/ports.ts'

/** The event bus, loaded when the first event is sent: a quiet cycle needs none. */
export function lazyEventBus(env: NodeJS.ProcessEnv): Announce {
  let opened: Promise<Announce> | null = null
  return async (events, signal) => {
    opened ??= import('./event-bus.ts').then(({ createEventBus }) => createEventBus(env))
    return (await opened)(events, signal)
  }
}
