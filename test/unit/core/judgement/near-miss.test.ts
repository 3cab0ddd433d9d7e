import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Fetched, nearMissesOf } from '../../../../functions/core/judgement/near-miss.ts'

const fetched = (name: string, micros: number, changes: Partial<Fetched> = {}): Fetched => ({
  ...{ name, micros, thresholdMicros: 1000, lagMicros: 100, isLive: false },
  ...changes,
})
const namesOf = (all: readonly Fetched[]) => nearMissesOf(all).again.map(({ name }) => name)

test.each([
  [999, false],
  [1000, true],
  [1099, true],
  [1100, false],
])('a fetch of %i µs, where 1000 is too slow and the prober was 100 late, is a near miss: %s', (micros, isNear) => {
  expect(namesOf([fetched('a', micros)])).toEqual(isNear ? ['a'] : [])
})

test('a prober that was not late makes no near miss', () => {
  expect(namesOf([fetched('a', 1000, { lagMicros: 0 })])).toEqual([])
})

test('live ones come first, then the nearest to their threshold, then by name', () => {
  const all = [
    fetched('far', 1090),
    fetched('b', 1010),
    fetched('a', 1010),
    fetched('near', 1001),
    fetched('live', 2050, { isLive: true, thresholdMicros: 2000 }),
  ]
  expect(namesOf(all)).toEqual(['live', 'near', 'a', 'b', 'far'])
})

test('sixteen are fetched again at most, and the others are counted', () => {
  const all = Array.from({ length: 20 }, (_, at) => fetched(`e${String(at).padStart(2, '0')}`, 1000 + at))
  const { again, left } = nearMissesOf(all)
  expect(again).toEqual(all.slice(0, 16))
  expect(left).toBe(4)
})

test('whatever their order, the same are fetched again', () => {
  const one = fc.record({
    ...{ name: fc.string(), micros: fc.integer({ min: 900, max: 1200 }), thresholdMicros: fc.constant(1000) },
    ...{ lagMicros: fc.integer({ min: 0, max: 150 }), isLive: fc.boolean() },
  })
  const some = fc.uniqueArray(one, { selector: ({ name }) => name, maxLength: 40 })
  fc.assert(
    fc.property(some, all => {
      expect(nearMissesOf([...all].reverse())).toEqual(nearMissesOf(all))
    }),
  )
})
