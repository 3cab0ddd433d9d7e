import { join } from 'node:path'
import { configFolder } from '../../adapters/files/config-folder.ts'
import { moveFile } from '../../adapters/files/move-file.ts'
import { signerOf } from '../../app/caller-identity.ts'
import { type FolderChange, networksWith, planChange } from '../../app/configuration/plan-change.ts'
import { carryOut } from '../../app/configuration/push.ts'
import { snapshotAt } from '../../app/configuration/site.ts'
import { ConfigurationFault } from '../../app/configuration-fault.ts'
import { exitStatus } from '../../app/exit-status.ts'
import { configDirOf } from '../../app/naming.ts'
import { storageAt } from '../../app/open-storage.ts'
import { root } from '../../app/package-files.ts'
import { existingPlaceOf, isPlaceNamed, type Place } from '../../app/target.ts'
import { withStorage } from '../../app/with-storage.ts'
import { loadConfiguration } from '../../core/config/configuration.ts'
import { type Move, movedSource } from '../../core/config/moved-source.ts'
import type { Problem } from '../../core/config/problem.ts'
import type { ConfigSource } from '../../core/config/source.ts'
import { blockersOf, type Configuration, networkName } from '../../core/config/stopping.ts'
import { zoneOfFile } from '../../core/config/zone-files.ts'
import { UsageError } from '../../core/domain/errors.ts'
import { normaliseName } from '../../core/zone/zone-name.ts'
import type { Terminal } from '../output/terminal.ts'
import { insistOnYes, type PushFlags, refuseDeploy, tell } from './config-push.ts'

export interface MoveFlags extends PushFlags {
  /** The network that is to have the zone. */
  readonly to: string
}

/**
 * `edgemanage zones move ZONE --to NETWORK`: moves an include from one network's folder to another's and puts both in force,
 * first the network that receives it (behaviour §7.6, §11.2). The same command again completes what was cut short.
 */
export async function moveZone(
  name: string,
  flags: MoveFlags,
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const place = isPlaceNamed(flags, env) ? existingPlaceOf(flags, env) : null
  const folder = configDirOf(flags.config, env)
  const source = configFolder(folder)
  const zone = normaliseName(name)
  const { to } = flags
  const { from, file } = holderOf(zone, { folder, source }, flags)
  const work: Work = { zone, folder, place, flags, terminal, env }
  if (from === to) {
    const left = place === null ? [] : await leftWith(work, networksIn(source))
    terminal.out(`zone ${zone} is in ${to} already\n`)
    if (left.length === 0) return exitStatus.success
    const now = snapshotAt(source)
    return push({ folder, before: now, after: now, networks: left }, work, () => {})
  }
  const move = { from: file, to: `zones/${to}/${zone}.zone` }
  checkMoved(folder, source, move, [from, to])
  const carryOutMove = () => {
    moveFile(join(folder, move.from), join(folder, move.to))
    terminal.out(`zone ${zone} moved from ${from} to ${to}\n`)
  }
  const change = { before: snapshotAt(source), after: snapshotAt(movedSource(source, move)), networks: [to, from] }
  const status = await push({ folder, ...change }, work, carryOutMove)
  warnOfCanary(load(configFolder(folder)), zone, from, terminal)
  return status
}

/** What a move is about. */
interface Work {
  readonly zone: string
  readonly folder: string
  /** Null: only the folder is changed. */
  readonly place: Place | null
  readonly flags: MoveFlags
  readonly terminal: Terminal
  readonly env: NodeJS.ProcessEnv
}

/** The one network of the folder that has a zone, and the file. Throws `UsageError`. */
function holderOf(
  zone: string,
  { folder, source }: { readonly folder: string; readonly source: ConfigSource },
  { to, dnet }: MoveFlags,
): { readonly from: string; readonly file: string } {
  const holders = networksIn(source).flatMap(from => filesOf(source, from, zone).map(file => ({ from, file })))
  if (!networksIn(source).includes(to)) throw new UsageError(`there is no network ${to}`)
  const [holder, other] = holders
  if (holder === undefined) throw new UsageError(`no network of ${folder} has the zone ${zone}`)
  if (other !== undefined) {
    throw new UsageError(`zone ${zone} is in more than one file: ${holders.map(({ file }) => file).join(', ')}`)
  }
  if (dnet !== undefined && dnet !== holder.from) {
    throw new UsageError(`zone ${zone} is not in network ${dnet}, but in ${holder.from}`)
  }
  return holder
}

/** The networks of which the folder was changed, but not what is in force: a move that was cut short. */
async function leftWith({ zone, place, flags: { to }, env }: Work, names: readonly string[]): Promise<string[]> {
  if (place === null) return []
  const holding = await withStorage(storageAt(place, env), true, storage => networksWith(zone, names, storage, place))
  if (holding.length === 1 && holding[0] === to) return []
  return [to, ...holding.filter(name => name !== to)]
}

/** Plans the push, changes the folder, and pushes: what is refused has changed nothing. */
async function push(change: FolderChange, work: Work, changeFolder: () => void): Promise<number> {
  const { place, flags, terminal, env } = work
  if (place === null) {
    changeFolder()
    terminal.err('edgemanage: edgemanage config push puts it in force\n')
    return exitStatus.success
  }
  const open = storageAt(place, env)
  const plan = await withStorage(open, true, storage => planChange(change, storage, place))
  refuseDeploy(plan)
  await insistOnYes(plan.yes, flags.yes === true, terminal)
  changeFolder()
  const comment = flags.comment ?? `zone ${work.zone} moved to ${flags.to}`
  const who = { by: signerOf(env, place.kind !== 'local'), comment }
  return tell(await withStorage(open, false, storage => carryOut(plan, who, storage)), flags, terminal)
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
    terminal.err(`edgemanage: ${file} still has a canary for ${zone}: move that line too if the canary should stay\n`)
}
