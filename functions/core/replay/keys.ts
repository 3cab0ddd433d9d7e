import { issueWords } from '../config/issue-words.ts'
import type { RawSettings, Settings } from '../config/settings.ts'
import { settingsSchema } from '../config/settings-schema.ts'
import { type ReplayableKey, replayableKeys } from './replayable.ts'

/** Other settings, by key. */
export type Changes = ReadonlyMap<ReplayableKey, string | number>

/** A change, or every reason against it in one sentence. */
export type Checked<T> = { readonly value: T } | { readonly fault: string }

/** One change of one key: `text` is the value as it was written, or as a program gave it. */
export function checkChange(key: string, text: unknown): Checked<readonly [ReplayableKey, string | number]> {
  if (!isReplayable(key)) {
    return { fault: `${key} cannot be replayed; what can be: ${replayableKeys.join(', ')}` }
  }
  const value = typeof text === 'string' ? scalarOf(text) : text
  const found = settingsSchema.safeParse(nested(key, value))
  if (!found.success)
    return { fault: found.error.issues.map(({ message }) => `${key}=${text}: ${issueWords(message)}`).join('; ') }
  return { value: [key, value as string | number] }
}

function isReplayable(key: string): key is ReplayableKey {
  return replayableKeys.some(one => one === key)
}

/** A value as YAML would have it: a number where it is one. */
function scalarOf(text: string): string | number {
  const trimmed = text.trim()
  return trimmed === '' || !Number.isFinite(Number(trimmed)) ? trimmed : Number(trimmed)
}

function nested(key: ReplayableKey, value: unknown): unknown {
  return key === 'history.window' ? { history: { window: value } } : { [key]: value }
}

/** The settings with these changes. */
export function changed(settings: Settings, changes: Changes): Settings {
  const { 'history.window': window, ...plain } = Object.fromEntries(changes) as Record<string, unknown>
  const history = window === undefined ? settings.history : { ...settings.history, window: Number(window) }
  return { ...settings, ...(plain as RawSettings), history } as Settings
}

/** What is wrong with settings that are each possible, but not together; null where nothing is. */
export function conflictIn({ min_edges, edge_count }: Settings): string | null {
  return min_edges > edge_count ? `min_edges (${min_edges}) is more than edge_count (${edge_count})` : null
}

/** What a setting is now. */
export function settingIn(settings: Settings, key: ReplayableKey): string | number {
  return key === 'history.window' ? settings.history.window : settings[key]
}

/** "down_after=2, goodenough=0.3". */
export function changeWords(changes: Changes): string {
  return [...changes].map(([key, value]) => `${key}=${value}`).join(', ')
}
