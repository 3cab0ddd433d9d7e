import { Command, CommanderError } from 'commander'
import { exitStatus } from '../app/errors.ts'
import type { ManageFlags, NetworkFlags } from '../app/network-flags.ts'
import { readVersion } from '../app/package-files.ts'
import { maxRunSeconds } from '../core/domain/limits.ts'
import { printableText } from '../core/domain/printable.ts'
import type { StatusFlags } from './commands/status.ts'
import { parseEvery, parseMaxSeconds, parsePort } from './input/flags.ts'
import { tellError } from './output/tell.ts'
import { openTerminal, type Streams, watchOutputs } from './output/terminal.ts'
import { addLooks } from './program-look.ts'
import { addMoves } from './program-moves.ts'
import { addOrders } from './program-orders.ts'
import { configOption, onNetwork, type Perform } from './program-parts.ts'

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
      return (await import('./commands/check.ts')).wrongCheck(args, error.message, text => streams.stdout.write(text))
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
    .configureOutput({
      writeOut: text => stdout.write(text),
      writeErr: text => stderr.write(printableText(text, () => false)),
    })
    .addHelpText('after', '\nExit status: 0 success, 1 the work failed, 2 wrong usage or configuration.')
  addManage(program, perform)
  addOrders(program, perform)
  addZones(program, perform)
  addStatus(program, perform)
  addLooks(program, perform)
  addValidate(program, perform)
  addMoves(program, perform)
  return program
}

function addManage(program: Command, perform: Perform): void {
  const command = program.command('manage').description('run a cycle: probe, decide, publish')
  onNetwork(command)
    .option('-n, --dry-run', 'say what would change, and write nothing')
    .option('--force', 'run even if the last run started less than 30 seconds ago')
    .option('--force-update', 'write every zone, changed or not')
    .option('--every <seconds>', 'start a cycle at this interval, until stopped', parseEvery)
    .option('--max-seconds <n>', 'time limit of a run, 30 to 55', parseMaxSeconds, maxRunSeconds)
    .option('-v, --verbose', 'show the phases of every probe, and every zone')
    .option('--json', 'print one report a line')
    .action((flags: ManageFlags) =>
      perform(flags, async (terminal, env) => (await import('./commands/manage.ts')).manage(flags, terminal, env)),
    )
}

function addZones(program: Command, perform: Perform): void {
  const zones = program.command('zones').description('list the zones: serial, due, confirmed, orphaned')
  onNetwork(zones)
    .option('-v, --verbose', 'show where an error came from')
    .option('--json', 'print one zone a line')
    .action((flags: NetworkFlags) =>
      perform(flags, async (terminal, env) => (await import('./commands/zones.ts')).listZones(flags, terminal, env)),
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
        (await import('./commands/zones-forget.ts')).forgetZone(zone, flags, terminal, env),
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
      perform(flags, async (terminal, env) => (await import('./commands/status.ts')).status(flags, terminal, env)),
    )
}

function addValidate(program: Command, perform: Perform): void {
  program
    .command('validate')
    .description('check a configuration folder')
    .addOption(configOption())
    .option('--json', 'print one problem a line')
    .action((flags: { config?: string; json?: boolean }) =>
      perform(flags, async (terminal, env) => (await import('./commands/validate.ts')).validate(flags, terminal, env)),
    )
}
