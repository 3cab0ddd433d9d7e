import type { Network } from '../config/network.ts'
import { byName } from '../domain/model.ts'
import { oncePer } from '../domain/once-per.ts'
import { type Before, wasPublished, type ZoneRecord } from '../state/network-state.ts'
import { hashText } from '../zone/hash.ts'
import type { Templates } from '../zone/render.ts'
import { leavingZones } from './handover.ts'
import { namedConfKey } from './rendered-memo.ts'
import { namedConfText } from './zone-content.ts'

/**
 * The text of named.conf: a clause for every zone ever published, those just written included; but for zones that another
 * network has now (behaviour §7.6).
 */
export function namedConfOf(context: NamedConfContext, written: readonly string[]): string {
  return namedConfText(
    context.templates.namedConf,
    context.network.name,
    namedZones(context, written),
    context.network.settings.dns.zone_options,
  )
}

/** What named.conf is made of. */
export interface NamedConfContext {
  readonly before: Before
  readonly network: Network
  readonly templates: Templates
}

/** The hash of that text, and of what it is made of: it is made only where that has changed. */
export function expectedNamedConf(context: NamedConfContext, written: readonly string[]) {
  const key = namedConfKey(context.templates.namedConf, context.network, namedZones(context, written))
  const known = context.before.seen?.rendered?.namedConf
  return known?.key === key ? known : { key, hash: hashText(namedConfOf(context, written)) }
}

/** The zones that have a clause, sorted. */
function namedZones(context: NamedConfContext, written: readonly string[]): readonly string[] {
  const { zones: records, clauses = [] } = context.before
  const published = publishedZones(records)
  const others = [...written, ...(clauses === 'unread' ? [] : clauses)]
  const zones = others.length === 0 ? published : [...new Set([...published, ...others])].sort(byName)
  const leaving = leavingZones(context.network, context.before)
  return leaving.size === 0 ? zones : zones.filter(zone => !leaving.has(zone))
}

/** The zones that ever were published and are not another network's now, sorted; worked out once for records that stay the same. */
export const publishedZones = oncePer((records: ReadonlyMap<string, ZoneRecord>): readonly string[] => {
  const names: string[] = []
  for (const [zone, record] of records) if (wasPublished(record) && record.unclaimed !== true) names.push(zone)
  return names.sort(byName)
})
