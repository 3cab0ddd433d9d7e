import { keptSeconds } from '../core/config/kept-seconds.ts'
import type { Told } from '../core/config/told.ts'
import { intentsOf, recordsAfter, unchanged } from '../core/decision/settle.ts'
import type { Status } from '../core/report/report.ts'
import { certificatesAfter, seenAfter } from '../core/state/seen.ts'
import type { ServedSeen } from '../core/state/served-seen.ts'
import type { Recording } from './ports/ports.ts'
import type { Cycle, Decided } from './probe-and-decide.ts'
import type { Published } from './publishing/publish.ts'

/** What a cycle saves once it has decided, before it publishes anything (behaviour §7.4). */
export function recordingOf({ decision, before }: Decided, { network, now }: Cycle): Recording {
  return {
    run: decision.run,
    hour: decision.hour,
    addresses: decision.addresses,
    intents: intentsOf(decision, before),
    keepUntil: now + keptSeconds(network.settings) * 1000,
  }
}

/** What a cycle found out apart from its decision. */
interface SeenInCycle {
  readonly published: Published | null
  /** What name servers were found to serve; null where nobody looked. */
  readonly served: ServedSeen | null
  /** The problems of its configuration, as it told them. */
  readonly told: Told
}

/** What it saves at its end. `now`: milliseconds. */
export function settledOf(
  { decision, before, probed, etags }: Decided,
  { published, served, told }: SeenInCycle,
  now: number,
  status: Status,
) {
  const { liveSet, rotations } = decision
  const live = before.live === null ? null : liveSet.live
  if (decision.status !== 'ok' || published === null) return { now, status, live, rotations, records: unchanged }
  const sights = {
    etags: new Map([...etags, ...published.etags]),
    served: served ?? undefined,
    certificates: certificatesAfter(before.seen, probed.edges),
    rendered: decision.publication.rendered,
    told: told.hash,
  }
  const seen = seenAfter(before.seen, sights)
  const after = recordsAfter(decision.publication, published)
  const records = { ...after, zones: new Map([...(before.learned ?? []), ...after.zones]) }
  return { now, status, live, rotations, records: seen === null ? records : { ...records, seen } }
}
