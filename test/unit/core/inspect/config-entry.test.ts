import { describe, expect, test } from 'vitest'
import type { ConfigEvent } from '../../../../functions/core/config/pointer.ts'
import { configOfEntry, earlierConfigEntry, entryOfConfig } from '../../../../functions/core/inspect/config-entry.ts'
import { logEntryOf, logText } from '../../../../functions/core/inspect/log-entry.ts'

const [hash, other] = ['a'.repeat(64), 'b'.repeat(64)]
const push: ConfigEvent = { what: 'push', hash, previous: null, by: 'ann', at: 7, comment: '' }
const events: ConfigEvent[] = [
  push,
  { ...push, what: 'folder', previous: other, comment: 'why', source: other },
  { ...push, what: 'deploy', setAside: { hash: other, by: 'bob' } },
]

describe('what became of a configuration, in the log', () => {
  test.each(events)('is read as it was written: %j', event => {
    const entry = logEntryOf(event.at, JSON.parse(logText(entryOfConfig(event))))
    expect(entry).not.toBeNull()
    if (entry !== null) expect(configOfEntry(entry)).toEqual(event)
  })

  test.each(events)('an entry of an earlier version stays readable: %j', event => {
    const { source: _source, ...earlier } = event
    const entry = earlierConfigEntry(event.at, JSON.parse(JSON.stringify(earlier)))
    expect(entry && configOfEntry(entry)).toEqual(earlier)
  })

  test('what is about something else is none', () => {
    const order = { time: 5, what: 'order', about: 'a', by: 'me', comment: null } as const
    expect(configOfEntry(order)).toBeNull()
    expect(configOfEntry({ ...order, what: 'push' })).toBeNull()
    expect(configOfEntry({ ...order, what: 'push', about: hash })).toMatchObject({ previous: null, comment: '' })
    expect(earlierConfigEntry(5, { what: 'order', hash })).toBeNull()
    expect(earlierConfigEntry(5, null)).toBeNull()
    expect(earlierConfigEntry(5, { what: 'push', hash: 3, by: 'ann' })).toBeNull()
  })
})
