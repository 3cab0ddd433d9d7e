import { expect, test } from 'vitest'
import type { Settings } from '../../../../functions/core/config/settings.ts'
import { settingsOf } from '../../../helpers/world.ts'

/** The paths of all keys below a value that have no value at all. */
function missingIn(value: unknown, path = 'settings'): string[] {
  if (value === undefined) return [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, below]) => missingIn(below, `${path}.${key}`))
}

test('settings have a value at every key, and null where there is none', () => {
  const settings: Settings = settingsOf()
  expect(missingIn(settings)).toEqual([])
  expect(settings.heartbeat).toBeNull()
  expect(settings.alarms).toEqual({ email: null, slow_seconds: null })
})
