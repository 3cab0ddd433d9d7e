import { clock } from '../../adapters/time/clock.ts'
import { networksInForce } from '../../app/configuration/choose.ts'
import { exitStatus } from '../../app/exit-status.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { isoTime, spanWords, utcWords } from '../../core/domain/time-words.ts'
import type { LogKind } from '../../core/inspect/log.ts'
import { lookAtLog } from '../../cycle/look-at-log.ts'
import { tellLeftOut } from '../output/tell.ts'
import type { Terminal } from '../output/terminal.ts'
import { withJournal } from './with-journal.ts'

export interface LogFlags extends NetworkFlags {
  /** How far back, milliseconds. */
  readonly since: number
  /** Only lines of these kinds. */
  readonly only?: readonly LogFilter[]
}

/** What `--only` takes, and the kinds of lines behind it. */
export const logFilters = {
  rotations: ['rotation'],
  orders: ['order', 'order-end', 'expiry', 'freeze', 'thaw'],
  pushes: ['push', 'rollback', 'folder', 'deploy'],
  shortages: ['shortage', 'shortage-end'],
  cycles: ['cycle', 'gap'],
} as const satisfies Record<string, readonly LogKind[]>

export type LogFilter = keyof typeof logFilters

/** `edgemanage log`: what happened, oldest first; of all networks where none is named. */
export async function log(flags: LogFlags, terminal: Terminal, env: NodeJS.ProcessEnv): Promise<number> {
  const { chosen, faults, isOne } = await networksInForce(flags, env)
  tellLeftOut(faults, terminal)
  const now = clock()
  const kinds: ReadonlySet<string> | null =
    flags.only === undefined ? null : new Set(flags.only.flatMap(name => logFilters[name]))
  const found = await withJournal(flags, env, journal =>
    Promise.all(
      chosen.map(async ({ network }) =>
        (await lookAtLog(network, journal, now - flags.since, now)).map(line => ({ network: network.name, ...line })),
      ),
    ),
  )
  const lines = found
    .flat()
    .filter(({ kind }) => kinds === null || kinds.has(kind))
    .sort((a, b) => a.time - b.time)
  for (const { network, time, kind, text, isTrouble } of lines) {
    if (flags.json === true) terminal.out(`${JSON.stringify({ network, time: isoTime(time), what: kind, text })}\n`)
    else {
      const which = isOne ? '' : `${network}: `
      terminal.out(
        `${terminal.paint('dim', utcWords(time))}  ${which}${isTrouble ? terminal.paint('yellow', text) : text}\n`,
      )
    }
  }
  if (lines.length === 0) terminal.err(`edgemanage: nothing happened in the last ${spanWords(flags.since)}\n`)
  return exitStatus.success
}
