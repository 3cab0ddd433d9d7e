import { type Event, eventVersion } from './event.ts'
import type { Report } from './report.ts'

/** What a cycle found about its configuration, as far as others should hear of it. */
export interface ConfigurationNews {
  /** Found by this cycle first; null: nothing. */
  readonly rejected: { readonly hash: string | null; readonly reasons: readonly string[] } | null
  /** A push that a deploy set aside; null: none. */
  readonly aside: { readonly hash: string; readonly by: string; readonly comment: string } | null
}

/** The events about the configuration of a cycle (behaviour §11.4, §11.5); each is told once, when it begins. */
export function configurationEvents(
  { network, startedAt, configuration }: Report,
  { news }: { readonly news: ConfigurationNews },
): Event[] {
  const facts = { version: eventVersion, network, time: startedAt, inForce: configuration?.hash ?? null }
  const { rejected, aside } = news
  const events: Event[] = []
  if (rejected !== null) {
    const { hash, reasons } = rejected
    events.push({ happening: 'configuration rejected', detail: { ...facts, hash, reasons } })
  }
  // A deploy of what was pushed undoes nothing.
  if (aside !== null && aside.hash !== configuration?.hash) {
    const { hash, by, comment } = aside
    events.push({ happening: 'configuration set aside', detail: { ...facts, hash, by, comment } })
  }
  return events
}
