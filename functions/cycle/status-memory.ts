import type { Network } from '../core/config/network.ts'
import { keptRotations, minStartsApartSeconds } from '../core/domain/limits.ts'
import { type History, historyOf, runsToRead } from '../core/history/history.ts'
import type { Rotation } from '../core/live-set/rotation.ts'
import type { StatusFacts } from '../core/status-page/facts.ts'
import type { Span } from '../core/status-page/trace.ts'
import type { Journal, Overview } from './ports/journal.ts'
import { loggedLately, statusFacts } from './status-facts.ts'

/** The newest known cycle is read again, to see that nothing came between, and one that may just have started. */
const overlap = 2

type Kept = Pick<Overview, 'stored' | 'lastCycle' | 'lastStatus'> & { readonly rotations: readonly Rotation[] }

/**
 * What a network's status is told from, for one who asks again and again: the first look reads all history, later ones what
 * came since, and zones and rotations only when they may have changed. `now`: milliseconds. Throws where the table cannot
 * be read; then the next look is a first one again.
 */
export function createStatusMemory(network: Network, journal: Journal) {
  let kept: Kept | null = null
  return async (now: number, spans: readonly Span[]): Promise<StatusFacts> => {
    const before = kept
    kept = null
    const next = before === null ? null : await lookAgain(network, journal, before, now)
    if (next !== null) {
      kept = next
      return { network, ...next, entries: await loggedLately(network, journal, now), now, spans }
    }
    const facts = await statusFacts(network, journal, now, spans)
    const { stored, lastCycle, lastStatus, rotations } = facts
    kept = { stored, lastCycle, lastStatus, rotations }
    return facts
  }
}

/** What is kept with what came since; null where all has to be read. */
async function lookAgain(network: Network, journal: Journal, kept: Kept, now: number): Promise<Kept | null> {
  const { stored, lastCycle } = kept
  const newest = stored.history.runs.at(-1)
  if (newest === undefined || now < newest.time) return null
  const most = runsToRead(network.settings)
  const few = Math.ceil((now - newest.time) / (minStartsApartSeconds * 1000)) + overlap
  if (few >= most) return null
  const cheap = await journal.overview(network.name, few, { zones: false })
  // Zones are written by cycles alone.
  const isQuiet = cheap.lastCycle === lastCycle
  const overview = isQuiet ? cheap : await journal.overview(network.name, few)
  const history = joined(stored.history, overview.stored.history, most)
  if (history === null) return null
  const { zones, namedConf, liveList, pushed } = isQuiet ? stored : overview.stored
  const fresh = { ...overview.stored, zones, namedConf, liveList, pushed, history }
  const isSame = fresh.rotations.at(-1) === stored.rotations.at(-1)
  const rotations = isSame ? kept.rotations : await journal.rotations(network.name, keptRotations)
  return { stored: fresh, lastCycle: overview.lastCycle, lastStatus: overview.lastStatus, rotations }
}

/** The history with the runs that came after its newest one; null where these do not go on from it. */
function joined(kept: History, fresh: History, most: number): History | null {
  const newest = kept.runs.at(-1)
  const at = fresh.runs.findIndex(({ time }) => time === newest?.time)
  if (at < 0 || fresh.runs.some(({ age }) => age !== undefined)) return null
  const later = fresh.runs.slice(at + 1)
  return later.length === 0 ? kept : historyOf([...kept.runs, ...later], most)
}
