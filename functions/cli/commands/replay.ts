import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readReplayTemplates } from '../../adapters/files/replay-templates.ts'
import { clock } from '../../adapters/time/clock.ts'
import { networkInForce } from '../../app/configuration/choose.ts'
import { exitStatus } from '../../app/exit-status.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { root } from '../../app/package-files.ts'
import { UsageError } from '../../core/domain/errors.ts'
import { answerOf } from '../../core/replay/answer.ts'
import { renderReplay } from '../../core/replay/page.ts'
import { lookAtReplay } from '../../cycle/look-at-replay.ts'
import { replayLines } from '../output/replay.ts'
import { lines } from '../output/report.ts'
import type { Terminal } from '../output/terminal.ts'
import { withJournal } from './with-journal.ts'

export interface ReplayFlags extends NetworkFlags {
  readonly hours: number
  /** `KEY=VALUE`. */
  readonly set?: readonly string[]
  /** `KEY=V1,V2,…`. */
  readonly sweep?: readonly string[]
  /** The file to write the page to. */
  readonly html?: string
}

/** Progress is told so often. */
const progressCycles = 25

/** `edgemanage replay`: what other settings would have made of the recorded cycles (behaviour §13). */
export async function replayCommand(flags: ReplayFlags, terminal: Terminal, env: NodeJS.ProcessEnv): Promise<number> {
  if (flags.html === '') throw new UsageError('--html must not be empty')
  const { network } = await networkInForce(flags, env)
  const { hours, set = [], sweep = [] } = flags
  const wish = { hours, set, sweep }
  const tell = (done: number, total: number) => {
    if (done === total) terminal.progress('')
    else if (done % progressCycles === 0) terminal.progress(`replaying ${done}/${total}`)
  }
  terminal.progress('reading the recorded cycles')
  const replay = await withJournal(flags, env, journal => lookAtReplay(network, journal, wish, clock(), tell))
  terminal.progress('')
  if (!('faithful' in replay)) throw new UsageError(replay.join('; '))
  if (flags.html !== undefined) {
    await writeFile(flags.html, renderReplay(readReplayTemplates(join(root, 'templates')), replay))
    terminal.err(`edgemanage: the replay is in ${flags.html}\n`)
  }
  if (flags.json === true) terminal.out(`${JSON.stringify(answerOf(replay))}\n`)
  else if (flags.html === undefined) terminal.out(lines(replayLines(replay, terminal)))
  return exitStatus.success
}
