import { isMap } from '../domain/is-map.ts'
import { issueWords } from './issue-words.ts'
import { at, mergeSettings, requiredPaths, withDefaults } from './merged-settings.ts'
import type { Problem } from './problem.ts'
import { retiredKeys } from './retired.ts'
import { type AnySetting, isSetting, type SettingGroup } from './setting-kinds.ts'
import type { RawSettings, Settings } from './settings.ts'
import { settingsSchema } from './settings-schema.ts'
import { settingsTable } from './settings-table.ts'
import { type Place, readYaml, type YamlFile } from './yaml-file.ts'

export const settingsPath = 'edgemanage.yaml'

/** `edgemanage.yaml` as read: the settings of each network that has them without error, and all that is wrong. */
export interface SettingsFile {
  readonly settings: ReadonlyMap<string, Settings>
  /** The settings of any network for checking its other files, whatever is wrong here. */
  readonly draftFor: (network: string) => Settings
  readonly problems: readonly Problem[]
  /** Where a value for a network is written: its own override, else the setting for all. */
  readonly placeOf: (network: string, path: readonly string[]) => Place
}

type Path = readonly PropertyKey[]

/** Reads the settings of these networks (contract, "Settings"); every problem of the file at once. Never throws. */
export function readSettingsFile(text: string, networks: readonly string[]): SettingsFile {
  const file = readYaml(text)
  const problems: Problem[] = []
  const tell: Tell = (severity, { line, column }, message, network = null) => {
    problems.push({ severity, file: settingsPath, line, column, message, network, scope: 'settings' })
  }
  for (const fault of file.faults) tell('error', fault, fault.message)
  if (file.value !== null && !isMap(file.value)) tell('error', file.valueAt([]), 'expected a map of settings')
  const whole = isMap(file.value) ? file.value : {}
  const shared = pieceOf(withoutSpecial(whole, file, tell), [], null, file, tell)
  const own = overridesOf(whole, networks, file, tell)
  const rawOf = (network: string) => mergeSettings(shared, own.get(network) ?? {})
  const layers = { whole, own, rawOf, placeOf: placesIn(whole, file) }
  const isSound = isMap(file.value) || (file.value === null && file.faults.length === 0)
  const settings = effectiveSettings(isSound ? networks : [], layers, tell)
  const draftFor = (network: string) => withDefaults(rawOf(network))
  return { settings, draftFor, problems: unique(problems), placeOf: layers.placeOf }
}

type Tell = (severity: Problem['severity'], place: Place, message: string, network?: string | null) => void

/** The file in its layers: what is written for all networks, and for each alone. */
interface Layers extends Pick<SettingsFile, 'placeOf'> {
  readonly whole: Record<string, unknown>
  /** What each network overrides. */
  readonly own: ReadonlyMap<string, RawSettings>
  /** Both merged for a network, without defaults. */
  readonly rawOf: (network: string) => RawSettings
}

function placesIn(whole: Record<string, unknown>, file: YamlFile): SettingsFile['placeOf'] {
  return (network, path) => {
    const override = ['networks', network, ...path]
    if (at(whole, override) !== undefined) return file.valueAt(override)
    const counted = path.join() === 'edge_count' && at(whole, ['dnet_edge_count', network]) !== undefined
    return file.valueAt(counted ? ['dnet_edge_count', network] : path)
  }
}

/** The settings of each network that has all that are required, with defaults; what is missing or contradicts is told. */
function effectiveSettings(
  networks: readonly string[],
  { whole, own, rawOf, placeOf }: Layers,
  tell: Tell,
): Map<string, Settings> {
  const settings = new Map<string, Settings>()
  // A key that no network has of its own is asked for once, and not once for each of them.
  const isShared = new Map(
    requiredPaths.map(path => [path, [...own.values()].every(override => at(override, path) === undefined)]),
  )
  for (const network of networks) {
    const raw = rawOf(network)
    const missing = requiredPaths.filter(path => at(raw, path) === undefined && !isFaulty(whole, network, path))
    for (const path of missing) {
      tell('error', placeOf(network, path), `${path.join('.')} is required`, isShared.get(path) ? null : network)
    }
    if (requiredPaths.some(path => at(raw, path) === undefined)) continue
    const effective = withDefaults(raw)
    if (effective.min_edges > effective.edge_count) {
      const message = `min_edges (${effective.min_edges}) is more than edge_count (${effective.edge_count})`
      tell('error', placeOf(network, ['min_edges']), message, network)
    }
    settings.set(network, effective)
  }
  return settings
}

