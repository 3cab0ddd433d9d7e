import { isConfirmed } from '../state/network-state.ts'
import { recordedManifest } from './manifest-text.ts'
import { liveListOf, type Publication, type PublicationContext, planContextOf } from './publication.ts'
import { namedConfOf } from './published-zones.ts'
import { keptText } from './zone-plan.ts'

/** What was published and confirmed, and is not written in this cycle: each text as it must be in the bucket. */
export interface ConfirmedTexts {
  /** By zone name. Null: it must be there, but nobody knows its text any more (it left the configuration, or is invalid). */
  readonly zones: ReadonlyMap<string, string | null>
  /** Null: never confirmed, or about to be written. */
  readonly namedConf: string | null
  readonly liveList: string | null
  readonly manifest: string | null
}

/** What the bucket should hold beside what this cycle writes, for this live set and what is to be published for it. */
export function confirmedTexts(
  publication: Publication,
  live: readonly string[],
  context: PublicationContext,
): ConfirmedTexts {
  const { before, network } = context
  // Where it could not be read, nobody knows all of its clauses.
  const isNamedConfKnown = isConfirmed(before.namedConf) && !publication.namedConf && before.clauses !== 'unread'
  const { manifest } = before
  const isManifestKnown = manifest !== undefined && isConfirmed(manifest) && !publication.manifest
  return {
    zones: zoneTexts(publication, live, context),
    namedConf: isNamedConfKnown ? namedConfOf(context, []) : null,
    manifest: isManifestKnown ? recordedManifest(network.name, before, network.settings.dns.zone_options) : null,
    liveList: isConfirmed(before.liveList) && publication.liveList === null ? liveListOf(live) : null,
  }
}

function zoneTexts(publication: Publication, live: readonly string[], context: PublicationContext) {
  const { before, network } = context
  const plan = planContextOf(live, context)
  const texts = new Map<string, string | null>()
  for (const [zone, record] of before.zones) if (isConfirmed(record)) texts.set(zone, null)
  const actions = new Map(publication.zones.map(({ zone, action }) => [zone, action]))
  for (const source of network.zones) {
    const record = before.zones.get(source.name)
    const action = actions.get(source.name)
    if (action === 'write' || action === 'wait') texts.delete(source.name)
    else if (record !== undefined && isConfirmed(record)) texts.set(source.name, keptText(source, record, plan))
  }
  return texts
}
