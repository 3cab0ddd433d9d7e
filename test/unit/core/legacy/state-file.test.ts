import { describe, expect, test } from 'vitest'
import { readStateFile } from '../../../../functions/core/legacy/state-file.ts'
import { stateText } from '../../../helpers/original.ts'

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
      isLiveKnown: true,
      rotations: [now - 20_500, now - 1000],
      verifyFailed: new Set(['c']),
      faults: [],
    })
  })

  test('says nothing where keys are missing or empty', () => {
    const nothing = { live: [], isLiveKnown: false, rotations: [], verifyFailed: new Set(), faults: [] }
    expect(readStateFile('{"last_live": null}', now)).toEqual(nothing)
  })

  test.each(['', '{', '[]'])('is not to be read: %j', text => expect(readStateFile(text, now)).toBe(null))

  test('leaves out what is damaged in it, and says so', () => {
    const state = readStateFile(
      stateText({ last_live: ['', 3, 'a'], rotation_list: 'x', verification_failures: [1] }),
      now,
    )
    expect(state).toMatchObject({
      live: ['a'],
      isLiveKnown: false,
      rotations: [],
      faults: ['rotation_list is not a list: left out', '2 of 3 values of last_live are not names of edges: left out'],
    })
    expect(readStateFile(stateText({ rotation_list: [noon + 9, true, noon] }), now)?.faults).toEqual([
      '2 of 3 values of rotation_list cannot be read or are in the future: left out',
    ])
  })

  test('cut off anywhere, it tells what is whole in it, and when that is not all of the live set', () => {
    const text = stateText({ last_live: ['a.example', 'b.example'], rotation_list: [noon - 9, noon - 8.5] })
    const end = text.indexOf(']', text.indexOf('last_live'))
    for (let length = 0; length < text.length; length++) {
      const state = readStateFile(text.slice(0, length), now)
      expect(state?.isLiveKnown ?? false, text.slice(0, length)).toBe(length > end)
      for (const name of state?.live ?? []) expect(['a.example', 'b.example']).toContain(name)
      for (const time of state?.rotations ?? []) expect([now - 9000, now - 8500]).toContain(time)
      if (state !== null) expect(state.faults[0]).toContain('damaged or cut off')
    }
  })
})
