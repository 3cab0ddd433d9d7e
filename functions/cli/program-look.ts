import { type Command, Option } from 'commander'
import type { NetworkFlags } from '../app/network-flags.ts'
import { defaultHours, keptHours } from '../core/domain/limits.ts'
import { checkThresholds, lateAfter } from '../core/inspect/check-thresholds.ts'
import { healthWords, modeWords, stateWords } from '../core/inspect/query-rows.ts'
import type { AnyCheckName, CheckFlags } from './commands/check.ts'
import type { HistoryFlags } from './commands/history.ts'
import type { LogFlags } from './commands/log.ts'
import type { MetricsFlags } from './commands/metrics.ts'
import type { QueryFlags } from './commands/query.ts'
import type { RotationsFlags } from './commands/rotations.ts'
import { parseEvery, parseHours, parseLimit, parseSince } from './input/flags.ts'
import { onNetwork, type Perform } from './program-parts.ts'
import { addReplay } from './program-replay.ts'

/** The commands that look and touch nothing: query, why, history, rotations, check, metrics, replay. */
export function addLooks(program: Command, perform: Perform): void {
  addQuery(program, perform)
  addAboutEdge(program, perform)
  addRotations(program, perform)
  addLog(program, perform)
  addChecks(program, perform)
  addMetrics(program, perform)
  addReplay(program, perform)
}

function addQuery(program: Command, perform: Perform): void {
  const command = program.command('query').description('list the edges and their state; without -A, the networks')
  onNetwork(command)
    .addOption(new Option('-H, --health <judgement>', 'only edges judged so').choices(healthWords))
    .addOption(new Option('-s, --state <state>', 'only edges in rotation, or out of it').choices(stateWords))
    .addOption(new Option('-m, --mode <mode>', 'only edges in this mode').choices(modeWords))
    .addOption(
      new Option('-f, --format <format>', 'flat unless on a terminal, which shows a table').choices([
        'flat',
        'csv',
        'json',
      ]),
    )
    .option('-q, --quiet', 'print only the names')
    .option('--header', 'begin with the names of the columns')
    .option('-v, --verbose', 'mode, state, health, edge, seconds in this mode, comment')
    .option('--watch', 'repeat until stopped')
    .option('--interval <seconds>', 'with --watch: how often', parseEvery, 10)
    .action((flags: QueryFlags) =>
      perform({ ...flags, json: flags.format === 'json' }, async (terminal, env) =>
        (await import('./commands/query.ts')).query(flags, terminal, env),
      ),
    )
}

function addAboutEdge(program: Command, perform: Perform): void {
  const why = program
    .command('why')
    .argument('<edge>', 'an edge of the network')
    .description('explain the last decision about an edge, and what would change it')
  onNetwork(why)
    .option('-v, --verbose', 'show where an error came from')
    .option('--json', 'print it as one line of JSON')
    .action((edge: string, flags: NetworkFlags) =>
      perform(flags, async (terminal, env) => (await import('./commands/why.ts')).why(edge, flags, terminal, env)),
    )
  const history = program
    .command('history')
    .argument('<edge>', "an edge, or a canary's address")
    .description('show what the probes of an edge found: a chart, or samples for programs')
  onNetwork(history)
    .option('--hours <n>', `how far back, 1 to ${keptHours}`, parseHours, defaultHours)
    .addOption(new Option('--format <format>', 'samples instead of a chart').choices(['csv', 'json']))
    .option('-v, --verbose', 'show where an error came from')
    .action((edge: string, flags: HistoryFlags) =>
      perform(flags, async (terminal, env) =>
        (await import('./commands/history.ts')).history(edge, flags, terminal, env),
      ),
    )
}

function addRotations(program: Command, perform: Perform): void {
  const command = program.command('rotations').description('list the rotations and their reasons, newest first')
  onNetwork(command)
    .option('--limit <n>', 'how many at most, 1 to 1000', parseLimit, 100)
    .option('-v, --verbose', 'show where an error came from')
    .option('--json', 'print one rotation a line')
    .action((flags: RotationsFlags) =>
      perform(flags, async (terminal, env) =>
        (await import('./commands/rotations.ts')).rotations(flags, terminal, env),
      ),
    )
}

