import { describe, expect, test } from 'vitest'
import type { ConfigEvent } from '../../../../functions/core/config/pointer.ts'
import { configOfEntry, earlierConfigEntry, entryOfConfig } from '../../../../functions/core/inspect/config-entry.ts'
import { now } from '../../../helpers/core.ts'

const hash = 'a'.repeat(64)
const push: ConfigEvent = { what: 'push', hash, previous: null, by: 'alice', at: now, comment: 'two edges more' }

describe('what became of a configuration', () => {
  test.each<[string, ConfigEvent]>([
    ['a push', push],
    ['without a comment', { ...push, comment: '' }],
    ['after another', { ...push, previous: 'b'.repeat(64) }],
    ['from a source', { ...push, source: 'ci' }],
    ['that set a pushed one aside', { ...push, what: 'deploy', setAside: { hash: 'c'.repeat(64), by: 'bob' } }],
  ])('is the same after it went through the log: %s', (_how, event) => {
    expect(configOfEntry(entryOfConfig(event))).toEqual(event)
  })

  test('is nothing in entries about other things', () => {
    const entry = entryOfConfig(push)
    expect(configOfEntry({ ...entry, what: 'freeze' })).toBeNull()
    expect(configOfEntry({ ...entry, about: '192.0.2.1' })).toBeNull()
  })

  test('is read as earlier versions wrote it', () => {
    const { at, ...earlier } = push
    expect(earlierConfigEntry(at, earlier)).toEqual(entryOfConfig(push))
    expect(earlierConfigEntry(at, { ...earlier, comment: '' })).toMatchObject({ about: hash, comment: null })
    for (const value of [{ ...earlier, what: 'freeze' }, null, 'text']) expect(earlierConfigEntry(at, value)).toBeNull()
  })
})
