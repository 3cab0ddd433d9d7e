import { messageOf } from '../domain/message.ts'
import { byName } from '../domain/model.ts'
import { readNetwork } from './network-files.ts'
import type { Problem } from './problem.ts'
import { readSettingsFile, settingsPath } from './settings-file.ts'
import { type ConfigOptions, type ConfigSource, readText } from './source.ts'
import { type Configuration, isStopping, networkName } from './stopping.ts'
import { templateFileProblems } from './template-files.ts'
import { ownersOf, type ZoneNames, zonesElsewhere, zonesInTwoNetworks } from './zone-files.ts'

/** Reads and checks a configuration folder: everything that is wrong at once (contract, "Settings"). Never throws. */
export function loadConfiguration(unguarded: ConfigSource, options: ConfigOptions): Configuration {
  const problems: Problem[] = []
  const source = guarded(unguarded, problems)
  const names = networkNames(source, problems)
  const file = readFile(source, settingsPath, problems)
  const settingsFile = readSettingsFile(file ?? '', file === null ? [] : names)
  const zones: ZoneNames = new Map(names.map(name => [name, zoneFiles(source, name, problems)]))
  const elsewhere = zonesElsewhere(source)
  const shared = zonesInTwoNetworks(zones, elsewhere)
  const context = { settingsFile, zoneNames: zones, shared, owners: ownersOf(zones, elsewhere), ...options }
  const found = names.map(name => readNetwork(name, source, context))
  const all = [
    ...[problems, settingsFile.problems, ...found.map(one => one.problems)],
    ...[strangeZoneFolders(source, names), linksOutside(source, zones, options)],
    options.templates === undefined ? [] : templateFileProblems(options.templates),
  ].flat()
  const networks = found.flatMap(({ network }) => network ?? [])
  const stopped = new Set(all.filter(isStopping).map(({ network }) => network))
  const sound = stopped.has(null) ? [] : networks.filter(({ name }) => !stopped.has(name))
  return { networks: sound, problems: all.sort(byPlace) }
}

/**
 * The same source, where each folder is listed once, and folders that cannot be listed are told as errors: a zone must
 * not get lost that way. One that is a network's own (`zones/<network>`) stops that network, any other all of them.
 */
function guarded(source: ConfigSource, problems: Problem[]): ConfigSource {
  const listed = new Map<string, readonly string[] | null>()
  const listOnce = (folder: string) => {
    try {
      return source.list(folder)
    } catch (error) {
      const message = `cannot be listed: ${messageOf(error)}`
      const network = folder.split('/')[1] ?? null
      const scope = folder === 'canaries' ? folder : 'settings'
      problems.push({ severity: 'error', file: folder, line: 1, column: 1, message, network, scope })
      return null
    }
  }
  const list = (folder: string) => {
    const known = listed.get(folder)
    if (known !== undefined) return known
    const found = listOnce(folder)
    listed.set(folder, found)
    return found
  }
  return { ...source, list }
}

/** A network is there by its file in `edges/`; what cannot be a network's name there is told, and no network. */
function networkNames(source: ConfigSource, problems: Problem[]): string[] {
  const files = (source.list('edges') ?? []).filter(isVisible)
  for (const name of files.filter(file => !networkName.test(file))) {
    const message = `is not used: a network's name has only lower-case letters, digits, - and _, and at most 40 characters`
    const about = { severity: 'warning', network: name, scope: 'edges' } as const
    problems.push({ ...about, file: `edges/${name}`, line: 1, column: 1, message })
  }
  return files.filter(file => networkName.test(file)).sort(byName)
}

/** Files of the folder that are links to somewhere else: a deployed copy would hold what lies there. */
function linksOutside(source: ConfigSource, zones: ZoneNames, { absolutePaths }: ConfigOptions): Problem[] {
  const problem = (file: string, network: string | null, scope: Problem['scope']): Problem[] => {
    const leadsTo = source.outside?.(file) ?? null
    if (leadsTo === null) return []
    const message = `is a symbolic link to ${leadsTo}, outside of the configuration folder`
    return [{ severity: absolutePaths, file, line: 1, column: 1, message, network, scope }]
  }
  const files = [...zones].flatMap(([network, names]) => [
    ...problem(`edges/${network}`, network, 'edges'),
    ...problem(`canaries/${network}`, network, 'canaries'),
    ...names.flatMap(name => problem(`zones/${network}/${name}`, network, 'zone')),
  ])
  return [...problem(settingsPath, null, 'settings'), ...files]
}

function zoneFiles(source: ConfigSource, network: string, problems: Problem[]): string[] {
  const files = (source.list(`zones/${network}`) ?? []).filter(isVisible)
  for (const name of files.filter(file => !file.endsWith('.zone'))) {
    const message = 'is not used: zone includes end in .zone'
    const file = `zones/${network}/${name}`
    problems.push({ severity: 'warning', file, line: 1, column: 1, message, network, scope: 'zone' })
  }
  return files.filter(file => file.endsWith('.zone')).sort(byName)
}

function strangeZoneFolders(source: ConfigSource, names: readonly string[]): Problem[] {
  const known = new Set(names)
  const strangers = (folder: string) => (source.list(folder) ?? []).filter(name => isVisible(name) && !known.has(name))
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
