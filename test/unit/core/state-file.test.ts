import { describe, expect, test } from 'vitest'
import { readStateFile } from '../../../functions/core/original/state-file.ts'
import { stateText } from '../../fixtures/original.ts'

const now = Date.UTC(2026, 0, 1, 12)
const noon = now / 1000

describe("the original's state file", () => {
  test('gives the live set, the rotations and the wrong bodies', () => {
    const text = stateText({
      last_live: ['b', 'a', 'b'],
      rotation_list: [noon - 1, noon - 20.5, noon - 1],
      verification_failures: ['c'],
    })
    expect(readStateFile(text, now)).toEqual({
      live: ['a', 'b'],
      rotations: [now - 20_500, now - 1000],
      verifyFailed: new Set(['c']),
      faults: [],
    })
  })

  test('says nothing where keys are missing or empty', () => {
    const nothing = { live: [], rotations: [], verifyFailed: new Set(), faults: [] }
    expect(readStateFile('{"last_live": null}', now)).toEqual(nothing)
  })

  test.each(['', '{', '[]'])('is not to be read: %j', text => expect(readStateFile(text, now)).toBe(null))

  test('leaves out what is damaged in it, and says so', () => {
    const state = readStateFile(
      stateText({ last_live: ['', 3, 'a'], rotation_list: 'x', verification_failures: [1] }),
      now,
    )
    expect(state).toMatchObject({ live: ['a'], rotations: [], faults: ['rotation_list is no list: left out'] })
    expect(readStateFile(stateText({ rotation_list: [noon + 9, true, noon] }), now)?.faults).toEqual([
      '2 of 3 values of rotation_list cannot be read or lie in the future: left out',
    ])
  })
})
