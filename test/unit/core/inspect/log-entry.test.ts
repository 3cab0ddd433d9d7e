import { expect, test } from 'vitest'
import { type LogEntry, logEntryOf, logText, turnOf } from '../../../../functions/core/inspect/log-entry.ts'

const order: LogEntry = { time: 5, what: 'order', about: 'a', by: 'me', comment: 'why', mode: 'force', expires: null }

test('an entry is read as it was written, its time from its key', () => {
  expect(logText(order)).not.toContain('time')
  expect(logEntryOf(5, JSON.parse(logText(order)))).toEqual(order)
  const push: LogEntry = { time: 7, what: 'push', about: 'abc', by: 'me', comment: null }
  expect(logEntryOf(7, JSON.parse(logText(push)))).toEqual(push)
  expect(logEntryOf(7, { ...order, expires: 9 })).toMatchObject({ expires: 9 })
})

test.each([
  [5, null],
  [5, 'text'],
  [5, { ...order, what: 'else' }],
  [5, { ...order, about: 1 }],
  [5, { ...order, by: null }],
  [Number.NaN, order],
])('what is no entry is none: %j %j', (time, value) => {
  expect(logEntryOf(time, value)).toBeNull()
})

test('a cycle is told where trouble begins, changes or ends', () => {
  expect(turnOf('ok', 'ok', 5, null)).toBeNull()
  expect(turnOf(null, 'ok', 5, null)).toBeNull()
  expect(turnOf('blind', 'blind', 5, null)).toBeNull()
  expect(turnOf('ok', 'failed', 5, 'no right')).toEqual({
    time: 5,
    what: 'cycle',
    about: 'failed',
    by: '',
    comment: 'no right',
  })
  expect(turnOf('blind', 'ok', 5, null)).toMatchObject({ about: 'ok', comment: null })
  expect(turnOf(null, 'no_edges', 5, null)).toMatchObject({ about: 'no_edges' })
})
