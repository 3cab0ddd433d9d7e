import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isFree, writeNewFiles } from '../../adapters/files/new-folder.ts'
import { readOriginalFile } from '../../adapters/files/original-files.ts'
import { findOriginal, isAtHome } from '../../adapters/files/original-tree.ts'
import { openConfiguration } from '../../app/choose-network.ts'
import { ConfigurationFault } from '../../app/configuration-fault.ts'
import { exitStatus } from '../../app/exit-status.ts'
import { formatProblem, type Problem } from '../../core/config/problem.ts'
import { settingsPath } from '../../core/config/settings-file.ts'
import { withoutNetwork } from '../../core/config/stopping.ts'
import { decodeText } from '../../core/config/text-file.ts'
import { UsageError } from '../../core/domain/errors.ts'
import { messageOf } from '../../core/domain/message.ts'
import { counted } from '../../core/domain/printable.ts'
import {
  fetchTimeNote,
  migrateSettings,
  type OriginalPlaces,
  readOriginalSettings,
} from '../../core/legacy/migrated-settings.ts'
import type { Terminal } from '../output/terminal.ts'
import { type Measured, measure, measuredInWords } from './measure.ts'
import { gatherNetworks } from './migrate-networks.ts'

export interface MigrateFlags {
  readonly to: string
  /** Fetch every edge as the original did and as it is done here. */
  readonly measure?: boolean
  readonly json?: boolean
  readonly verbose?: boolean
}

/** What a migration did, as `--json` prints it. */
export interface MigrationReport {
  readonly from: string
  readonly to: string
  readonly networks: readonly string[]
  /** Relative to the new folder. */
  readonly files: readonly string[]
  /** Keys that have no place here, with what took it. */
  readonly retired: readonly string[]
  /** What could not be carried over, or may be meant otherwise. */
  readonly notes: readonly string[]
  /** What `validate` says of the new folder. */
  readonly problems: readonly Problem[]
  /** Empty unless it was asked for. */
  readonly measured: readonly Measured[]
}

/** `edgemanage migrate DIR --to DIR`: the original's configuration as a folder of this one. Nothing is overwritten. */
export async function migrate(folder: string, flags: MigrateFlags, terminal: Terminal): Promise<number> {
  if (flags.to === '') throw new UsageError('--to must not be empty')
  if (!free(flags.to)) throw new UsageError(`${flags.to} is not empty: name an empty or a new folder`)
  const { files, ...found } = gather(folder)
  await writeNewFiles(flags.to, files)
  const opened = openConfiguration(flags.to)
  const problems = [...opened.problems, ...withoutNetwork(opened)]
  const measured = flags.measure === true ? await measure(opened.networks, terminal) : []
  const report = { from: folder, to: flags.to, files: [...files.keys()].sort(), ...found, problems, measured }
  terminal.out(flags.json === true ? `${JSON.stringify(report)}\n` : inWords(report, terminal))
  return exitStatus.success
}

function free(folder: string): boolean {
  try {
    return isFree(folder)
  } catch (error) {
    throw new UsageError(`${folder} cannot be used: ${messageOf(error)}`)
  }
}

/** Everything that is to be written, with what is to be said about it. Throws `UsageError` or `ConfigurationFault`. */
function gather(folder: string) {
  const settings = readOriginalSettings(readSettingsText(folder))
  if ('faults' in settings) {
    const about = { severity: 'error', file: settingsPath, network: null, scope: 'settings' } as const
    throw new ConfigurationFault(
      folder,
      settings.faults.map(fault => ({ ...about, ...fault })),
    )
  }
  const networks = gatherNetworks(folder, settings.places)
  const object = gatherObject(folder, settings.places)
  const fetchTimes = fetchTimeNote(settings.document)
  const { text, retired, notes } = migrateSettings(settings.document, { object: object.path, ...networks })
  return {
    files: new Map([[settingsPath, Buffer.from(text)], ...object.files, ...networks.files]),
    networks: networks.names,
    retired,
    notes: [fetchTimes, ...notes, ...object.notes, ...networks.notes],
  }
}

function readSettingsText(folder: string): string {
  try {
    const decoded = decodeText(readFileSync(join(folder, settingsPath)))
    if ('text' in decoded) return decoded.text
    throw new Error(decoded.fault)
  } catch (error) {
    throw new UsageError(`${join(folder, settingsPath)} cannot be read: ${messageOf(error)}`)
  }
}

function gatherObject(folder: string, places: OriginalPlaces) {
  const { object } = places
  const atHome = isAtHome(folder, Object.values(places))
  const found = object === null ? null : findOriginal(folder, object, 'file', atHome)
  const path = object === null ? null : `objects/${basename(object)}`
  if (found !== null && path !== null) return { path, files: [[path, readOriginalFile(found)] as const], notes: [] }
  const note = `the test object ${object} was not found: put it into the new folder as ${path}`
  return { path, files: [], notes: object === null ? [] : [note] }
}

function inWords(report: MigrationReport, terminal: Terminal): string {
  const { to, networks, files, retired, notes, problems, measured } = report
  const { paint } = terminal
  const errors = problems.filter(({ severity }) => severity === 'error')
  const section = (title: string, rows: readonly string[]) =>
    rows.length === 0 ? [] : ['', paint('bold', title), ...rows.map(row => `  ${row}`)]
  const none =
    networks.length === 0 ? [`There is no network in it yet: put an edge list into ${join(to, 'edges')}.`] : []
  const end =
    errors.length === 0
      ? `${to} passes "edgemanage validate".`
      : `Fix the errors above until "edgemanage validate -c ${to}" reports none.`
  return [
    `${to}: ${counted(files.length, 'file')} for ${networks.length === 0 ? 'no network' : networks.join(', ')}`,
    ...section('Keys that have no place here', retired),
    ...section('Not carried over, or worth a look', notes),
    ...section('What validate says', problems.map(formatProblem)),
    ...(measured.length === 0
      ? []
      : section(
          'Fetch times in seconds, until the headers and until the last byte',
          measuredInWords(measured, terminal),
        )),
    '',
    ...none,
    end,
    '',
  ].join('\n')
}
