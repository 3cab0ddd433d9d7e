import { describe, expect, test } from 'vitest'
import { readEdgeStore } from '../../../functions/core/original/edge-store.ts'
import { storeText } from '../../fixtures/original.ts'

const now = Date.UTC(2026, 0, 1, 12)
const noon = now / 1000

describe("the original's edge file", () => {
  test('gives samples by time, a fetch of exactly 10 seconds as failed', () => {
    const store = readEdgeStore(
      storeText({ fetch_times: { [`${noon - 30}.75`]: 10, [`${noon - 60}.5`]: 0.1234567 } }),
      now,
    )
    expect(store?.samples).toEqual([
      { time: now - 59_500, micros: 123_457, failed: false },
      { time: now - 29_250, micros: 10_000_000, failed: true },
    ])
    expect(store?.faults).toEqual([])
  })

  test('gives the first average of each hour', () => {
    const averages = { [noon - 3000]: 0.3, [noon - 3500]: 0.2, [noon - 7000]: 0.1 }
    expect(readEdgeStore(storeText({ historical_average: averages }), now)?.hours).toEqual([
      { time: now - 7_200_000, micros: 100_000 },
      { time: now - 3_600_000, micros: 200_000 },
    ])
  })

  test('gives mode, judgement, state and comment', () => {
    const text = storeText({
      mode: 'force',
      health: 'pass_window',
      state: 'in',
      comment: ' [al] x ',
      state_entry_time: noon,
    })
    expect(readEdgeStore(text, now)).toMatchObject({
      mode: 'force',
      health: 'pass_window',
      isIn: true,
      since: now,
      comment: '[al] x',
    })
  })

  test('says nothing where keys are missing', () => {
    expect(readEdgeStore('{}', now)).toEqual({
      samples: [],
      hours: [],
      health: null,
      isIn: false,
      mode: 'available',
      since: null,
      comment: '',
      faults: [],
    })
  })

  test.each(['', '{"fetch_times": {"1', '[]', 'null', '12'])('is not to be read: %j', text => {
    expect(readEdgeStore(text, now)).toBe(null)
  })

  test('leaves out what is damaged in it, and says so', () => {
    const fetch_times = { soon: 1, ' ': 1, '0': 1, [noon + 1]: 1, [noon - 1]: -1, [noon - 2]: 'x', [noon - 3]: 0 }
    const store = readEdgeStore(storeText({ fetch_times, historical_average: 3, mode: 'on', health: 'well' }), now)
    expect(store?.samples).toHaveLength(1)
    expect(store?.faults).toEqual([
      '6 of 7 values of fetch_times cannot be read or lie in the future: left out',
      'historical_average is no map: left out',
      'health is "well", which is none: left out',
      'mode is "on", which is none: left out',
    ])
  })
})
