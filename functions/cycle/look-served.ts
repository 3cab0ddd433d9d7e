import { zonePlansOf } from '../core/decision/decision.ts'
import { planContextOf } from '../core/publication/publication.ts'
import type { Expected } from '../core/publication/served.ts'
import { zoneAddresses } from '../core/publication/zone-plan.ts'
import { nothingServed, type ServedSeen } from '../core/state/served-seen.ts'
import { once } from './flow/once.ts'
import type { Cycle, Decided } from './probe-and-decide.ts'
import type { Published } from './publishing/publish.ts'

/** What asks name servers: loaded where there are any. */
export const loadServed = once(() =>
  Promise.all([import('../core/publication/served.ts'), import('./publishing/ask-servers.ts')]),
)

/**
 * Asks the name servers whether they serve what was published (behaviour §12), in the time that the cycle has to spare:
 * until `endsAt` (milliseconds). Never rejects, and asks nobody where the settings name no server.
 */
export async function lookServed(
  decided: Decided,
  published: Published | null,
  { network, ports, now }: Cycle,
  endsAt: number,
): Promise<ServedSeen> {
  const { before } = decided
  const { servers, grace, sample } = network.settings.served
  const { served = nothingServed } = before.seen ?? {}
  if (published === null || (servers.length === 0 && served.late.length === 0)) return served
  const [{ servedAfter }, { askServers }] = await loadServed()
  const expected = expectedOf(decided, published, network)
  const times = new Map([...served.published, ...[...published.zones.keys()].map(zone => [zone, now] as const)])
  const seen = { ...served, published: times }
  const asking = { servers, graceSeconds: grace, sample, now, turn: before.cycle }
  const answers = await askServers(expected, seen, asking, endsAt - ports.clock(), ports)
  return servedAfter(expected, seen, answers, asking)
}

/** The zones whose publication is confirmed, each as it is now. */
function expectedOf(
  { before, probed, decision, context }: Decided,
  published: Published,
  network: Cycle['network'],
): Expected[] {
  const { liveSet, participants } = decision
  const { killed, blind } = probed
  const plan = planContextOf(liveSet.live, { ...context, network, before, participants, killed, blind })
  return zonePlansOf(decision).flatMap(({ zone, action, record }) => {
    const isKept = action === 'keep' && record !== null && record.unclaimed !== true
    if (record === null || !(isKept || published.zones.has(zone))) return []
    return [{ zone, serial: record.serial, addresses: zoneAddresses(zone, plan) }]
  })
}
