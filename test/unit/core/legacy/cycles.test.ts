import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cyclesOf, type Series } from '../../../../functions/core/legacy/cycles.ts'

const series = (name: string, seconds: readonly number[], kind: Series['kind'] = 'edge'): Series => ({
  kind,
  name,
  samples: seconds.map(second => ({ time: second * 1000, micros: 1, failed: false })),
})

const inWords = (all: readonly Series[]) =>
  cyclesOf(all).map(({ time, edges, canaries }) => `${time / 1000}: ${[...edges.keys(), ...canaries.keys()].join(' ')}`)

describe('fetches are put together into cycles', () => {
  test.each([
    ['none', [], []],
    ['by time', [series('a', [0.3, 60.3]), series('b', [0.4, 60.2])], ['0.3: a b', '60.2: b a']],
    ['with those that hang', [series('a', [0.3, 60.3]), series('b', [10.4, 70.4])], ['0.3: a b', '60.3: a b']],
    ['a cycle after a longer pause', [series('a', [1]), series('b', [16]), series('c', [62])], ['1: a b', '62: c']],
    [
      'a cycle that lasts long',
      [series('a', [0, 60, 120]), series('b', [20, 80, 140]), series('c', [40, 100, 160])],
      ['0: a b c', '60: a b c', '120: a b c'],
    ],
    [
      'one with a pause that is longer than that between cycles',
      [series('a', [0, 60, 120]), series('b', [44, 104, 164])],
      ['0: a b', '60: a b', '120: a b'],
    ],
    [
      'whoever came new, and first, into a later one',
      [series('a', [0, 61]), series('b', [1, 62]), series('c', [60])],
      ['0: a b', '60: c a b'],
    ],
    [
      'a fetch that took longer than a minute',
      [series('a', [0, 120]), { ...series('b', []), samples: [{ time: 70_000, micros: 69_000_000, failed: false }] }],
      ['0: a b', '120: a'],
    ],
    [
      'one that was said to be a failure took no time',
      [series('a', [0, 120]), { ...series('b', []), samples: [{ time: 70_000, micros: 69_000_000, failed: true }] }],
      ['0: a', '70: b', '120: a'],
    ],
    ['a cycle for whom was fetched already', [series('a', [1, 4]), series('b', [2, 5])], ['1: a b', '4: a b']],
    ['edges and canaries of one name', [series('a', [1]), series('a', [2], 'canary')], ['1: a a']],
    [
      'forced ones close together, by the longest pause',
      [series('a', [0, 9]), series('b', [1, 8]), series('c', [7])],
      ['0: a b', '7: c b a'],
    ],
    [
      'a late one to the cycle before where the pause is longer behind it',
      [series('a', [0, 100]), series('b', [50, 101])],
      ['0: a', '50: b', '100: a b'],
    ],
    ['no two at one time', [series('a', [1, 1, 1])], ['1: a', '1.001: a', '1.002: a']],
  ])('%s', (_words, all, expected) => expect(inWords(all)).toEqual(expected))

  test('whatever hangs and whoever is missing, cycles a minute apart come out as they were', () => {
    const member = fc.array(fc.option(fc.integer({ min: 0, max: 10_000 })), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(fc.array(member, { minLength: 1, maxLength: 8 }), members => {
        const all = members.map((delays, n) =>
          series(
            `e${n}`,
            delays.flatMap((delay, cycle) => (delay === null ? [] : [cycle * 60 + delay / 1000])),
          ),
        )
        const wanted = [0, 1, 2, 3, 4].flatMap(cycle => {
          const there = members.flatMap((delays, n) => (delays[cycle] === null ? [] : [`e${n}`]))
          return there.length === 0 ? [] : [there]
        })
        expect(cyclesOf(all).map(({ edges }) => [...edges.keys()].sort())).toEqual(wanted)
      }),
    )
  })

  test('however long a cycle lasts, as long as it ends before the next begins', () => {
    const delays = fc.array(fc.integer({ min: 0, max: 44_000 }), { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(fc.array(delays, { minLength: 1, maxLength: 8 }), members => {
        const hanging = [0, ...members.map((_delays, n) => n + 1)]
        const all = [
          series('e0', [0, 60, 120, 180, 240, 300]),
          ...members.map((ms, n) =>
            series(
              `e${n + 1}`,
              ms.map((delay, cycle) => cycle * 60 + delay / 1000),
            ),
          ),
        ]
        const names = hanging.map(n => `e${n}`)
        expect(cyclesOf(all).map(({ edges }) => [...edges.keys()].sort())).toEqual(Array(6).fill(names))
      }),
    )
  })
})
