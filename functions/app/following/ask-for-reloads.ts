import { afterRequest, requestsFor } from '../../core/following/requests.ts'
import type { Waiting } from '../../core/following/state.ts'
import type { AskServer } from '../../cycle/ports/following.ts'

/** After this many refusals in a row the server is not asked any more: it is away, or the command is wrong. */
const maxRefusals = 3

/** What the server was asked for. */
export interface Asked {
  readonly waiting: Waiting
  readonly reconfigured: boolean
  readonly reloaded: 'all' | readonly string[]
  /** Why it refused, a sentence each. */
  readonly faults: readonly string[]
}

/** Asks the server for what waits. What it refuses goes on waiting (behaviour §12.2). */
export async function askForReloads(before: Waiting, ask: AskServer): Promise<Asked> {
  let waiting = before
  let refusals = 0
  let areAll = false
  const reloaded: string[] = []
  const faults: string[] = []
  for (const request of requestsFor(before)) {
    if (refusals === maxRefusals) break
    const fault = await ask(request)
    refusals = fault === null ? 0 : refusals + 1
    if (fault !== null) faults.push(`${request.join(' ')}: ${fault}`)
    else {
      waiting = afterRequest(waiting, request)
      const [word, zone] = request
      if (word === 'reload' && zone !== undefined) reloaded.push(zone)
      areAll ||= word === 'reload' && zone === undefined
    }
  }
  const reconfigured = before.reconfig && !waiting.reconfig
  return { waiting, reconfigured, reloaded: areAll ? 'all' : reloaded, faults }
}
