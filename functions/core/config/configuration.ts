import { messageOf } from '../message.ts'
import { byName } from '../model.ts'
import type { Network } from './network.ts'
import { readNetwork } from './network-files.ts'
import type { Problem } from './problem.ts'
import { readSettingsFile, settingsPath } from './settings-file.ts'
import { readText } from './source.ts'
import { templateFileProblems } from './template-files.ts'
import { type ZoneNames, zonesInTwoNetworks } from './zone-files.ts'

/** Where a configuration is read from. Paths are relative to its folder, with `/`; absolute ones may be asked for. */
export interface ConfigSource {
  /** The names of the files in a folder; null if there is no such folder. */
  readonly list: (folder: string) => readonly string[] | null
  /** A file's bytes; null if there is no such file. Throws if it cannot be read. */
  readonly read: (path: string) => Uint8Array | null
}

export interface ConfigOptions {
  /** What a path out of the folder is: a warning on the command line, an error in a deploy. */
  readonly absolutePaths: 'warning' | 'error'
  /** The templates of what is published (`zone.hbs`, `named.conf.hbs`), to be checked with it. */
  readonly templates?: ConfigSource
}

/** A configuration folder, read and checked. */
export interface Configuration {
  /** Those that can run a cycle, by name; those with errors that stop one are missing. */
  readonly networks: readonly Network[]
  /** Everything that is wrong, by file and place. */
  readonly problems: readonly Problem[]
}

/** What a network may be called (contract, "Folders"). */
export const networkName = /^[a-z0-9][a-z0-9_-]{0,39}$/

/** Reads and checks a configuration folder: everything that is wrong at once (contract, "Settings"). Never throws. */
export function loadConfiguration(unguarded: ConfigSource, options: ConfigOptions): Configuration {
  const problems: Problem[] = []
  const source = guarded(unguarded, problems)
  const names = networkNames(source, problems)
  const file = readFile(source, settingsPath, problems)
  const settingsFile = readSettingsFile(file ?? '', file === null ? [] : names)
  problems.push(...settingsFile.problems)
  const zones: ZoneNames = new Map(names.map(name => [name, zoneFiles(source, name, problems)]))
  const shared = zonesInTwoNetworks(zones)
  const networks = names.flatMap(name => {
    const found = readNetwork(name, source, { settingsFile, zoneNames: zones, shared, ...options })
    problems.push(...found.problems)
    return found.network ?? []
  })
  problems.push(...strangeZoneFolders(source, names))
  if (options.templates !== undefined) problems.push(...templateFileProblems(options.templates))
  const stopped = new Set(networks.filter(({ name }) => stopping(problems, name).length > 0))
  return { networks: networks.filter(network => !stopped.has(network)), problems: [...problems].sort(byPlace) }
}

/** The errors that stop a cycle of this network (contract): settings, edges and canaries, but no single zone's fault. */
export function blockersOf({ problems }: Configuration, network: string): readonly Problem[] {
  return stopping(problems, network)
}

/** Everything that concerns a network: what is said of all, and of it. */
export function problemsFor({ problems }: Configuration, network: string): readonly Problem[] {
  return problems.filter(problem => problem.network === null || problem.network === network)
}

function stopping(problems: readonly Problem[], network: string): Problem[] {
  return problems.filter(
    problem =>
      problem.severity === 'error' &&
      problem.scope !== 'zone' &&
      (problem.network === null || problem.network === network),
  )
}

/**
 * The same source, with folders that cannot be listed told as errors: a zone must not get lost that way. One that is a
 * network's own (`zones/<network>`) stops that network, any other all of them.
 */
function guarded(source: ConfigSource, problems: Problem[]): ConfigSource {
  const list = (folder: string) => {
    try {
      return source.list(folder)
    } catch (error) {
      const message = `cannot be listed: ${messageOf(error)}`
      const network = folder.split('/')[1] ?? null
      problems.push({ severity: 'error', file: folder, line: 1, column: 1, message, network, scope: 'settings' })
      return null
    }
  }
  return { ...source, list }
}

/** A network is there by its file in `edges/`. */
function networkNames(source: ConfigSource, problems: Problem[]): string[] {
  const files = (source.list('edges') ?? []).filter(isVisible)
  for (const name of files.filter(file => !networkName.test(file))) {
    const message = `'${name}' is no name for a network: small letters, digits, - and _, at most 40`
    problems.push({
      severity: 'error',
      file: `edges/${name}`,
      line: 1,
      column: 1,
      message,
      network: name,
      scope: 'edges',
    })
  }
  return files.filter(file => networkName.test(file)).sort(byName)
}

function zoneFiles(source: ConfigSource, network: string, problems: Problem[]): string[] {
  const files = (source.list(`zones/${network}`) ?? []).filter(isVisible)
  for (const name of files.filter(file => !file.endsWith('.zone'))) {
    const message = 'is no zone include: those end in .zone'
    const file = `zones/${network}/${name}`
    problems.push({ severity: 'warning', file, line: 1, column: 1, message, network, scope: 'zone' })
  }
  return files.filter(file => file.endsWith('.zone')).sort(byName)
}

function strangeZoneFolders(source: ConfigSource, names: readonly string[]): Problem[] {
  const strangers = (folder: string) =>
    (source.list(folder) ?? []).filter(name => isVisible(name) && !names.includes(name))
  return ['canaries', 'zones'].flatMap(folder =>
    strangers(folder).map((name): Problem => {
      const message = `there is no edges/${name}, so this is not used`
      const file = `${folder}/${name}`
      return { severity: 'warning', file, line: 1, column: 1, message, network: name, scope: 'zone' }
    }),
  )
}

/** Neither a dotfile nor what an editor leaves behind. */
function isVisible(name: string): boolean {
  return !name.startsWith('.') && !name.endsWith('~')
}

function readFile(source: ConfigSource, path: string, problems: Problem[]): string | null {
  const found = readText(source, path)
  if ('text' in found) return found.text
  const at = { file: path, line: 1, column: 1, network: null, scope: 'settings' as const }
  problems.push({ ...at, severity: 'error', message: found.fault })
  return null
}

function byPlace(a: Problem, b: Problem): number {
  return byName(a.file, b.file) || a.line - b.line || a.column - b.column || byName(a.message, b.message)
}
