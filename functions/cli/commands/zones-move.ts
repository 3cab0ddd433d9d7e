import { join } from 'node:path'
import { configFolder } from '../../adapters/files/config-folder.ts'
import { moveFile } from '../../adapters/files/move-file.ts'
import { configDirOf } from '../../app/choose-network.ts'
import { ConfigurationFault, exitStatus, UsageError } from '../../app/errors.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { root } from '../../app/package-files.ts'
import { putInForce } from '../../app/put-in-force.ts'
import { blockersOf, type Configuration, loadConfiguration, networkName } from '../../core/config/configuration.ts'
import { type Move, movedSource } from '../../core/config/moved-source.ts'
import type { Problem } from '../../core/config/problem.ts'
import type { ConfigSource } from '../../core/config/source.ts'
import { zoneOfFile } from '../../core/config/zone-files.ts'
import { normaliseName } from '../../core/zone/zone-name.ts'
import type { Terminal } from '../output/terminal.ts'

export interface MoveFlags extends NetworkFlags {
  /** The network that is to have the zone. */
  readonly to: string
}

/** `edgemanage zones move ZONE --to NETWORK`: moves an include from one network's folder to another's (behaviour §7.6). */
export async function moveZone(
  name: string,
  flags: MoveFlags,
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const folder = configDirOf(flags.config, env)
  const source = configFolder(folder)
  const zone = normaliseName(name)
  const { to } = flags
  const holders = networksIn(source).flatMap(network => filesOf(source, network, zone).map(file => ({ network, file })))
  if (!networksIn(source).includes(to)) throw new UsageError(`there is no network ${to}`)
  const [holder, other] = holders
  if (holder === undefined) throw new UsageError(`no network of ${folder} has the zone ${zone}`)
  if (other !== undefined) {
    throw new UsageError(`zone ${zone} is in more than one file: ${holders.map(({ file }) => file).join(', ')}`)
  }
  const { network: from, file } = holder
  if (flags.dnet !== undefined && flags.dnet !== from) {
    throw new UsageError(`zone ${zone} is not in network ${flags.dnet}, but in ${from}`)
  }
  if (from === to) {
    terminal.out(`zone ${zone} is in ${to} already\n`)
    return exitStatus.success
  }
  const move = { from: file, to: `zones/${to}/${zone}.zone` }
  checkMoved(folder, source, move, [from, to])
  moveFile(join(folder, move.from), join(folder, move.to))
  const isLocal = flags.local !== undefined
  terminal.out(
    `zone ${zone} moved from ${from} to ${to}: ${await putInForce({ folder, networks: [to, from] }, isLocal)}\n`,
  )
  warnOfCanary(load(source), zone, from, terminal)
  return exitStatus.success
}

/** Throws with every error that one of the networks would have after the move. */
function checkMoved(folder: string, source: ConfigSource, move: Move, networks: readonly string[]): void {
  const moved = load(movedSource(source, move))
  const isAboutZone = ({ severity, file }: Problem) => severity === 'error' && file === move.to
  const errors = new Set([
    ...networks.flatMap(network => blockersOf(moved, network)),
    ...moved.problems.filter(isAboutZone),
  ])
  if (errors.size > 0) throw new ConfigurationFault(folder, [...errors])
}

function load(source: ConfigSource): Configuration {
  return loadConfiguration(source, { absolutePaths: 'warning', templates: configFolder(join(root, 'templates')) })
}

function networksIn(source: ConfigSource): string[] {
  return (source.list('edges') ?? []).filter(name => networkName.test(name))
}

/** The include of a zone in a network's folder; more than one where it is spelled in several ways. */
function filesOf(source: ConfigSource, network: string, zone: string): string[] {
  const names = (source.list(`zones/${network}`) ?? []).filter(name => name.endsWith('.zone') && !name.startsWith('.'))
  return names.filter(name => zoneOfFile(name) === zone).map(name => `zones/${network}/${name}`)
}

/** A canary is a setting of its network: it may be wanted there no more, or not yet. */
function warnOfCanary({ problems }: Configuration, zone: string, from: string, terminal: Terminal): void {
  const file = `canaries/${from}`
  const isLeft = problems.some(problem => problem.file === file && problem.message.includes(` no zone ${zone}:`))
  if (isLeft)
    terminal.err(`edgemanage: ${file} still has a canary for ${zone}: move that line too, if it is to go on\n`)
}
