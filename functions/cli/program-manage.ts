import type { Command } from 'commander'
import type { ManageFlags } from '../app/network-flags.ts'
import { maxRunSeconds, minStartsApartSeconds } from '../core/domain/limits.ts'
import { minRunSeconds, parseEvery, parseMaxSeconds } from './input/flags.ts'
import { onNetwork, type Perform } from './program-parts.ts'

/** The command that runs cycles. */
export function addManage(program: Command, perform: Perform): void {
  const command = program
    .command('manage')
    .description('run a cycle: probe, decide, publish; without -A, of every network, side by side')
  onNetwork(command)
    .option('-n, --dry-run', 'show what would change, and write nothing')
    .option('--detailed-exitcode', 'with --dry-run: exit with 3 where something would change')
    .option('--force', `run even if the last run started less than ${minStartsApartSeconds} seconds ago`)
    .option('--force-update', 'write every zone, changed or not')
    .option('--every <seconds>', 'start a cycle at this interval, until stopped; SIGHUP asks for one now', parseEvery)
    .option(
      '--max-seconds <n>',
      `time limit of a run, ${minRunSeconds} to ${maxRunSeconds}`,
      parseMaxSeconds,
      maxRunSeconds,
    )
    .option('-q, --quiet', 'print only changes and problems')
    .option('-v, --verbose', 'show the phases of every probe, and every zone')
    .option('--json', 'print one report a line')
    .action((flags: ManageFlags) =>
      perform(flags, async (terminal, env) => (await import('./commands/manage.ts')).manage(flags, terminal, env)),
    )
}
