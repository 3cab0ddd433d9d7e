import type { Before } from './before.ts'
import type { Network, ZoneSource } from './config/network.ts'
import { earlierInclude, type ReadBack, withoutEarlier } from './plan.ts'

/** What tells whether a zone has an include to be published with. */
export interface ZoneFacts {
  readonly network: Network
  readonly before: Pick<Before, 'zones'>
  readonly readBack: ReadonlyMap<string, ReadBack>
}

/** Why zones are invalid, by name: the same, whether anything is published or not (behaviour §7.5). */
export function invalidZones(facts: ZoneFacts): Map<string, string> {
  return new Map(
    facts.network.zones
      .filter(({ include }) => include === null)
      .flatMap(source => {
        const why = whyInvalid(source, facts)
        return why === null ? [] : [[source.name, why] as const]
      }),
  )
}

function whyInvalid({ name, errors, publishable }: ZoneSource, facts: ZoneFacts) {
  const { before, readBack } = facts
  const found = readBack.get(name)
  const why = errors.map(error => error.message).join('; ')
  if (!publishable) return before.zones.has(name) || found?.status === 'read' ? why : null
  if (found?.status !== 'read') return null
  return earlierInclude(name, found, facts) === null ? withoutEarlier(why) : null
}
