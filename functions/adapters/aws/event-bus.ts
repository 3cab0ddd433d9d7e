import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import type { Announce } from '../../cycle/ports/ports.ts'
import { clientSettings, regionOf } from './client-settings.ts'

/** The source of every event; rights and rules name it. */
export const eventSource = 'edgemanage'

/** The account's default event bus, one request for all events. Rejects where it does not take every one. */
export function createEventBus(env: NodeJS.ProcessEnv): Announce {
  const client = new EventBridgeClient({ ...clientSettings, maxAttempts: 2, region: regionOf(env) })
  return async (events, signal) => {
    const Entries = events.map(({ happening, detail }) => ({
      Source: eventSource,
      DetailType: happening,
      Detail: JSON.stringify(detail),
    }))
    const answer = await client.send(new PutEventsCommand({ Entries }), { abortSignal: signal })
    const refused = answer.Entries?.find(({ ErrorCode }) => ErrorCode !== undefined)
    if ((answer.FailedEntryCount ?? 0) === 0) return
    const why = refused?.ErrorMessage ?? refused?.ErrorCode ?? 'it did not say why'
    throw new Error(`the bus refused ${answer.FailedEntryCount} of ${events.length}: ${why}`)
  }
}
