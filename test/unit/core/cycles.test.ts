import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cyclesOf, type Series } from '../../../functions/core/original/cycles.ts'

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
    ['a cycle after a longer pause', [series('a', [1]), series('b', [16]), series('c', [32])], ['1: a b', '32: c']],
    ['a cycle for whom was fetched already', [series('a', [1, 4]), series('b', [2, 5])], ['1: a b', '4: a b']],
    ['edges and canaries of one name', [series('a', [1]), series('a', [2], 'canary')], ['1: a a']],
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
})
