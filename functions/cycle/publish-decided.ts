import { loadZoneMaker } from '../core/publication/making.ts'
import type { Lease } from './ports/ports.ts'
import type { Cycle, Decided } from './probe-and-decide.ts'
import { type Published, publish } from './publishing/publish.ts'
import { textsOf } from './publishing/texts.ts'
import { rateOf } from './route53/calls.ts'

/** Publishing ends so long before it, so that the outcome can still be saved. */
const savingReserveSeconds = 3

/** When publishing ends, and whatever else a cycle does before it saves its outcome: milliseconds. */
export function publishingEndsAt({ options, now }: Cycle): number {
  return now + (options.maxSeconds - savingReserveSeconds) * 1000
}

/** Publishes what a cycle decided, while it has its lease; null where nothing is to be published. */
export async function publishDecided(
  { decision, before }: Decided,
  cycle: Cycle,
  lease: Lease,
): Promise<Published | null> {
  if (decision.status !== 'ok') return null
  const { network, options, ports, now } = cycle
  if (decision.publication.namedConf) await loadZoneMaker()
  const texts = textsOf(decision.publication, { before, network, templates: options.templates })
  return publish(
    decision.publication,
    { network: network.name, texts, endsAt: Math.min(lease.until, publishingEndsAt(cycle)) },
    { pushed: before.pushed, rate: rateOf(network, options.pushingNetworks), now },
    ports,
  )
}
