import { openConfiguration } from '../../app/choose-network.ts'
import { networksInForce } from '../../app/configuration/choose.ts'
import { ConfigurationFault } from '../../app/configuration-fault.ts'
import { exitStatus } from '../../app/exit-status.ts'
import { configDirOf, dnetOf } from '../../app/naming.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { isNewPlace, isPlaceNamed, placeOf } from '../../app/target.ts'
import type { Network } from '../../core/config/network.ts'
import type { Problem } from '../../core/config/problem.ts'
import { blockersOf } from '../../core/config/stopping.ts'
import { UsageError } from '../../core/domain/errors.ts'
import { alarmRules } from '../../core/operation/alarm-rules.ts'
import { looksEverySeconds, type Projection, projectCost } from '../../core/operation/cost.ts'
import { probingMemory } from '../../core/operation/memory.ts'
import { prices } from '../../core/operation/prices.ts'
import { workloadOf } from '../../core/operation/workload.ts'
import { lines } from '../output/report.ts'
import { type Column, renderTable } from '../output/table.ts'
import { tellLeftOut } from '../output/tell.ts'
import type { Terminal } from '../output/terminal.ts'

interface Row extends Projection {
  readonly network: string
  readonly edges: number
}

/** `edgemanage cost`: what each network would cost on AWS in a month. */
export async function cost(flags: NetworkFlags, terminal: Terminal, env: NodeJS.ProcessEnv): Promise<number> {
  const { networks, faults } = await chosen(flags, env)
  const rows = networks.map(rowOf)
  tellLeftOut(faults, terminal)
  if (flags.json === true) {
    terminal.out(rows.map(row => `${JSON.stringify({ ...row, asOf: prices.asOf, region: prices.region })}\n`).join(''))
    return exitStatus.success
  }
  const details = flags.verbose === true ? rows.flatMap(row => detailsOf(row)) : []
  terminal.out(
    lines([...renderTable(columns, rows, terminal.width, terminal.paint), ...details, '', ...footnotes(rows)]),
  )
  return exitStatus.success
}

interface Chosen {
  readonly networks: readonly Network[]
  /** What keeps other networks out of the answer. */
  readonly faults: readonly Problem[]
}

/**
 * The networks as they are in force where a place is named that has any, otherwise as they lie in the folder (behaviour §11: what
 * a command reads is what is in force).
 */
async function chosen(flags: NetworkFlags, env: NodeJS.ProcessEnv): Promise<Chosen> {
  if (!isPlaceNamed(flags, env) || isNewPlace(placeOf(flags, env))) return inFolder(flags, env)
  const { chosen: networks, faults } = await networksInForce(flags, env)
  return { networks: networks.map(({ network }) => network), faults }
}

function inFolder(flags: NetworkFlags, env: NodeJS.ProcessEnv): Chosen {
  const dnet = dnetOf(flags, env)
  const folder = configDirOf(flags.config, env)
  const configuration = openConfiguration(folder)
  const { networks } = configuration
  const wanted = dnet === undefined ? networks : networks.filter(({ name }) => name === dnet)
  const errors = configuration.problems.filter(({ severity }) => severity === 'error')
  const isProjected = new Set(networks.map(({ name }) => name))
  const faults = dnet === undefined ? errors.filter(({ network }) => network !== null && !isProjected.has(network)) : []
  if (wanted.length > 0) return { networks: wanted, faults }
  const blockers = dnet === undefined ? errors : blockersOf(configuration, dnet)
  if (blockers.length > 0) throw new ConfigurationFault(folder, blockers)
  const known = networks.map(({ name }) => name).join(', ')
  throw new UsageError(dnet === undefined ? `${folder} has no network` : `there is no network ${dnet}; known: ${known}`)
}

function rowOf(network: Network): Row {
  const platform = { memoryMegabytes: probingMemory(network), alarms: alarmRules(network).length }
  const workload = workloadOf(network, platform)
  return { network: network.name, edges: workload.edges + workload.canaries, ...projectCost(workload) }
}

/** Dollars with cents; less than a cent of something is told with more digits. */
export function dollars(amount: number): string {
  if (amount === 0 || amount >= 0.005) return amount.toFixed(2)
  return amount >= 0.00005 ? amount.toFixed(4) : '<0.0001'
}

const right = { alignRight: true } as const

const columns: Column<Row>[] = [
  { title: 'NETWORK', text: row => row.network },
  { title: 'EDGES', text: row => String(row.edges), ...right },
  ...(['alarms', 'metrics', 'lambda', 'table', 'bucket', 'scheduler', 'logs'] as const).map(
    (item): Column<Row> => ({
      title: item.toUpperCase(),
      text: row => dollars(row.lines.find(line => line.item === item)?.dollars ?? 0),
      ...right,
    }),
  ),
  { title: 'US$/MONTH', text: row => dollars(row.total), style: () => 'bold', ...right },
]

function detailsOf({ network, lines: amounts }: Row): string[] {
  return ['', network, ...amounts.map(({ item, words }) => `  ${item}: ${words}`)]
}

function footnotes(rows: readonly Row[]): string[] {
  const most = (amount: (row: Row) => number) => dollars(Math.max(...rows.map(amount)))
  return [
    `List prices of ${prices.asOf} in ${prices.region}, without free tiers; every cycle quiet, every edge healthy. Besides:`,
    `  one edge that hangs all month   ${most(row => row.hangingEdge)}`,
    ...(rows.some(row => row.question > 0)
      ? [
          `  vantage points: one live edge that falls    ${most(row => row.question)}`,
          `  vantage points: a dispute that lasts a month   ${most(row => row.disputedMonth)}`,
        ]
      : []),
    `  one rotation of all zones       ${most(row => row.rotation)}`,
    `  one rotation of 10,000 zones    ${most(row => row.rotationOf10000Zones)}`,
    `  the dashboard, one for all      ${dollars(prices.dashboard)}`,
    `  a viewer of it, every minute    ${most(row => row.viewer)}`,
    `  a viewer of it, every ${looksEverySeconds.fastViewer} s      ${most(row => row.fastViewer)}`,
    `  a name server, every ${looksEverySeconds.follower} s       ${most(row => row.follower)}`,
    ...(rows.some(row => row.dnsQueries > 0)
      ? [`  asking Route 53's name servers  ${most(row => row.dnsQueries)}`]
      : []),
    `Route 53 health checks for the same edges, with HTTPS and string matching: ${dollars(sum(rows))}`,
  ]
}

function sum(rows: readonly Row[]): number {
  return rows.reduce((total, { healthChecks }) => total + healthChecks, 0)
}
