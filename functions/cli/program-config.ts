import type { Command } from 'commander'
import { withNamed } from '../app/naming.ts'
import type { NetworkFlags } from '../app/network-flags.ts'
import type { PushFlags } from './commands/config-push.ts'
import { onNetwork, type Perform } from './program-parts.ts'

/** The commands about the configuration in force: config push, pull, diff, log, rollback (behaviour §11). */
export function addConfig(program: Command, perform: Perform): void {
  const config = program.command('config').description('put configurations in force, without a deploy')
  addPush(config, perform)
  addRollback(config, perform)
  addPull(config, perform)
  const looks = {
    diff: 'show the folder against what is in force',
    log: 'list who put which configuration in force, the newest first',
  }
  for (const [name, text] of Object.entries(looks)) {
    common(onNetwork(config.command(name).description(text))).action((flags: NetworkFlags) =>
      perform(flags, async (terminal, env) => {
        const { configDiff, configLog } = await import('./commands/config-look.ts')
        return name === 'diff'
          ? configDiff(withNamed(flags, env), terminal, env)
          : configLog(withNamed(flags, env), terminal, env)
      }),
    )
  }
}

function addPush(config: Command, perform: Perform): void {
  const push = config.command('push').description('check the folder and put it in force: the next cycle uses it')
  common(onNetwork(push), 'show what the next cycle would do with it, and store nothing').action((flags: PushFlags) =>
    perform(flags, async (terminal, env) =>
      (await import('./commands/config-push.ts')).pushConfig(withNamed(flags, env), terminal, env),
    ),
  )
}

function addRollback(config: Command, perform: Perform): void {
  const rollback = config
    .command('rollback')
    .argument('[hash]', 'the beginning of its hash, as config log shows it; the one before if left out')
    .description('put an earlier configuration in force again')
  common(onNetwork(rollback), 'show what would be put in force').action((hash: string | undefined, flags: PushFlags) =>
    perform(flags, async (terminal, env) =>
      (await import('./commands/config-rollback.ts')).rollbackConfig(hash, withNamed(flags, env), terminal, env),
    ),
  )
}

function addPull(config: Command, perform: Perform): void {
  const pull = config
    .command('pull')
    .argument('<dir>', 'an empty folder, or one that does not exist yet')
    .description('write what is in force as a configuration folder')
  common(onNetwork(pull)).action((folder: string, flags: NetworkFlags) =>
    perform(flags, async (terminal, env) =>
      (await import('./commands/config-look.ts')).pullConfig(folder, withNamed(flags, env), terminal, env),
    ),
  )
}

/** The flags of all of them; those that change something have further ones. */
function common(command: Command, dryRun?: string): Command {
  if (dryRun !== undefined) {
    command
      .option('-C, --comment <text>', 'why, for config log')
      .option('-y, --yes', 'go ahead even if most edges leave, or too few are left')
      .option('-n, --dry-run', dryRun)
  }
  return command
    .option('-v, --verbose', 'show where an error came from')
    .option('--json', 'print one network or entry a line, as JSON')
}
