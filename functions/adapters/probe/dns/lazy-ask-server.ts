import { lazily } from '../../aws/lazily.ts'
import type { AskRecords, AskServer } from './ask-server.ts'

/** A client for name servers that is loaded when one is first asked: most cycles ask none. */
export function lazyAskServer(): AskServer {
  const client = lazily(async () => (await import('./ask-server.ts')).createAskServer())
  return async (server, zone, signal) => (await client())(server, zone, signal)
}

/** The same for record sets. */
export function lazyAskRecords(): AskRecords {
  const client = lazily(async () => (await import('./ask-server.ts')).createAskRecords())
  return async (server, sets, signal) => (await client())(server, sets, signal)
}
