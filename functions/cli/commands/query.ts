import { clock, monotonic, sleep } from '../../adapters/time/clock.ts'
import { networksInForce } from '../../app/configuration/choose.ts'
import { exitStatus } from '../../app/exit-status.ts'
import { fewOf } from '../../app/naming.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import type { Network } from '../../core/config/network.ts'
import { rejectedWords, takenIn } from '../../core/config/taking.ts'
import { UsageError } from '../../core/domain/errors.ts'
import { byName, type Judgement, type Mode } from '../../core/domain/model.ts'
import { counted, firstOf } from '../../core/domain/printable.ts'
import { freezeWords } from '../../core/inspect/freeze-words.ts'
import { type AvailableSince, isAskedFor, type QueryFilter, queryRows } from '../../core/inspect/query-rows.ts'
import { runsToLookAt, secondSightOf, secondSightWords } from '../../core/inspect/second-sight.ts'
import { modeOf } from '../../core/orders/orders.ts'
import type { Overview } from '../../cycle/ports/journal.ts'
import { stopOnSignals } from '../input/stop.ts'
import { type QueryLook, renderQuery, renderSummaries, summaryOf } from '../output/query.ts'
import { leftOutLines, tellError } from '../output/tell.ts'
import { home, type Terminal } from '../output/terminal.ts'
import { atIntervals } from './schedule.ts'
import { withJournal } from './with-journal.ts'

export interface QueryFlags extends NetworkFlags {
  readonly health?: Judgement | 'allpass'
  readonly state?: 'in' | 'out'
  readonly mode?: Mode
  readonly format?: 'flat' | 'csv' | 'json'
  readonly quiet?: boolean
  readonly header?: boolean
  readonly watch?: boolean
  /** Seconds between two looks. */
  readonly interval: number
}

/** How many further lines are told with the answer. */
const maxNotices = 100

/** One look: what was found goes to standard output, what is to be said of it to standard error. */
interface Found {
  readonly text: string
  readonly notices: readonly string[]
}

/** `edgemanage query`: how edges stand; without -A, a line for each of several networks. */
export async function query(flags: QueryFlags, terminal: Terminal, env: NodeJS.ProcessEnv): Promise<number> {
  const isWatched = flags.watch === true
  const redraws = isWatched && Number.isFinite(terminal.width) && env.TERM !== 'dumb'
  let isFirst = true
  const show = async () => {
    const { text, notices } = await look(flags, terminal, env)
    const told = notices.map(notice => `edgemanage: ${notice}\n`).join('')
    if (redraws) terminal.out(`${home}${text}${told}`)
    else {
      terminal.out(text)
      if (isFirst || !isWatched) terminal.err(told)
    }
    isFirst = false
    return true
  }
  await show()
  if (!isWatched) return exitStatus.success
  // What fails once may work the next time: the table may be taken, or the configuration under work.
  const again = async () => {
    try {
      return await show()
    } catch (error) {
      tellError(error, terminal, flags.verbose === true)
      return true
    }
  }
  const stop = stopOnSignals(terminal, 'stopping')
  const intervalMs = flags.interval * 1000
  await sleep(intervalMs, stop)
  await atIntervals(intervalMs, again, stop, { monotonic, sleep })
  return exitStatus.success
}

async function look(flags: QueryFlags, terminal: Terminal, env: NodeJS.ProcessEnv): Promise<Found> {
  const { chosen, isOne, faults } = await networksInForce(flags, env)
  const networks = chosen.map(({ network }) => network)
  const filter: QueryFilter = { health: flags.health, state: flags.state, mode: flags.mode }
  const [first] = networks
  if (first !== undefined && isOne) {
    return withJournal(flags, env, async journal => {
      const [overview, since] = await Promise.all([
        journal.overview(first.name, runsToLookAt(first.settings), { zones: false }),
        journal.availableSince(first.name),
      ])
      return edgesFound(first, overview, since, { filter, how: lookOf(flags, terminal) })
    })
  }
  if (Object.values(filter).some(word => word !== undefined)) {
    throw new UsageError(
      `-H, -s and -m work on one network: say which with -A: ${fewOf(networks.map(one => one.name))}`,
    )
  }
  const summaries = await withJournal(flags, env, async journal => {
    const now = clock()
    return Promise.all(
      networks.map(async network => summaryOf(network, await journal.overview(network.name, 1, { zones: false }), now)),
    )
  })
  const frozenOnes = summaries.flatMap(({ network, frozen }) => (frozen === null ? [] : [`${network}: ${frozen}`]))
  const notices = bounded([...leftOutLines(faults), ...frozenOnes])
  return { text: renderSummaries(summaries, lookOf(flags, terminal)), notices }
}

function edgesFound(
  network: Network,
  { stored }: Overview,
  since: AvailableSince,
  { filter, how }: { readonly filter: QueryFilter; readonly how: QueryLook },
): Found {
  const now = clock()
  const rows = queryRows(network, stored, now, since)
  const frozen = freezeWords(stored.freeze, now)
  const sight = secondSightWords(secondSightOf(stored, network.settings))
  const taken = takenIn(stored.desired)
  const rejected = taken === null ? null : rejectedWords(taken)
  const live = new Set(rows.filter(row => row.state === 'in').map(row => row.edge))
  const listed = new Set(rows.map(row => row.edge))
  const strangers = [...stored.orders.keys()].filter(edge => !listed.has(edge)).sort(byName)
  const notices = [
    ...(stored.history.runs.length === 0 ? ['no cycle has been recorded yet: run edgemanage manage'] : []),
    ...(frozen === null ? [] : [frozen]),
    ...(sight === null ? [] : [sight]),
    ...(rejected === null ? [] : [rejected]),
    ...rows.flatMap(({ edge }) => modeOf(edge, stored.orders.get(edge), live.has(edge), now).warning ?? []),
    ...strangers.map(edge => `the order for ${edge} is kept, but ${edge} is not in the edge list`),
    ...stored.warnings,
  ]
  const asked = rows.filter(row => isAskedFor(row, filter))
  return { text: renderQuery(asked, now, how), notices: bounded(notices).map(notice => `${network.name}: ${notice}`) }
}

function bounded(notices: readonly string[]): string[] {
  return firstOf(notices, maxNotices, rest => `and ${counted(rest, 'more notice')}`)
}

/** A person at a terminal gets a table unless a format is named; everyone else the original's lines. */
function lookOf(flags: QueryFlags, { paint, width }: Terminal): QueryLook {
  const { quiet = false, header = false, verbose = false } = flags
  const isForPerson = flags.format === undefined && Number.isFinite(width) && !quiet && !header
  return { format: flags.format ?? (isForPerson ? 'table' : 'flat'), quiet, header, verbose, paint, width }
}
