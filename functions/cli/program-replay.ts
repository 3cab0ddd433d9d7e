import type { Command } from 'commander'
import { defaultHours, keptHours } from '../core/domain/limits.ts'
import { replayableKeys } from '../core/replay/replayable.ts'
import type { ReplayFlags } from './commands/replay.ts'
import { collect, parseHours } from './input/flags.ts'
import { onNetwork, type Perform } from './program-parts.ts'

/** The command that answers what other settings would have done: replay (behaviour §13). */
export function addReplay(program: Command, perform: Perform): void {
  const command = program
    .command('replay')
    .description('show what other settings would have made of the recorded cycles')
  onNetwork(command)
    .option('--hours <n>', `how far back, 1 to ${keptHours}`, parseHours, defaultHours)
    .option('--set <key=value>', 'a setting to replay with; may be given several times', collect)
    .option('--sweep <key=v1,v2,...>', 'try each of these values; given twice: every combination', collect)
    .option('--html <file>', 'write the answer to this file, as a page for the browser')
    .option('-v, --verbose', 'show where an error came from')
    .option('--json', 'print it as one line of JSON')
    .addHelpText('after', `\nSettings that can be replayed:\n  ${replayableKeys.join('\n  ')}`)
    .action((flags: ReplayFlags) =>
      perform(flags, async (terminal, env) =>
        (await import('./commands/replay.ts')).replayCommand(flags, terminal, env),
      ),
    )
}
