import type { DecideInput, Decision } from '../../functions/core/decision/decision.ts'
import { type Confirmed, intentsOf, type Records, recordsAfter } from '../../functions/core/decision/settle.ts'
import { appendRun } from '../../functions/core/history/history.ts'
import { manifestText } from '../../functions/core/publication/manifest-text.ts'
import type { Publication } from '../../functions/core/publication/publication.ts'
import { namedConfOf } from '../../functions/core/publication/published-zones.ts'
import type { Before, Published, ZoneRecord } from '../../functions/core/state/network-state.ts'
import { hashText } from '../../functions/core/zone/hash.ts'

/** How far a simulated run gets after it decided. */
export type Ending = 'crash before recording' | 'crash before publishing' | 'crash before saving' | 'finished'

/** The state after a run that ended like this, with the writes confirmed that `isConfirmed` lets through. */
export function stateAfter(
  input: DecideInput,
  decision: Decision,
  ending: Ending = 'finished',
  isConfirmed: (object: string) => boolean = () => true,
): Before {
  if (ending === 'crash before recording') return input.before
  const recorded = withRecording(input, decision)
  if (ending !== 'finished') return recorded
  const { liveSet, rotations } = decision
  if (decision.status !== 'ok')
    return { ...recorded, live: input.before.live === null ? null : liveSet.live, rotations }
  const { publication } = decision
  const records = recordsAfter(publication, confirmedOf(input, publication, isConfirmed))
  return { ...withRecords(recorded, records), live: liveSet.live, rotations }
}

/** The state with what a run stores before it publishes. */
function withRecording(input: DecideInput, decision: Decision): Before {
  const { before: state, network } = input
  const { run, addresses } = decision
  const intents = intentsOf(decision, state)
  return {
    ...state,
    history: run === null ? state.history : appendRun(state.history, run, network.settings.history.samples),
    addresses: addresses ?? state.addresses,
    live: intents?.live ?? state.live,
    rotations: intents?.rotations ?? state.rotations,
    zones: new Map([...state.zones, ...(intents?.zones ?? [])]),
    namedConf: intents?.namedConf ?? state.namedConf,
    liveList: intents?.liveList ?? state.liveList,
    ...manifestOf(intents?.manifest ?? state.manifest),
    pushed: new Map([...state.pushed, ...(intents?.pushed ?? [])]),
  }
}

function confirmedOf(input: DecideInput, publication: Publication, isConfirmed: (object: string) => boolean) {
  const zones = new Map<string, string>()
  for (const plan of publication.zones) {
    if (plan.action === 'write' && isConfirmed(plan.zone)) zones.set(plan.zone, plan.hash)
  }
  const { liveList, namedConf } = publication
  const conf = namedConf ? hashText(namedConfOf(input, [...zones.keys()])) : input.before.namedConf.hash
  const areReleased = !namedConf || isConfirmed('named.conf')
  const writeManifest = publication.manifest && areReleased && isConfirmed('manifest')
  const after = recordsAfter(publication, { zones, namedConf: null, liveList: null })
  const records = new Map([...input.before.zones, ...after.zones] as [string, ZoneRecord][])
  const facts = { network: input.network.name, records, namedConf: conf, areReleased, claims: [] }
  const confirmed: Confirmed = {
    zones,
    manifest: writeManifest ? hashText(manifestText(facts)) : null,
    namedConf: namedConf && isConfirmed('named.conf') ? hashText(namedConfOf(input, [...zones.keys()])) : null,
    liveList: liveList !== null && isConfirmed('live list') ? hashText(liveList) : null,
  }
  return confirmed
}

function manifestOf(manifest: Published | undefined): Pick<Before, 'manifest'> {
  return manifest === undefined ? {} : { manifest }
}

function withRecords(state: Before, { zones, namedConf, liveList, manifest }: Records): Before {
  const all = new Map(state.zones)
  for (const [zone, record] of zones) {
    if (record === null) all.delete(zone)
    else all.set(zone, record)
  }
  const files = { namedConf: namedConf ?? state.namedConf, liveList: liveList ?? state.liveList }
  return { ...state, zones: all, ...files, ...manifestOf(manifest ?? state.manifest) }
}
