import { type Command, Option } from 'commander'
import { modes } from '../core/domain/model.ts'
import type { ConfFlags, OrderFlags } from './commands/conf.ts'
import { onNetwork, type Perform } from './program-parts.ts'

/** The commands by which an operator gives orders: conf, freeze, thaw. */
export function addOrders(program: Command, perform: Perform): void {
  addConf(program, perform)
  addFreeze(program, perform)
}

function addConf(program: Command, perform: Perform): void {
  const command = program
    .command('conf')
    .argument('<edge...>', 'edges of the list; * and ? are wildcards, as in a shell')
    .description('order an edge: force, blindforce, unavailable; available ends the order')
  onNetwork(command)
    .addOption(new Option('-m, --mode <mode>', 'what is ordered').choices(modes).makeOptionMandatory())
    .option('-C, --comment <text>', 'why; required unless the mode is available')
    .option('--expires <when>', 'when the order ends: 90s, 15m, 2h, 3d, or a time like 2026-12-24T18:00Z')
    .option('-y, --yes', 'do not ask before ordering several edges')
    .option('-v, --verbose', 'show where an error came from')
    .option('--json', 'print one order a line')
    .action((edges: string[], flags: ConfFlags) =>
      perform(flags, async (terminal, env) => (await import('./commands/conf.ts')).conf(edges, flags, terminal, env)),
    )
}

function addFreeze(program: Command, perform: Perform): void {
  const work = (order: 'freeze' | 'thaw') => (flags: OrderFlags) =>
    perform(flags, async (terminal, env) =>
      (await import('./commands/freeze.ts')).freezeOrThaw(order, flags, terminal, env),
    )
  const freeze = program.command('freeze').description('hold the live set of a network as it is')
  onNetwork(freeze)
    .requiredOption('-C, --comment <text>', 'why')
    .option('--expires <when>', 'when the freeze ends: 90s, 15m, 2h, 3d, or a time like 2026-12-24T18:00Z')
    .option('-v, --verbose', 'show where an error came from')
    .option('--json', 'print the freeze as JSON')
    .action(work('freeze'))
  const thaw = program.command('thaw').description('end a freeze')
  onNetwork(thaw)
    .option('-C, --comment <text>', 'why; shown in the log and in notifications')
    .option('-v, --verbose', 'show where an error came from')
    .option('--json', 'print the end of the freeze as JSON')
    .action(work('thaw'))
}
