import { asksRoute53, asksServers } from '../core/config/asked-servers.ts'
import { zonePlansOf } from '../core/decision/decision.ts'
import { planContextOf } from '../core/publication/publication.ts'
import type { Asking, Expected, Finding } from '../core/publication/served.ts'
import { zoneAddresses } from '../core/publication/zone-plan.ts'
import { nothingServed, type ServedSeen } from '../core/state/served-seen.ts'
import { once } from './flow/once.ts'
import type { Cycle, Decided } from './probe-and-decide.ts'
import type { Published } from './publishing/publish.ts'
import { rateOf } from './route53/calls.ts'

/** What asks name servers: loaded where there are any. */
export const loadServed = once(() =>
  Promise.all([import('../core/publication/served.ts'), import('./publishing/ask-servers.ts')]),
)

/** The same for those of Route 53. */
export const loadServedRecords = once(() =>
  Promise.all([import('../core/publication/served-records.ts'), import('./route53/ask-name-servers.ts')]),
)

/** What a look at name servers came to. */
export interface Looked {
  readonly served: ServedSeen
  readonly warnings: readonly string[]
}

/**
 * Asks the name servers whether they serve what was published (behaviour §12), in the time that the cycle has to spare:
 * until `endsAt` (milliseconds). Never rejects, and asks nobody where the settings name no server.
 */
export async function lookServed(
  decided: Decided,
  published: Published | null,
  cycle: Cycle,
  endsAt: number,
): Promise<Looked> {
  const { network, ports, now } = cycle
  const { before } = decided
  const { servers, grace, sample } = network.settings.served
  const { served = nothingServed } = before.seen ?? {}
  const asksNobody = !asksServers(network.settings) && served.late.length === 0
  if (published === null || asksNobody) return { served, warnings: [] }
  const [{ fileFindings, servedAfter }, { askServers }] = await loadServed()
  const expected = expectedOf(decided, published, network)
  const fresh = [...published.zones.keys(), ...pushedIn(published)].map(zone => [zone, now] as const)
  const seen = { ...served, published: new Map([...served.published, ...fresh]) }
  const asking = { servers, graceSeconds: grace, sample, now, turn: before.cycle }
  const leftMs = endsAt - ports.clock()
  const [answers, { findings, warnings }] = await Promise.all([
    askServers(expected, seen, asking, leftMs, ports),
    lookAtRoute53({ decided, published, seen }, asking, leftMs, cycle),
  ])
  return { served: servedAfter([...fileFindings(expected, answers, servers), ...findings], seen, asking), warnings }
}

/** The zones whose records were changed in Route 53. */
function pushedIn({ records }: Published): string[] {
  return [...records].flatMap(([zone, { action }]) => (action === 'upserted' ? [zone] : []))
}

interface Look {
  readonly decided: Decided
  readonly published: Published
  readonly seen: ServedSeen
}

/** What Route 53's own name servers have, where they are to be asked. */
async function lookAtRoute53(
  { decided: { before }, published, seen }: Look,
  asking: Omit<Asking, 'servers'>,
  leftMs: number,
  { network, options, ports }: Cycle,
): Promise<{ readonly findings: readonly Finding[]; readonly warnings: readonly string[] }> {
  if (!asksRoute53(network.settings)) return { findings: [], warnings: [] }
  const [{ expectedRecords }, { askNameServers }] = await loadServedRecords()
  const expected = expectedRecords(new Map([...before.pushed, ...(published.pushed ?? [])]))
  const limit = { leftMs, rate: rateOf(network, options.pushingNetworks) }
  return askNameServers(expected, seen, asking, limit, ports)
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
