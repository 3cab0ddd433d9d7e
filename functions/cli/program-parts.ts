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
    .option('-A, --dnet <network>', 'the network; may be left out where there is one')
    .addOption(configOption())
    .option('--local <dir>', 'keep state and published files in this folder instead of AWS')
    .option('--stack <name>', 'work on the table and the bucket of this CloudFormation stack')
}

/** The flag that names the configuration folder. */
export function configOption(): Option {
  return new Option('-c, --config <dir>', 'the configuration folder (or EDGEMANAGE_CONFIG)')
}
