import type { Network } from '../core/config/network.ts'
import { keptRotations } from '../core/domain/limits.ts'
import { runsToRead } from '../core/history/history.ts'
import { logKeptSeconds } from '../core/inspect/log-entry.ts'
import type { StatusFacts } from '../core/status-page/facts.ts'
import type { Span } from '../core/status-page/trace.ts'
import type { Journal } from './ports/journal.ts'

/** This many entries of the log are looked at. */
const maxEntries = 1_000

/** Reads what a network's status is told from. `now`: milliseconds. Throws where the table cannot be read. */
export async function statusFacts(
  network: Network,
  journal: Journal,
  now: number,
  spans: readonly Span[],
): Promise<StatusFacts> {
  const [overview, rotations, entries] = await Promise.all([
    journal.overview(network.name, runsToRead(network.settings)),
    journal.rotations(network.name, keptRotations),
    loggedLately(network, journal, now),
  ])
  const { stored, lastCycle, lastStatus } = overview
  return { network, stored, lastCycle, lastStatus, rotations, entries, now, spans }
}

/** What happened lately, as far as the page shows it. `now`: milliseconds. */
export function loggedLately(network: Network, journal: Journal, now: number) {
  return journal.log(network.name, maxEntries, now - logKeptSeconds * 1000)
}