/** Whether something is at a required place, though nothing of use: its own fault is told already. */
function isFaulty(whole: Record<string, unknown>, network: string, path: readonly string[]): boolean {
  const paths = [
    path,
    ['networks', network, ...path],
    ...(path[0] === 'edge_count' ? [['dnet_edge_count', network]] : []),
  ]
  return paths.some(one => (at(whole, one) ?? null) !== null)
}

/** The settings for all networks, without what is not a setting; retired keys are told. */
function withoutSpecial(whole: Record<string, unknown>, file: YamlFile, tell: Tell): Record<string, unknown> {
  const { networks: _networks, dnet_edge_count: _counts, ...rest } = whole
  for (const key of Object.keys(rest)) {
    const instead = Object.hasOwn(retiredKeys, key) ? retiredKeys[key] : undefined
    if (instead === undefined) continue
    tell('warning', file.keyAt([key]), `'${key}' has no place here: ${instead}`)
    delete rest[key]
  }
  return rest
}

/** What is written for single networks, by network. */
function overridesOf(
  whole: Record<string, unknown>,
  networks: readonly string[],
  file: YamlFile,
  tell: Tell,
): Map<string, RawSettings> {
  const own = new Map<string, RawSettings>()
  const known = new Set(networks)
  for (const section of ['dnet_edge_count', 'networks']) {
    const map = whole[section] ?? {}
    if (!isMap(map)) {
      tell('error', file.valueAt([section]), `${section}: expected a map by network`)
      continue
    }
    for (const [network, value] of Object.entries(map)) {
      const path = [section, network]
      const isKnown = known.has(network)
      if (!isKnown) tell('warning', file.keyAt(path), `${section} names ${network}, but there is no edges/${network}`)
      const owner = isKnown ? network : null
      const prefix = section === 'networks' ? path : null
      const piece = prefix === null ? { edge_count: value } : (value ?? {})
      const read = pieceOf(piece, prefix ?? path, owner, file, tell)
      if (isKnown) own.set(network, mergeSettings(own.get(network) ?? {}, read))
    }
  }
  return own
}

/** One piece of settings, checked; without the keys that have faults, so that the rest can show further ones. */
function pieceOf(piece: unknown, prefix: Path, network: string | null, file: YamlFile, tell: Tell): RawSettings {
  const cleaned = withoutNulls(piece, settingsTable)
  for (const issue of settingsSchema.safeParse(cleaned).error?.issues ?? []) {
    const path = prefix[0] === 'dnet_edge_count' ? prefix : [...prefix, ...issue.path]
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        tell('error', file.keyAt([...path, key]), `unknown key '${words([...path, key])}'`, network)
        removeAt(cleaned, [...issue.path, key])
      }
    } else {
      tell('error', file.valueAt(path), `${words(path)}: ${issueWords(issue.message)}`, network)
      removeAt(cleaned, issue.path)
    }
  }
  return settingsSchema.safeParse(cleaned).data ?? {}
}

/** Removes what is at a path, or the list that holds it. */
function removeAt(value: unknown, [step, ...rest]: Path): void {
  if (!isMap(value)) return
  const key = String(step)
  if (rest.length > 0 && isMap(value[key])) removeAt(value[key], rest)
  else delete value[key]
}

/** An empty value is as good as a missing key, where there is such a key. Copies all the way down. */
function withoutNulls(value: unknown, node?: AnySetting | SettingGroup): unknown {
  if (!isMap(value)) return value
  const group = node === undefined || isSetting(node) ? null : node
  const isKey = (key: string) => group === null || Object.hasOwn(group, key)
  const rows = Object.entries(value).filter(([key, one]) => one !== null || !isKey(key))
  return Object.fromEntries(rows.map(([key, one]) => [key, withoutNulls(one, group?.[key])]))
}

function words(path: Path): string {
  return path.map(String).join('.')
}

function unique(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>()
  return problems.filter(problem => {
    const key = `${problem.line}:${problem.column}:${problem.message}:${problem.network === null}`
    return seen.size !== seen.add(key).size
  })
}
