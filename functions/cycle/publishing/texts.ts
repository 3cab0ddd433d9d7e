import { recordsAfter } from '../../core/decision/settle.ts'
import { manifestText } from '../../core/publication/manifest-text.ts'
import type { Publication, PublicationContext } from '../../core/publication/publication.ts'
import { namedConfOf } from '../../core/publication/published-zones.ts'
import type { ZoneRecord } from '../../core/state/network-state.ts'

/** How far publishing has come when a manifest is made. */
export interface ManifestStand {
  /** By zone that was written and confirmed, and may be named: the hash of its content. */
  readonly zones: ReadonlyMap<string, string>
  /** SHA-256 of the named.conf that was just written; null: none was. */
  readonly namedConf: string | null
  /** Zones that are about to be named, or that may have been written although that was not confirmed. */
  readonly claims: readonly string[]
  /** Named.conf has been dealt with. */
  readonly isFinal: boolean
}

/** The texts that depend on what else could be written. */
export interface Texts {
  /** Of named.conf, given the zones that were just written. */
  readonly namedConf: (written: readonly string[]) => string
  readonly manifest: (stand: ManifestStand) => string
}

/** The texts of a cycle's publication. */
export function textsOf(
  publication: Publication,
  context: Pick<PublicationContext, 'before' | 'network' | 'templates'>,
): Texts {
  const { before, network } = context
  return {
    namedConf: written => namedConfOf(context, written),
    manifest: ({ zones, namedConf, claims, isFinal }) => {
      const leaving = isFinal ? publication.leaving : new Map<string, ZoneRecord>()
      const orphans = new Map<string, ZoneRecord>()
      const after = recordsAfter({ ...publication, orphans, leaving }, { zones, namedConf: null, liveList: null })
      const records = new Map(before.zones)
      for (const [zone, record] of after.zones) if (record !== null) records.set(zone, record)
      // A named.conf whose last write is not confirmed may still name what has been handed over since.
      const isCurrent = namedConf !== null || (!before.namedConf.due && (!isFinal || !publication.namedConf))
      const conf = namedConf ?? before.namedConf.hash
      const facts = { records, namedConf: conf, areReleased: isCurrent, claims }
      const zoneOptions = network.settings.dns.zone_options
      return manifestText({ network: network.name, ...facts, zoneOptions })
    },
  }
}
