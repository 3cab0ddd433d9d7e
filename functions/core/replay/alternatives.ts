import type { Settings } from '../config/settings.ts'
import { type Changes, changed, changeWords, checkChange, conflictIn, settingIn } from './keys.ts'
import type { ReplayableKey } from './replayable.ts'

/** Another policy. */
export interface Alternative {
  /** "down_after=2, goodenough=0.3". */
  readonly name: string
  readonly changes: Changes
  /** It changes nothing: the settings are so already. */
  readonly isCurrent: boolean
}

/** What is asked for: settings to change, and at most two to try with several values each. */
export interface Wanted {
  /** `KEY=VALUE`. */
  readonly set: readonly string[]
  /** `KEY=V1,V2,…`. */
  readonly sweep: readonly string[]
}

const maxSweeps = 2
/** More would fill no table that a person reads. */
const maxAlternatives = 100

type Choice = readonly [ReplayableKey, string | number]

/** The policies to compare; where they cannot be, every reason. None where nothing is asked for. */
export function alternativesOf(
  { set, sweep }: Wanted,
  settings: Settings,
): { readonly alternatives: readonly Alternative[] } | { readonly faults: readonly string[] } {
  const faults: string[] = []
  const choices = [
    ...set.map(text => choicesIn('--set', text, false, faults)),
    ...sweep.map(text => choicesIn('--sweep', text, true, faults)),
  ]
  if (sweep.length > maxSweeps) faults.push(`--sweep is given at most ${maxSweeps} times`)
  const keys = choices.flatMap(([first]) => first?.[0] ?? [])
  const twice = new Set(keys.filter((key, at) => keys.indexOf(key) < at))
  for (const key of twice) faults.push(`${key} is given twice`)
  const count = choices.reduce((product, one) => product * one.length, 1)
  if (count > maxAlternatives) faults.push(`${count} alternatives are too many: at most ${maxAlternatives}`)
  if (faults.length > 0) return { faults }
  const all = choices.length === 0 ? [] : combined(choices).map(changes => alternativeOf(changes, settings))
  const conflicts = all.flatMap(({ name, changes }) => {
    const conflict = conflictIn(changed(settings, changes))
    return conflict === null ? [] : [`${name}: ${conflict}`]
  })
  return conflicts.length > 0 ? { faults: conflicts } : { alternatives: all }
}

/** A policy with these changes. */
export function alternativeOf(changes: Changes, settings: Settings): Alternative {
  const isCurrent = [...changes].every(([key, value]) => settingIn(settings, key) === value)
  return { name: changeWords(changes), changes, isCurrent }
}

function choicesIn(flag: string, text: string, isList: boolean, faults: string[]): Choice[] {
  const at = text.indexOf('=')
  if (at < 1) {
    faults.push(`${flag} takes KEY=${isList ? 'V1,V2,…' : 'VALUE'}, not '${text}'`)
    return []
  }
  const values = isList ? text.slice(at + 1).split(',') : [text.slice(at + 1)]
  const found = new Map<string | number, Choice>()
  for (const value of values) {
    const checked = checkChange(text.slice(0, at), value)
    if ('value' in checked) found.set(checked.value[1], checked.value)
    else if (!faults.includes(checked.fault)) faults.push(checked.fault)
  }
  return [...found.values()]
}

/** One of each list, in every combination; the last list changes fastest. */
function combined(choices: readonly (readonly Choice[])[]): Changes[] {
  const rows = choices.reduce<Choice[][]>((rows, list) => rows.flatMap(row => list.map(one => [...row, one])), [[]])
  return rows.map(row => new Map(row))
}

/** Settings as a program gives them, `history.window` also as `{history: {window}}`, in the form of `--set`. */
export function textsOf(settings: Readonly<Record<string, unknown>>, prefix = ''): string[] {
  return Object.entries(settings).flatMap(([key, value]) => {
    if (Array.isArray(value)) return [`${prefix}${key}=${value.join(',')}`]
    if (typeof value !== 'object' || value === null) return [`${prefix}${key}=${value}`]
    return textsOf(value as Record<string, unknown>, `${prefix}${key}.`)
  })
}
