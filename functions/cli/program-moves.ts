import type { Command } from 'commander'
import type { NetworkFlags } from '../app/network-flags.ts'
import type { ImportFlags } from './commands/import.ts'
import type { MigrateFlags } from './commands/migrate.ts'
import { configOption, onNetwork, type Perform } from './program-parts.ts'

/** The commands for those who move in: import, migrate, cost. */
export function addMoves(program: Command, perform: Perform): void {
  addImport(program, perform)
  addMigrate(program, perform)
  addCost(program, perform)
}

function addImport(program: Command, perform: Perform): void {
  const command = program
    .command('import')
    .description('import the state of the original edgemanage: samples, averages, orders, live set, rotations')
  onNetwork(command)
    .option('--health <dir>', "the original's folder of .edgestore files")
    .option('--state <file>', "the original's .state file of this network")
    .option('-v, --verbose', 'show where an error came from')
    .option('--json', 'print what was done as one line of JSON')
    .action((flags: ImportFlags) =>
      perform(flags, async (terminal, env) =>
        (await import('./commands/import.ts')).importOriginal(flags, terminal, env),
      ),
    )
}

function addMigrate(program: Command, perform: Perform): void {
  program
    .command('migrate')
    .argument('<dir>', "the original's folder, which holds its edgemanage.yaml")
    .description('convert the configuration of the original edgemanage')
    .requiredOption('--to <dir>', 'the configuration folder to make; it must be new or empty')
    .option('--measure', 'fetch each edge three times as the original did, and as it is done here')
    .option('-v, --verbose', 'show where an error came from')
    .option('--json', 'print what was done as one line of JSON')
    .action((folder: string, flags: MigrateFlags) =>
      perform(flags, async terminal => (await import('./commands/migrate.ts')).migrate(folder, flags, terminal)),
    )
}

function addCost(program: Command, perform: Perform): void {
  program
    .command('cost')
    .description('project what each network costs on AWS, in dollars a month')
    .option('-A, --dnet <network>', 'only this network')
    .addOption(configOption())
    .option(
      '--local <dir>',
      'of what is in force in this folder (or EDGEMANAGE_LOCAL), not of the configuration folder',
    )
    .option('--stack <name>', 'of what is in force in this stack (or EDGEMANAGE_STACK)')
    .option('-v, --verbose', 'show how each amount comes about')
    .option('--json', 'print one network a line')
    .action((flags: NetworkFlags) =>
      perform(flags, async (terminal, env) => (await import('./commands/cost.ts')).cost(flags, terminal, env)),
    )
}
