import { type Command, Option } from 'commander'
import type { Terminal } from './output/terminal.ts'

/** Does the work of a command, which answers its exit status. */
export type Perform = (
  flags: { readonly json?: boolean; readonly verbose?: boolean },
  work: (terminal: Terminal, env: NodeJS.ProcessEnv) => Promise<number>,
) => Promise<void>

/** The flags of every command that works on one network (contract, "Command line"). */
export function onNetwork(command: Command): Command {
  return command
    .option('-A, --dnet <network>', 'the network (or EDGEMANAGE_NETWORK); may be left out where there is one')
    .addOption(configOption())
    .option('--local <dir>', 'keep state and published files in this folder instead of AWS (or EDGEMANAGE_LOCAL)')
    .option('--stack <name>', 'work on the table and the bucket of this CloudFormation stack (or EDGEMANAGE_STACK)')
}

/** The flag that names the configuration folder. */
export function configOption(): Option {
  return new Option('-c, --config <dir>', 'the configuration folder (or EDGEMANAGE_CONFIG)')
}

/**
 * Lets every command accept the flags that say where to work, and ignore them where it has no use for them (contract,
 * "Command line"): they are the same for all commands, also in a script that passes them to each.
 */
export function acceptPlaces(command: Command, above: readonly string[] = []): void {
  const known = [...above, ...command.options.map(({ long }) => String(long))]
  for (const below of command.commands) acceptPlaces(below, known)
  if (command.commands.length > 0 || command.parent === null) return
  const places = [
    ['-A, --dnet <network>', '--dnet'],
    ['-c, --config <dir>', '--config'],
    ['--local <dir>', '--local'],
    ['--stack <name>', '--stack'],
  ] as const
  for (const [flags, long] of places) {
    const isTaken = known.includes(long) || command.options.some(({ short }) => short === flags.slice(0, 2))
    if (!isTaken) command.addOption(new Option(flags).hideHelp())
  }
}
