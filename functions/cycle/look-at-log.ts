import type { Network } from '../core/config/network.ts'
import { type LogLine, logOf } from '../core/inspect/log.ts'
import { logKeptSeconds } from '../core/inspect/log-entry.ts'
import type { Journal } from './ports/journal.ts'

/** This many rotations and entries are looked at. */
const maxItems = 2_000

/** What happened to a network since `from`, oldest first (contract, `log`); times in milliseconds. */
export async function lookAtLog(network: Network, journal: Journal, from: number, now: number): Promise<LogLine[]> {
  const before = 10 * network.settings.run_frequency * 1000
  const [runs, rotations, entries] = await Promise.all([
    // A little earlier, to know what was so at the beginning.
    journal.runs(network.name, network.settings.history.samples, from - before),
    journal.rotations(network.name, maxItems),
    // An order that expires now may have been given long ago.
    journal.log(network.name, maxItems, now - logKeptSeconds * 1000),
  ])
  return logOf({ network, runs, rotations, entries, from, now })
}
