import { isMap } from '../domain/is-map.ts'
import { type AnySetting, isSetting, type SettingGroup } from './setting-kinds.ts'
import type { RawSettings, Settings } from './settings.ts'
import { settingsTable } from './settings-table.ts'

/** Keys without which a network cannot run (contract, "Settings"). */
export const requiredPaths: readonly (readonly string[])[] = settingPaths(settingsTable)
  .filter(({ setting }) => setting.required)
  .map(({ path }) => path)

/** Every key of a group with its path, in the group's order. */
export function settingPaths(
  group: SettingGroup,
): { readonly path: readonly string[]; readonly setting: AnySetting }[] {
  return Object.entries(group).flatMap(([key, node]) =>
    isSetting(node)
      ? [{ path: [key], setting: node }]
      : settingPaths(node).map(({ path, setting }) => ({ path: [key, ...path], setting })),
  )
}

/** The value at a path, or undefined. */
export function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (found, key) => (isMap(found) && Object.hasOwn(found, key) ? found[String(key)] : undefined),
    value,
  )
}

/** What is written for one network laid over what is written for all: maps merge, lists replace. */
export function mergeSettings(below: RawSettings, above: RawSettings): RawSettings {
  return merge(below, above) as RawSettings
}

function merge(below: unknown, above: unknown): unknown {
  if (!isMap(below) || !isMap(above)) return above
  const merged: Record<string, unknown> = { ...below }
  for (const [key, value] of Object.entries(above)) merged[key] = key in below ? merge(below[key], value) : value
  return merged
}

/**
 * The settings with every default in place and in their one spelling. Where something required is missing, something empty is in
 * its place: such settings are good for checking the other files, and for no more.
 */
export function withDefaults(raw: RawSettings): Settings {
  return filled(settingsTable, raw) as Settings
}

function filled(group: SettingGroup, raw: object): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const [key, node] of Object.entries(group)) {
    const value = at(raw, [key])
    values[key] = isSetting(node) ? effective(node, value, values) : filled(node, isMap(value) ? value : {})
  }
  return values
}

function effective(setting: AnySetting, value: unknown, before: Readonly<Record<string, unknown>>): unknown {
  if (value === undefined) return setting.defaultBy === undefined ? setting.default : setting.defaultBy(before)
  // The schema, made from the same table, has seen to the type.
  return setting.spelled === undefined ? value : setting.spelled(value as never)
}
