import { expect, test } from 'vitest'
import type { ConfigEvent } from '../../../../functions/core/config/pointer.ts'
import { configurationChange } from '../../../../functions/core/replay/configuration-change.ts'
import { now, runAgo } from '../../../helpers/core.ts'

const hash = (digit: string) => digit.repeat(64)
const minute = 60_000
const event = (minutesAgo: number, digit: string, changes: Partial<ConfigEvent> = {}): ConfigEvent => ({
  ...{ what: 'push', hash: hash(digit), previous: null, by: 'root', at: now - minutesAgo * minute, comment: '' },
  ...changes,
})
const cycle = (minutesAgo: number, digit: string | null) => ({
  ...runAgo(minutesAgo * 60, { a: 0.1 }),
  configuration: digit === null ? null : digit.repeat(16),
})
const then = 'settings changed meanwhile: configuration aaaaaaaaaaaa was in force then'

test.each<[string, ConfigEvent[], string | null, string | null]>([
  [
    'a push',
    [event(3, 'b', { comment: 'colder\nweather' })],
    'b',
    'a push by root put bbbbbbbbbbbb in force at 2026-01-01 11:57:30 UTC ("colder weather")',
  ],
  [
    'a rollback',
    [event(3, 'b', { what: 'rollback' })],
    'b',
    'a rollback by root put bbbbbbbbbbbb in force at 2026-01-01 11:57:30 UTC',
  ],
  [
    'a deploy',
    [event(3, 'b', { what: 'deploy' })],
    'b',
    'a deploy put bbbbbbbbbbbb in force at 2026-01-01 11:57:30 UTC',
  ],
  [
    'a folder that changed',
    [event(3, 'b', { what: 'folder' })],
    'b',
    'a changed folder put bbbbbbbbbbbb in force at 2026-01-01 11:57:30 UTC',
  ],
  [
    'the first of several, in whatever order they are told',
    [event(1, 'c'), event(3, 'b'), event(9, 'a')],
    'c',
    'a push by root put bbbbbbbbbbbb in force at 2026-01-01 11:57:30 UTC',
  ],
  [
    'one after the newest cycle',
    [event(0, 'b')],
    'a',
    'a push by root put bbbbbbbbbbbb in force at 2026-01-01 12:00:30 UTC',
  ],
  ['nothing in the log: the cycles tell', [], 'b', 'by the cycle of 2026-01-01 11:59:30 UTC it was bbbbbbbbbbbb'],
  ['back to the same one', [event(4, 'b'), event(3, 'a')], 'a', null],
  ['no change', [event(9, 'a')], 'a', null],
  ['no change, and no log', [], 'a', null],
])('%s', (_, events, newest, words) => {
  const runs = [cycle(5, 'a'), cycle(1, newest)]
  expect(configurationChange(cycle(5, 'a'), { events, runs })).toBe(words === null ? null : `${then}; ${words}`)
})

test('a log that begins before the cycle and ends with another configuration', () => {
  expect(configurationChange(cycle(5, 'a'), { events: [event(9, 'b')], runs: [cycle(5, 'a')] })).toBe(
    `${then}, and is not any more`,
  )
})

test('of a cycle whose configuration is not known, and where nothing is recorded, nothing is said', () => {
  expect(configurationChange(cycle(5, null), { events: [event(1, 'b')], runs: [] })).toBeNull()
  expect(configurationChange(cycle(5, 'a'), { events: [], runs: [] })).toBeNull()
  expect(configurationChange(cycle(5, 'a'), { events: [], runs: [cycle(5, 'a'), cycle(1, null)] })).toBeNull()
})