function addLog(program: Command, perform: Perform): void {
  const command = program
    .command('log')
    .description('show what happened: rotations, orders, freezes, pushes, shortages, cycles that went wrong')
  onNetwork(command)
    .addOption(
      new Option('--since <span>', 'how far back: 90s, 15m, 12h, 3d').argParser(parseSince).default(86_400_000, '24h'),
    )
    .addOption(
      new Option('--only <what...>', 'only these').choices(['rotations', 'orders', 'pushes', 'shortages', 'cycles']),
    )
    .option('-v, --verbose', 'show where an error came from')
    .option('--json', 'print one line of JSON each')
    .action((flags: LogFlags) =>
      perform(flags, async (terminal, env) => (await import('./commands/log.ts')).log(flags, terminal, env)),
    )
}

const descriptions: Readonly<
  Record<AnyCheckName, { readonly text: string; readonly warn: string; readonly crit: string }>
> = {
  integrity: { text: 'whether edges serve a wrong test object', warn: 'none', crit: checkThresholds.integrity.crit },
  latency: { text: 'how long the edges in rotation take, in seconds', ...checkThresholds.latency },
  rotation: { text: 'how often the live set changed in ten minutes', ...checkThresholds.rotation },
  freshness: {
    text: 'the age of the last cycle, in seconds',
    warn: `${lateAfter.warn} run frequencies`,
    crit: `${lateAfter.crit} run frequencies`,
  },
  served: {
    text: 'whether the name servers serve what was published',
    warn: checkThresholds.served.warn,
    crit: 'none',
  },
  live: { text: 'how many live edges pass', warn: 'edge_count:', crit: '1:' },
  zones: {
    text: 'how many zones are due, faulty or not published',
    warn: checkThresholds.zones.warn,
    crit: 'none; nothing published is critical',
  },
  certificate: { text: 'days until the first certificate of an edge ends', warn: 'certificate_days:', crit: '0:' },
  follower: {
    text: 'the age of the last pass of follow in --to DIR, zones that failed, reloads that wait',
    warn: '120, or 3 intervals',
    crit: '600, or 10 intervals',
  },
  all: { text: 'all of these at once', warn: "each check's own", crit: "each check's own" },
  config: { text: 'whether the configuration that was pushed is in force', ...checkThresholds.config },
}

function addChecks(program: Command, perform: Perform): void {
  const check = program
    .command('check')
    .description('check a network, for Nagios and compatible monitoring: one line with performance data')
    .addHelpText('after', '\nExit status: 0 OK, 1 WARN, 2 CRIT, 3 UNKNOWN.')
  for (const [name, { text, warn, crit }] of Object.entries(descriptions)) {
    check
      .command(name)
      .description(text)
      .option('-A, --dnet <network>', 'the network; may be left out where there is one')
      .option('--config <dir>', 'the configuration folder (or EDGEMANAGE_CONFIG)')
      .option('--local <dir>', 'look at this folder instead of AWS')
      .option('--stack <name>', 'look at the table of this CloudFormation stack')
      .option('-w, --warning <range>', `warn outside of this range (default: ${warn})`)
      .option('-c, --critical <range>', `critical outside of this range (default: ${crit})`)
      .option('-a, --all', 'edges out of rotation too (latency)')
      .option('--to <dir>', 'the folder beside the name server (follower)')
      .option('-v, --verbose', 'show where an error came from')
      .addHelpText('after', '\nRanges: 10, 10:, ~:10, 10:20, @10:20. Exit status: 0 OK, 1 WARN, 2 CRIT, 3 UNKNOWN.')
      .action((flags: CheckFlags) =>
        perform(flags, async (terminal, env) =>
          (await import('./commands/check.ts')).check(name as AnyCheckName, flags, terminal, env),
        ),
      )
  }
}

function addMetrics(program: Command, perform: Perform): void {
  const command = program
    .command('metrics')
    .description('print the metrics of a network, or of all, in the Prometheus text format')
  onNetwork(command)
    .option('--to <dir>', 'those of the follower that keeps this folder')
    .option('-v, --verbose', 'show where an error came from')
    .action((flags: MetricsFlags) =>
      perform(flags, async (terminal, env) => (await import('./commands/metrics.ts')).metrics(flags, terminal, env)),
    )
}
