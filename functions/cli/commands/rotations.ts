import { clock } from '../../adapters/time/clock.ts'
import { networkInForce } from '../../app/configuration/choose.ts'
import { exitStatus } from '../../app/exit-status.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { agoWords, isoTime, utcWords } from '../../core/domain/time-words.ts'
import type { Terminal } from '../output/terminal.ts'
import { withJournal } from './with-journal.ts'

export interface RotationsFlags extends NetworkFlags {
  readonly limit: number
}

/** `edgemanage rotations`: who came and went, when and why, the newest first. */
export async function rotations(flags: RotationsFlags, terminal: Terminal, env: NodeJS.ProcessEnv): Promise<number> {
  const { network } = await networkInForce(flags, env)
  const found = await withJournal(flags, env, journal => journal.rotations(network.name, flags.limit))
  const { paint } = terminal
  const now = clock()
  for (const { time, in: coming, out: going } of found) {
    if (flags.json === true) {
      terminal.out(`${JSON.stringify({ network: network.name, time: isoTime(time), in: coming, out: going })}\n`)
      continue
    }
    terminal.out(`${paint('bold', utcWords(time))} (${agoWords(time, now)})\n`)
    for (const { edge, reason } of coming) terminal.out(`  ${paint('green', '+')} ${edge} in: ${reason}\n`)
    for (const { edge, reason } of going) terminal.out(`  ${paint('red', '-')} ${edge} out: ${reason}\n`)
  }
  if (found.length === 0) terminal.err(`edgemanage: ${network.name}: no rotation has been recorded\n`)
  return exitStatus.success
}
