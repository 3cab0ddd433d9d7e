import { Command, CommanderError } from 'commander'
import { exitStatus } from '../app/exit-status.ts'
import type { NetworkFlags } from '../app/network-flags.ts'
import { readVersion } from '../app/package-files.ts'
import { printableText } from '../core/domain/printable.ts'
import type { StatusFlags } from './commands/status.ts'
import type { MoveFlags } from './commands/zones-move.ts'
import { parsePort } from './input/flags.ts'
import { addExamples } from './output/examples.ts'
import { tellError } from './output/tell.ts'
import { openTerminal, type Streams, watchOutputs } from './output/terminal.ts'
import { addConfig } from './program-config.ts'
import { addFollow } from './program-follow.ts'
import { addHome } from './program-home.ts'
import { addLooks } from './program-look.ts'
import { addManage } from './program-manage.ts'
import { addMoves } from './program-moves.ts'
import { addOrders } from './program-orders.ts'
import { acceptPlaces, configOption, onNetwork, type Perform } from './program-parts.ts'

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
  addConfig(program, perform)
  addZones(program, perform)
  addStatus(program, perform)
  addLooks(program, perform)
  addValidate(program, perform)
  addSchema(program, perform)
  addFollow(program, perform)
  addMoves(program, perform)
  addHome(program, perform)
  addExamples(program)
  acceptPlaces(program)
  return program
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
    .argument('<zone...>', 'zones that are no longer in the configuration, or whose network is not')
    .description('take back zones that left the configuration: clause in named.conf, file, record')
  onNetwork(forget)
    .option('-v, --verbose', 'show where an error came from')
    .action((zones: string[], _flags: NetworkFlags, command: Command) => {
      const flags = command.optsWithGlobals<NetworkFlags>()
      return perform(flags, async (terminal, env) =>
        (await import('./commands/zones-forget.ts')).forgetZones(zones, flags, terminal, env),
      )
    })
  const move = zones
    .command('move')
    .argument('<zone>', 'a zone of the configuration')
    .description('move the include of a zone to another network and put both networks in force, after a check of both')
    .requiredOption('--to <network>', 'the network that receives it')
  onNetwork(move)
    .option('-C, --comment <text>', 'why, for config log')
    .option('-y, --yes', 'go ahead even if the folder has other changes, too')
    .option('-v, --verbose', 'show where an error came from')
    .action((zone: string, own: MoveFlags, command: Command) => {
      const flags = { ...command.optsWithGlobals<NetworkFlags>(), ...own }
      return perform(flags, async (terminal, env) =>
        (await import('./commands/zones-move.ts')).moveZone(zone, flags, terminal, env),
      )
    })
}

function addStatus(program: Command, perform: Perform): void {
  const command = program
    .command('status')
    .description('show a network at a glance: a table, or a page for the browser')
  onNetwork(command)
    .option('--html <file>', 'write the page to this file')
    .option(
      '--serve <port>',
      'serve the page, /metrics, /healthz and /status.json on this port of loopback, until stopped',
      parsePort,
    )
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

function addSchema(program: Command, perform: Perform): void {
  program
    .command('schema')
    .description('print the JSON Schema of edgemanage.yaml, for editors')
    .action(() => perform({}, async terminal => (await import('./commands/schema.ts')).schema(terminal)))
}
