import type { Command } from 'commander'

/** Examples for the help of each command, by the words that call it. */
const examples: Readonly<Record<string, readonly string[]>> = {
  '': [
    'edgemanage init mysite',
    'edgemanage manage -c mysite --local state --dry-run',
    'edgemanage manage -c mysite --local state --every 60',
  ],
  manage: [
    'edgemanage manage --local state --dry-run',
    'edgemanage manage --local state --every 60 --quiet',
    'edgemanage manage -A mynet --stack edgemanage --dry-run --detailed-exitcode',
  ],
  conf: [
    "edgemanage conf edge3.example.org -m unavailable -C 'disk replacement' --expires 2h",
    "edgemanage conf 'edge*.example.org' -m force -C 'launch' --yes",
    'edgemanage conf edge3.example.org -m available',
  ],
  freeze: ["edgemanage freeze -A mynet -C 'provider maintenance' --expires 4h"],
  thaw: ['edgemanage thaw -A mynet'],
  query: ['edgemanage query -A mynet', 'edgemanage query -A mynet -s in -f csv --header', 'edgemanage query --watch'],
  why: ['edgemanage why edge3.example.org -A mynet'],
  history: ['edgemanage history edge3.example.org --hours 6', 'edgemanage history edge3.example.org --format csv'],
  rotations: ['edgemanage rotations -A mynet --limit 10'],
  log: ['edgemanage log --since 12h', 'edgemanage log -A mynet --since 3d --only orders --json'],
  check: ['edgemanage check all -A mynet', 'edgemanage check latency -A mynet -w 1 -c 3'],
  'check integrity': ['edgemanage check integrity -A mynet'],
  'check latency': ['edgemanage check latency -A mynet -w 1 -c 3', 'edgemanage check latency -A mynet --all'],
  'check rotation': ['edgemanage check rotation -A mynet -w 2 -c 6'],
  'check freshness': ['edgemanage check freshness -A mynet -w 120 -c 300'],
  'check live': ['edgemanage check live -A mynet -c 2:'],
  'check zones': ['edgemanage check zones -A mynet -c 10'],
  'check certificate': ['edgemanage check certificate -A mynet -w 30: -c 7:'],
  'check served': ['edgemanage check served -A mynet'],
  'check config': ['edgemanage check config -A mynet'],
  'check follower': ['edgemanage check follower --to /var/cache/bind/edgemanage -w 120 -c 600'],
  'check all': ['edgemanage check all -A mynet'],
  metrics: ['edgemanage metrics --local state > /var/lib/prometheus/node-exporter/edgemanage.prom'],
  zones: ['edgemanage zones -A mynet', 'edgemanage zones forget old.example.org -A mynet'],
  'zones forget': ['edgemanage zones forget old.example.org -A mynet'],
  'zones move': ["edgemanage zones move example.org --to quarantine -C 'under attack'"],
  config: ['edgemanage config diff --stack edgemanage', 'edgemanage config log --stack edgemanage'],
  'config push': [
    'edgemanage config push -c mysite --stack edgemanage --dry-run',
    "edgemanage config push -c mysite --stack edgemanage -C 'two more edges'",
  ],
  'config pull': ['edgemanage config pull inforce --stack edgemanage'],
  'config diff': ['edgemanage config diff -c mysite --stack edgemanage'],
  'config log': ['edgemanage config log -A mynet --stack edgemanage'],
  'config rollback': [
    "edgemanage config rollback -A mynet --stack edgemanage -C 'wrong edges'",
    'edgemanage config rollback 3f9a21c4 -A mynet --local state',
  ],
  replay: [
    'edgemanage replay -A mynet --hours 12 --set down_after=2',
    'edgemanage replay -A mynet --sweep down_after=1,2,3 --sweep goodenough=0.5,0.8 --html replay.html',
  ],
  status: ['edgemanage status', 'edgemanage status --html status.html', 'edgemanage status --serve 8080'],
  follow: [
    'edgemanage follow --to /var/cache/bind/edgemanage --local /var/lib/edgemanage -A mynet --every 30',
    'edgemanage follow --to /var/cache/bind/edgemanage -A mynet -A other --catalog catalog.example --json',
  ],
  validate: ['edgemanage validate -c mysite'],
  schema: ['edgemanage schema > mysite/edgemanage.schema.json'],
  import: ['edgemanage import -A mynet --health /var/lib/edgemanage/health --local state'],
  migrate: ['edgemanage migrate /etc/edgemanage --to mysite --measure'],
  cost: ['edgemanage cost -c mysite'],
  init: [
    'edgemanage init mysite',
    'edgemanage init mysite --network mynet --host www.example.org --edge 192.0.2.1 --edge 192.0.2.2 --zone example.org --ns ns1.example.net --mailbox hostmaster.example.net',
  ],
  completion: [
    'source <(edgemanage completion bash)',
    'source <(edgemanage completion zsh)',
    'edgemanage completion fish > ~/.config/fish/completions/edgemanage.fish',
  ],
  service: [
    'edgemanage service --out /etc/systemd/system',
    'edgemanage service --timer --user edgemanage --config /etc/edgemanage --local /var/lib/edgemanage',
    'edgemanage service follow --to /var/cache/bind/edgemanage --bucket NAME --region us-east-1 -A mynet',
  ],
}

/** The words that call a command, without the program's own name; empty for the program. */
export function wordsOf(command: Command): string {
  const names: string[] = []
  for (let at: Command | null = command; at?.parent; at = at.parent) names.unshift(at.name())
  return names.join(' ')
}

/** The examples of a command; empty where there are none. */
export function examplesOf(command: Command): readonly string[] {
  return examples[wordsOf(command)] ?? []
}

/** Adds the examples to the help of every command. */
export function addExamples(command: Command): void {
  const lines = examplesOf(command).map(line => `\n  $ ${line}`)
  if (lines.length > 0) command.addHelpText('after', `\nExamples:${lines.join('')}`)
  for (const below of command.commands) addExamples(below)
}
