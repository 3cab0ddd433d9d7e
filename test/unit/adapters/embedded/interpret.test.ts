import { describe, expect, test } from 'vitest'
import { holds, updated } from '../../../../functions/adapters/embedded/interpret.ts'
import type { Condition, Item } from '../../../../functions/adapters/table/rows.ts'

const item: Item = { owner: { S: 'a' }, until: { N: '05' }, odd: { B: new Uint8Array([1]) } }

describe('a condition', () => {
  test.each<[Condition, Item | null, boolean]>([
    [{ is: 'absent', attribute: 'owner' }, item, false],
    [{ is: 'absent', attribute: 'other' }, item, true],
    [{ is: 'absent', attribute: 'owner' }, null, true],
    [{ is: 'text', attribute: 'owner', text: 'a' }, item, true],
    [{ is: 'text', attribute: 'owner', text: 'b' }, item, false],
    [{ is: 'text', attribute: 'until', text: '05' }, item, false],
    [{ is: 'no-number', attribute: 'until' }, item, false],
    [{ is: 'no-number', attribute: 'owner' }, item, true],
    [{ is: 'no-number', attribute: 'other' }, null, true],
    [{ is: 'at-most', attribute: 'until', number: 5 }, item, true],
    [{ is: 'at-most', attribute: 'until', number: 4 }, item, false],
    [{ is: 'at-most', attribute: 'owner', number: 4 }, item, false],
    [{ is: 'above', attribute: 'until', number: 4 }, item, true],
    [{ is: 'above', attribute: 'until', number: 5 }, item, false],
    [{ is: 'above', attribute: 'other', number: 5 }, item, false],
    [{ is: 'all', of: [] }, null, true],
    [{ is: 'any', of: [] }, item, false],
  ])('%j of %j is %s', (condition, of, expected) => {
    expect(holds(condition, of)).toBe(expected)
  })
})

test('an update sees the item as it was', () => {
  const copy = { before: { from: 'owner', otherwise: { S: 'none' } }, was: { from: 'other', otherwise: { S: 'none' } } }
  const update = { when: { is: 'all', of: [] }, set: { owner: { S: 'b' } }, copy, remove: ['odd', 'until'] } as const
  expect(updated(item, update)).toEqual({ owner: { S: 'b' }, before: { S: 'a' }, was: { S: 'none' } })
  expect(updated(null, { when: { is: 'all', of: [] }, set: { n: { N: '1' } } })).toEqual({ n: { N: '1' } })
})
