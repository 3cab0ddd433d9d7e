import { Argument, type Command, Option } from 'commander'
import type { InitFlags } from './commands/init.ts'
import type { ServiceFlags } from './commands/service.ts'
import { collect, parseEvery, parseWhole } from './input/flags.ts'
import type { Perform } from './program-parts.ts'

/** The commands for a machine of one's own: init, completion, service, and the manual page. */
export function addHome(program: Command, perform: Perform): void {
  addInit(program, perform)
  addService(program, perform)
  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish']))
    .description('print the script that makes a shell complete commands and flags')
    .action((shell: 'bash' | 'zsh' | 'fish') =>
      perform({}, async terminal => (await import('./commands/shell.ts')).completion(shell, program, terminal)),
    )
  program
    .command('man', { hidden: true })
    .description('print the manual page (roff): the same text as --help')
    .action(() => perform({}, async terminal => (await import('./commands/shell.ts')).manual(program, terminal)))
}

function addInit(program: Command, perform: Perform): void {
  program
    .command('init')
    .argument('<dir>', 'the configuration folder to make; it must be new or empty')
    .description('make a configuration folder that validates, from flags or from answers to questions')
    .option('-A, --dnet <network>', 'the name of the network')
    .option('--network <network>', 'the same as -A')
    .option('--host <name>', 'the name in the Host header of probes, and of the certificate')
    .option('--edge <edge>', 'an edge: an address or a name; may be given several times', collect)
    .option('--zone <zone>', 'a zone to publish; may be given several times', collect)
    .option('--ns <name>', 'a name server of the zones; may be given several times', collect)
    .option('--mailbox <name>', 'the mailbox of the zones, with a dot for the @')
    .option('--proto <proto>', 'http or https', 'https')
    .option('--uri <path>', 'the path of the test object', '/edgemanage.txt')
    .option('--object <file>', 'your copy of the test object; if left out, one is made')
    .option('--goodenough <seconds>', 'an edge that answers faster passes', Number, 0.5)
    .option('--edge-count <n>', 'how many edges should be live', parseWhole)
    .option('--local <dir>', 'also make this folder, for state and published files')
    .option('-v, --verbose', 'show where an error came from')
    .option('--json', 'print the paths of the files as JSON')
    .action((folder: string, flags: InitFlags) =>
      perform(flags, async (terminal, env) => (await import('./commands/init.ts')).init(folder, flags, terminal, env)),
    )
}

function addService(program: Command, perform: Perform): void {
  program
    .command('service')
    .addArgument(new Argument('[what]', 'what to run').choices(['manage', 'follow']).default('manage'))
    .description('print systemd units that run edgemanage as a user with few rights')
    .option('-A, --dnet <network>', 'only this network')
    .addOption(new Option('-c, --config <dir>', 'the configuration folder (or EDGEMANAGE_CONFIG; /etc/edgemanage)'))
    .option('--local <dir>', 'the folder for state and published files (or EDGEMANAGE_LOCAL; /var/lib/edgemanage)')
    .option('--stack <name>', 'work on the table and the bucket of this CloudFormation stack instead')
    .option('--user <name>', 'the user that it runs as', 'edgemanage')
    .option('--every <seconds>', 'how often', parseEvery, 60)
    .option('--timer', 'use a timer that starts each run, instead of a process that keeps running')
    .option('--to <dir>', 'follow: the folder of the zones beside the name server', '/var/cache/bind/edgemanage')
    .option('--bucket <name>', 'follow: the bucket by its name, which takes no right to look it up')
    .option('--region <region>', 'follow: the region of the bucket')
    .option('--reload <command>', 'follow: what asks the name server (without it, rndc)')
    .option('--catalog <name>', 'follow: the name of a catalog zone to keep')
    .option('--out <dir>', 'write the units into this folder instead of printing them')
    .option('-v, --verbose', 'show where an error came from')
    .action((what: 'manage' | 'follow', flags: ServiceFlags) =>
      perform(flags, async (terminal, env) => {
        const { service } = await import('./commands/service.ts')
        return service(what, flags, terminal, env)
      }),
    )
}
