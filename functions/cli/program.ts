import { Command, CommanderError, Option } from 'commander'
import { modes } from '../core/model.ts'
import type { ConfFlags, OrderFlags } from './conf.ts'
import { exitStatus } from './errors.ts'
import {
  longestRunSeconds,
  type ManageFlags,
  type NetworkFlags,
  parseEvery,
  parseMaxSeconds,
  parsePort,
} from './flags.ts'
import { readVersion } from './root.ts'
import type { StatusFlags } from './status.ts'
import { tellError } from './tell.ts'
import { openTerminal, type Streams, type Terminal, watchOutputs } from './terminal.ts'

/** Does the work of a command, which answers its exit status. */
type Perform = (
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
    return error.exitCode === 0 ? exitStatus.success : exitStatus.wrong
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
  addConf(program, perform)
  addFreeze(program, perform)
  addZones(program, perform)
  addStatus(program, perform)
  addValidate(program, perform)
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

function addConf(program: Command, perform: Perform): void {
  const command = program
    .command('conf')
    .argument('<edge...>', 'edges of the list; * and ? stand for what they do in a shell')
    .description('order an edge: force, blindforce, unavailable; available ends the order')
  onNetwork(command)
    .addOption(new Option('-m, --mode <mode>', 'what is ordered').choices(modes).makeOptionMandatory())
    .option('-C, --comment <text>', 'why; required unless the mode is available')
    .option('--expires <when>', 'when the order ends: 90s, 15m, 2h, 3d, or a time like 2026-12-24T18:00Z')
    .option('-y, --yes', 'do not ask before ordering several edges')
    .option('-v, --verbose', 'show where an error came from')
    .option('--json', 'print one order a line')
    .action((edges: string[], flags: ConfFlags) =>
      perform(flags, async (terminal, env) => (await import('./conf.ts')).conf(edges, flags, terminal, env)),
    )
}

function addFreeze(program: Command, perform: Perform): void {
  const work = (order: 'freeze' | 'thaw') => (flags: OrderFlags) =>
    perform(flags, async (terminal, env) => (await import('./freeze.ts')).freezeOrThaw(order, flags, terminal, env))
  const freeze = program.command('freeze').description('hold the live set of a network as it is')
  onNetwork(freeze)
    .requiredOption('-C, --comment <text>', 'why')
    .option('--expires <when>', 'when the freeze ends: 90s, 15m, 2h, 3d, or a time like 2026-12-24T18:00Z')
    .option('-v, --verbose', 'show where an error came from')
    .option('--json', 'print the freeze as JSON')
    .action(work('freeze'))
  const thaw = program.command('thaw').description('end a freeze')
  onNetwork(thaw)
    .option('-C, --comment <text>', 'why, for whoever hears of it')
    .option('-v, --verbose', 'show where an error came from')
    .option('--json', 'print the end of the freeze as JSON')
    .action(work('thaw'))
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
