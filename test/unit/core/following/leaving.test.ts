import { expect, test } from 'vitest'
import { type LeavingInput, leavingOf } from '../../../../functions/core/following/leaving.ts'

const zones = (count: number) => Array.from({ length: count }, (_, at) => `z${at}.example`)
const input = (count: number, gone: number, over: Partial<LeavingInput> = {}): LeavingInput => ({
  members: zones(count),
  held: new Set(zones(count).slice(gone)),
  missing: new Map(zones(gone).map(zone => [zone, 1_000])),
  ...{ now: 11_000, graceMs: 10_000, yes: false, ...over },
})

test.each([
  [4, 2, true],
  [4, 3, false],
  [5, 3, false],
  [3, 2, true],
  [3, 3, false],
  [1, 1, false],
  [10, 5, true],
  [10, 6, false],
])('of %i zones %i leave at once: %s', (count, gone, leave) => {
  const { leaving, kept } = leavingOf(input(count, gone))
  expect([leaving, kept]).toEqual(leave ? [zones(gone), []] : [[], zones(gone)])
  expect(leavingOf(input(count, gone, { yes: true })).leaving).toEqual(zones(gone))
})

test('a zone waits for its grace, since a pass first missed it', () => {
  expect(leavingOf(input(4, 1, { now: 10_999 }))).toMatchObject({ leaving: [], kept: [] })
  expect(leavingOf(input(4, 1, { missing: new Map() })).missing).toEqual(new Map([['z0.example', 11_000]]))
  expect(leavingOf(input(4, 1, { missing: new Map([['z0.example', 99_000]]) })).missing).toEqual(
    new Map([['z0.example', 11_000]]),
  )
})

test('a zone that some manifest has again is not missing any more', () => {
  expect(leavingOf(input(4, 0, { missing: new Map([['z0.example', 0]]) }))).toEqual({
    ...{ missing: new Map(), leaving: [], kept: [] },
  })
})
