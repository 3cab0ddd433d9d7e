import { expect, test } from 'vitest'
import { changed, changeWords, checkChange, conflictIn, settingIn } from '../../../../functions/core/replay/keys.ts'
import { settingsOf } from '../../../helpers/world.ts'

test('a change is a number where it is one, and checked as the settings are', () => {
  expect(checkChange('goodenough', ' 0.3 ')).toEqual({ value: ['goodenough', 0.3] })
  expect(checkChange('rotation', 'reselect')).toEqual({ value: ['rotation', 'reselect'] })
  expect(checkChange('history.window', 60)).toEqual({ value: ['history.window', 60] })
  expect(checkChange('history.window', -1)).toHaveProperty('fault')
  expect(checkChange('dns.ttl', 60)).toEqual({
    fault: expect.stringContaining('cannot be replayed; what can be: goodenough'),
  })
})

test('the settings with changes', () => {
  const settings = settingsOf()
  expect(changed(settings, new Map([['down_after', 2]]))).toEqual({ ...settings, down_after: 2 })
  expect(changed(settings, new Map([['history.window', 60]])).history).toEqual({ samples: 2000, window: 60 })
  expect([settingIn(settings, 'edge_count'), settingIn(settings, 'history.window')]).toEqual([2, 300])
  expect(conflictIn(settings)).toBeNull()
  expect(conflictIn({ ...settings, min_edges: 3 })).toBe('min_edges (3) is more than edge_count (2)')
  expect(
    changeWords(
      new Map<'down_after' | 'up_after', number>([
        ['down_after', 2],
        ['up_after', 3],
      ]),
    ),
  ).toBe('down_after=2, up_after=3')
})
