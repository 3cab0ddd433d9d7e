import type { Network } from '../core/config/network.ts'
import { runsToRead } from '../core/history/history.ts'
import type { StatusFacts } from '../core/status-page/facts.ts'
import type { Span } from '../core/status-page/trace.ts'
import type { Journal } from './ports/journal.ts'

/** Rotations are kept this many deep (behaviour §5); a day has no more to show. */
const maxRotations = 100

/** Reads what a network's status is told from. `now`: milliseconds. Throws where the table cannot be read. */
export async function statusFacts(
  network: Network,
  journal: Journal,
  now: number,
  spans: readonly Span[],
): Promise<StatusFacts> {
  const [overview, rotations] = await Promise.all([
    journal.overview(network.name, runsToRead(network.settings)),
    journal.rotations(network.name, maxRotations),
  ])
  const { stored, lastCycle, lastStatus } = overview
  return { network, stored, lastCycle, lastStatus, rotations, now, spans }
}
