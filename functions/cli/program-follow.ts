import type { Command } from 'commander'
import type { FollowFlags } from './commands/follow.ts'
import { collect, parseEvery, parseGrace } from './input/flags.ts'
import { configOption, type Perform } from './program-parts.ts'

/** The command that runs beside a name server. */
export function addFollow(program: Command, perform: Perform): void {
  program
    .command('follow')
    .description('keep the zones beside a name server as the bucket has them, and have changed ones reloaded')
    .requiredOption('--to <dir>', 'the folder to keep; the name server includes its edgemanage.conf')
    .option(
      '-A, --dnet <network>',
      'a network; may be given several times (default: all of the configuration)',
      collect,
    )
    .addOption(configOption())
    .option('--local <dir>', 'read what was published into this folder (or EDGEMANAGE_LOCAL)')
    .option('--stack <name>', 'look up the bucket of this CloudFormation stack (or EDGEMANAGE_STACK); else BUCKET_NAME')
    .option('--every <seconds>', 'start a pass at this interval, until stopped', parseEvery)
    .option('--reload <command>', 'asks the name server: gets "reload ZONE", "reload" or "reconfig"', 'rndc')
    .option('--catalog <name>', 'keep a catalog zone (RFC 9432) of this name, too')
    .option('--grace <seconds>', 'a zone leaves when no manifest has had it for this long', parseGrace, 3600)
    .option('-y, --yes', 'let zones leave even if they are most of them')
    .option('-v, --verbose', 'show where an error came from')
    .option('--json', 'print one pass a line')
    .action((flags: FollowFlags) =>
      perform(flags, async (terminal, env) => (await import('./commands/follow.ts')).follow(flags, terminal, env)),
    )
}
