import type { Setting } from './setting-kinds.ts'
import type { settingsTable } from './settings-table.ts'

type Table = typeof settingsTable

type ValuesOf<Group> = {
  readonly [Key in keyof Group]: Group[Key] extends Setting<infer Value> ? Value : ValuesOf<Group[Key]>
}

type WrittenOf<Group> = {
  readonly [Key in keyof Group]?:
    | (Group[Key] extends Setting<infer Value> ? NonNullable<Value> : WrittenOf<Group[Key]>)
    | undefined
}

/**
 * Settings of one network, named as in `edgemanage.yaml` and in the form of its table (settings-table.ts), which says what each
 * means; null where there is none and no default.
 */
export type Settings = ValuesOf<Table>

/** Settings as written, checked: any key may be missing. */
export type RawSettings = WrittenOf<Table>
