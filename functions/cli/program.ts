import { Command, CommanderError, Option } from 'commander'
import type { CostFlags } from './cost.ts'
import { exitStatus } from './errors.ts'
import {
  longestRunSeconds,
  type ManageFlags,
  type NetworkFlags,
  parseEvery,
  parseMaxSeconds,
  parsePort,
} from './flags.ts'
import type { ImportFlags } from './import.ts'
import type { MigrateFlags } from './migrate.ts'
import { addLooks } from './program-look.ts'
import { readVersion } from './root.ts'
import type { StatusFlags } from './status.ts'
import { tellError } from './tell.ts'
import { openTerminal, type Streams, type Terminal, watchOutputs } from './terminal.ts'

/** Does the work of a command, which answers its exit status. */
export type Perform = (
  flags: { readonly json?: boolean; readonly verbose?: boolean },
  work: (terminal: Terminal, env: NodeJS.ProcessEnv) => Promise<number>,
) => Promise<void>

/** Runs the command line with these arguments (without node and script); the answer is the exit status. */
export async function runProgram(args: readonly string[], streams: Streams): Promise<number> {
  let status: number = exitStatus.success
  const closed = watchOutputs(streams)
  const perform: Perform = async (flags, work) => {
    const terminal = openTerminal(streams, closed, flags.json === true)
    try {
      status = await work(terminal, streams.env)
    } catch (error) {
      status = tellError(error, terminal, flags.verbose === true)
    }
  }
  try {
    await programOf(perform, streams).parseAsync(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return exitStatus.success
    // A monitoring system reads standard output, and takes 2 for critical.
    if (args[0] === 'check') {
      return (await import('./check.ts')).wrongCheck(args, error.message, text => streams.stdout.write(text))
    }
    return exitStatus.wrong
  }
  return status
}

// What a command needs is loaded when it runs, so that --help need not wait for it.
function programOf(perform: Perform, { stdout, stderr }: Streams): Command {
  const program = new Command('edgemanage')
    .description('Probes the edges of a network and publishes the healthy ones as DNS zones.')
    .version(readVersion())
    .exitOverride()
    .configureOutput({ writeOut: text => stdout.write(text), writeErr: text => stderr.write(text) })
    .addHelpText('after', '\nExit status: 0 success, 1 the work failed, 2 wrong usage or configuration.')
  addManage(program, perform)
  addZones(program, perform)
  addStatus(program, perform)
  addLooks(program, perform, onNetwork)
  addValidate(program, perform)
  addImport(program, perform)
  addMigrate(program, perform)
  addCost(program, perform)
  return program
}

function addManage(program: Command, perform: Perform): void {
  const command = program.command('manage').description('run a cycle: probe, decide, publish')
  onNetwork(command)
    .option('-n, --dry-run', 'say what would change, and write nothing')
    .option('--force', 'run even if the last run started less than 30 seconds ago')
    .option('--force-update', 'write every zone, changed or not')
    .option('--every <seconds>', 'start a cycle every so many seconds, until stopped', parseEvery)
    .option(
      '--max-seconds <n>',
      'a run ends itself after so many seconds, 30 to 55',
      parseMaxSeconds,
      longestRunSeconds,
    )
    .option('-v, --verbose', 'show the phases of every probe, and every zone')
    .option('--json', 'print one report a line')
    .action((flags: ManageFlags) =>
      perform(flags, async (terminal, env) => (await import('./manage.ts')).manage(flags, terminal, env)),
    )
}

function addZones(program: Command, perform: Perform): void {
  const zones = program.command('zones').description('list the zones: serial, due, confirmed, orphaned')
  onNetwork(zones)
    .option('-v, --verbose', 'show where an error came from')
    .option('--json', 'print one zone a line')
    .action((flags: NetworkFlags) =>
      perform(flags, async (terminal, env) => (await import('./zones.ts')).listZones(flags, terminal, env)),
    )
  const forget = zones
    .command('forget')
    .argument('<zone>', 'a zone that is no longer in the configuration')
    .description('take back a zone that left the configuration: its clause in named.conf, its file, its record')
  onNetwork(forget)
    .option('-v, --verbose', 'show where an error came from')
    .action((zone: string, _flags: NetworkFlags, command: Command) => {
      const flags = command.optsWithGlobals<NetworkFlags>()
      return perform(flags, async (terminal, env) =>
        (await import('./zones-forget.ts')).forgetZone(zone, flags, terminal, env),
      )
    })
}

function addStatus(program: Command, perform: Perform): void {
  const command = program
    .command('status')
    .description('show a network at a glance: a table, or a page for the browser')
  onNetwork(command)
    .option('--html <file>', 'write the page to this file')
    .option('--serve <port>', 'serve the page on this port of loopback, until stopped', parsePort)
    .option('-v, --verbose', 'show where an error came from')
    .option('--json', 'print one network a line')
    .action((flags: StatusFlags) =>
      perform(flags, async (terminal, env) => (await import('./status.ts')).status(flags, terminal, env)),
    )
}

function addValidate(program: Command, perform: Perform): void {
  program
    .command('validate')
    .description('check a configuration folder')
    .addOption(configOption())
    .option('--json', 'print one problem a line')
    .action((flags: { config?: string; json?: boolean }) =>
      perform(flags, async (terminal, env) => (await import('./validate.ts')).validate(flags, terminal, env)),
    )
}

function addImport(program: Command, perform: Perform): void {
  const command = program
    .command('import')
    .description("put the original's state into the table: samples, averages, orders, live set, rotations")
  onNetwork(command)
    .option('--health <dir>', "the original's folder of .edgestore files")
    .option('--state <file>', "the original's .state file of this network")
    .option('-v, --verbose', 'show where an error came from')
    .option('--json', 'print what was done as one line of JSON')
    .action((flags: ImportFlags) =>
      perform(flags, async (terminal, env) => (await import('./import.ts')).importOriginal(flags, terminal, env)),
    )
}

function addMigrate(program: Command, perform: Perform): void {
  program
    .command('migrate')
    .argument('<dir>', "the original's folder, which holds its edgemanage.yaml")
    .description("turn the original's configuration into a folder of this one")
    .requiredOption('--to <dir>', 'the configuration folder to make; it must not hold anything')
    .option('-v, --verbose', 'show where an error came from')
    .option('--json', 'print what was done as one line of JSON')
    .action((folder: string, flags: MigrateFlags) =>
      perform(flags, async terminal => (await import('./migrate.ts')).migrate(folder, flags, terminal)),
    )
}

function addCost(program: Command, perform: Perform): void {
  program
    .command('cost')
    .description('project what each network costs on AWS, in dollars a month')
    .option('-A, --dnet <network>', 'this network alone')
    .addOption(configOption())
    .option('-v, --verbose', 'show how each amount comes about')
    .option('--json', 'print one network a line')
    .action((flags: CostFlags) =>
      perform(flags, async (terminal, env) => (await import('./cost.ts')).cost(flags, terminal, env)),
    )
}

/** The flags of every command that works on one network (contract, "Command line"). */
function onNetwork(command: Command): Command {
  return command
    .option('-A, --dnet <network>', 'the network; may be left out where there is one')
    .addOption(configOption())
    .option('--local <dir>', 'keep state and published files in this folder instead of AWS')
    .option('--stack <name>', 'work on the table and the bucket of this CloudFormation stack')
}

function configOption(): Option {
  return new Option('-c, --config <dir>', 'the configuration folder (or EDGEMANAGE_CONFIG)')
}
