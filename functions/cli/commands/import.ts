import { readOriginalFiles } from '../../adapters/files/original-files.ts'
import type { Added } from '../../adapters/table/import-table.ts'
import { clock } from '../../adapters/time/clock.ts'
import { chooseNetwork } from '../../app/choose-network.ts'
import { networkInForce } from '../../app/configuration/choose.ts'
import { exitStatus } from '../../app/exit-status.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { type Storage, storageAt } from '../../app/open-storage.ts'
import { isNewPlace, placeOf } from '../../app/target.ts'
import { withStorage } from '../../app/with-storage.ts'
import type { Network } from '../../core/config/network.ts'
import { UsageError } from '../../core/domain/errors.ts'
import { messageOf } from '../../core/domain/message.ts'
import { byName } from '../../core/domain/model.ts'
import { isoTime, utcWords } from '../../core/domain/time-words.ts'
import { additionsOf } from '../../core/legacy/additions.ts'
import { type Material, materialOf, type OriginalFiles } from '../../core/legacy/material.ts'
import { commentFaults, ordersIn } from '../../core/legacy/original-orders.ts'
import { liveListKey } from '../../cycle/publishing/keys.ts'
import type { Terminal } from '../output/terminal.ts'

export interface ImportFlags extends NetworkFlags {
  /** The folder with the original's `.edgestore` files. */
  readonly health?: string
  /** The original's `.state` file. */
  readonly state?: string
}

/** What an import did, as `--json` prints it. */
export interface ImportReport {
  readonly network: string
  /** Edges and canaries whose files were read. */
  readonly edges: number
  readonly canaries: number
  /** The state file was read. */
  readonly state: boolean
  /** Cycles that were added or completed; when the first and last of them began. */
  readonly cycles: number
  readonly from: string | null
  readonly to: string | null
  readonly hours: number
  readonly rotations: number
  /** The live set, if this import set it. */
  readonly live: readonly string[] | null
  /** Edges whose order was given now. */
  readonly orders: readonly string[]
  /** Edges whose mode cannot be known from the files: each has the order `unavailable` until an operator says otherwise. */
  readonly unknownModes: readonly string[]
  /** Edges whose order of that kind ended, as their files can be read now. */
  readonly lifted: readonly string[]
  /** What was left out and why, and what is worth knowing. */
  readonly notes: readonly string[]
}

/** `edgemanage import`: the original's samples, averages, orders, live set and rotations into the table. */
export async function importOriginal(flags: ImportFlags, terminal: Terminal, env: NodeJS.ProcessEnv): Promise<number> {
  if (!flags.health && !flags.state) throw new UsageError('say what to import: --health DIR, --state FILE, or both')
  const place = placeOf(flags, env)
  const open = storageAt(place, env)
  const { network } = isNewPlace(place) ? chooseNetwork(flags, env) : await networkInForce(flags, env)
  const files = readFiles(flags)
  const report = await withStorage(open, false, storage => importInto(storage, network, files))
  for (const note of report.notes) terminal.err(`edgemanage: ${note}\n`)
  terminal.out(flags.json === true ? `${JSON.stringify(report)}\n` : inWords(report))
  return report.edges + report.canaries === 0 && !report.state ? exitStatus.failed : exitStatus.success
}

function readFiles({ health, state }: ImportFlags): OriginalFiles {
  try {
    return readOriginalFiles(health, state)
  } catch (error) {
    throw new UsageError(`cannot be read: ${messageOf(error)}`)
  }
}

/** Imports into a storage, under the network's lease. Throws where another run has it. */
export async function importInto(
  { imports, bucket }: Pick<Storage, 'imports' | 'bucket'>,
  network: Network,
  files: OriginalFiles,
): Promise<ImportReport> {
  const now = clock()
  const material = materialOf(files, network, now)
  // A lost live set is read back from the live list (behaviour §8.5), which is newer than the original's.
  const isPublished = (await bucket.get(liveListKey(network.name))) !== null
  const added = await imports.add(network.name, present =>
    additionsOf(material, { ...present, hasLive: present.hasLive || isPublished }, network, now),
  )
  return reportOf(network, material, added, now)
}

function reportOf(
  network: Network,
  material: Material,
  { additions, given, lifted, standing }: Added,
  now: number,
): ImportReport {
  const { runs, hours, rotations, live } = additions
  const [first, last] = [runs.at(0), runs.at(-1)]
  return {
    network: network.name,
    edges: material.edges.size,
    canaries: material.canaries.size,
    state: material.state !== null,
    cycles: runs.length,
    from: first === undefined ? null : isoTime(first.time),
    to: last === undefined ? null : isoTime(last.time),
    hours: hours.length,
    rotations: rotations.length,
    live,
    orders: given,
    unknownModes: standing,
    lifted,
    notes: [
      ...material.faults,
      ...commentFaults(material),
      ...notesOn(network, material, { live, given, standing }, now),
    ],
  }
}

function notesOn(
  network: Network,
  material: Material,
  { live, given, standing }: { live: readonly string[] | null; given: readonly string[]; standing: readonly string[] },
  now: number,
): string[] {
  const { edges, strangers } = material
  const notes: string[] = []
  const missing = network.edges.map(({ name }) => name).filter(name => !edges.has(name))
  if (edges.size > 0 && missing.length > 0) notes.push(`no samples were read for ${listed(missing)}`)
  if (strangers.length > 0) {
    notes.push(`${listed(strangers)}: not in the lists of ${network.name}, so their files were left out`)
  }
  if (live === null && (material.live?.length ?? 0) > 0) notes.push('a live set is recorded here already: it stays')
  if (standing.length > 0) {
    const are = standing.length === 1 ? 'it is' : 'they are'
    notes.push(
      `${listed(standing)}: the mode cannot be read, so ${are} ordered unavailable until you say otherwise: check, then "edgemanage conf EDGE -m available"`,
    )
  }
  const kept = ordersIn(material, now).filter(one => !one.isStandIn && !given.includes(one.order.edge))
  if (kept.length > 0) {
    const names = listed(kept.map(({ order }) => order.edge).sort(byName))
    notes.push(`${names}: an order was given here, or imported before: it stays as it is`)
  }
  return notes
}

function listed(names: readonly string[]): string {
  const rest = names.length - 5
  return rest > 0 ? `${names.slice(0, 5).join(', ')} and ${rest} more` : names.join(', ')
}

function inWords(report: ImportReport): string {
  const { network, edges, canaries, state, cycles, from, to, hours, rotations, live, orders, lifted } = report
  const moment = (iso: string | null) => utcWords(Date.parse(String(iso)))
  const span = from === null ? '' : `, from ${moment(from)} to ${moment(to)}`
  return [
    `${network}: read the files of ${counted(edges, 'edge')} and ${counted(canaries, 'canar', 'y', 'ies')}${state ? ', and the state' : ''}; added`,
    `  ${counted(cycles, 'cycle')} of samples${span}`,
    `  ${counted(hours, 'hour')} of averages`,
    `  ${counted(rotations, 'rotation')}`,
    `  ${live === null ? 'no live set' : `the live set ${live.join(', ')}`}`,
    `  ${orders.length === 0 ? 'no orders' : `orders for ${orders.join(', ')}`}`,
    ...(lifted.length === 0 ? [] : [`  available again, as their files can be read now: ${lifted.join(', ')}`]),
    '',
  ].join('\n')
}

function counted(count: number, noun: string, one = '', many = 's'): string {
  return `${count} ${noun}${count === 1 ? one : many}`
}
