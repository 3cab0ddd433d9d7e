import { describe, expect, test } from 'vitest'
import { readEdgeStore } from '../../../../functions/core/legacy/edge-store.ts'
import { measuresTime } from '../../../helpers/measures-time.ts'
import { storeText } from '../../../helpers/original.ts'

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

  test.each(['', '{', '{"fetch_times"', '{"fetch_times": ', '[]', 'null', '12', '\0\0\0'])(
    'is not to be read: %j',
    text => {
      expect(readEdgeStore(text, now)).toBe(null)
    },
  )

  test('leaves out what is damaged in it, and says so', () => {
    const fetch_times = { soon: 1, ' ': 1, '0': 1, [noon + 1]: 1, [noon - 1]: -1, [noon - 2]: 'x', [noon - 3]: 0 }
    const store = readEdgeStore(storeText({ fetch_times, historical_average: 3, mode: 'on', health: 'well' }), now)
    expect(store?.samples).toHaveLength(1)
    expect(store?.faults).toEqual([
      '6 of 7 values of fetch_times cannot be read or are in the future: left out',
      'historical_average is not a map: left out',
      'health is "well", which is not one: left out',
      'mode is "on", which is not a mode',
    ])
  })

  test.each([
    [0, 0],
    [16.777215, 0],
    [16.777216, 1],
    [20, 1],
    [86_400, 1],
  ])('a fetch of %s s is not cut in silence', (seconds, told) => {
    const store = readEdgeStore(storeText({ fetch_times: { [noon - 5]: seconds, [noon - 4]: 1 } }), now)
    expect(store?.samples).toHaveLength(2)
    expect(store?.faults).toEqual(
      told === 0
        ? []
        : [`1 of 2 fetch times, of up to ${seconds} s, are longer than 16.777215 s: they count as 16.777215 s`],
    )
  })

  test.each([86_401, 1e300, -0.1, null, '0.1', true, [1], { a: 1 }])('%j is not a fetch time', value => {
    expect(readEdgeStore(storeText({ fetch_times: { [noon - 5]: value } }), now)?.samples).toEqual([])
    expect(readEdgeStore(storeText({ historical_average: { [noon - 5]: value } }), now)?.hours).toEqual([])
  })
})

describe('a mode', () => {
  const whole = { fetch_times: { [noon - 5]: 0.1 }, state: 'in' }
  test.each([
    ['that is missing in a file of an early version is available', JSON.stringify(whole), 'available'],
    ['that may stand under a damaged key is not known', JSON.stringify({ ...whole, mo_e: 'available' }), null],
    ['that is another word is not known', JSON.stringify({ ...whole, mode: 'Unavailable' }), null],
    ['that is no text is not known', JSON.stringify({ ...whole, mode: null }), null],
    ['that is a very long text is not known', JSON.stringify({ ...whole, mode: 'x'.repeat(1e6) }), null],
    ['that stands twice, differently, is not known', '{"mode": "available", "mode": "force", x', null],
    ['that stands behind damage is read', '{"fetch_times": {"1": 0.1, "2": 0.}, "mode": "force"}', 'force'],
    ['beside what Python calls NaN is read', '{"fetch_times": {"1": NaN}, "mode": "available"}', 'available'],
  ])('%s', (_words, text, mode) => {
    const store = readEdgeStore(text, now)
    expect(store?.mode).toBe(mode)
    expect(store?.faults.every(fault => fault.length < 200)).toBe(true)
  })
})

// The original writes its keys sorted, over many lines; an early version on one line, in any order.
const full = {
  comment: '[root] was "mode": "available", until {it} broke, "mode": "available"',
  fetch_times: { [noon - 60.5]: 0.25, [noon - 5.125]: 10, [noon - 1]: 1e-5 },
  health: 'pass_window',
  historical_average: { [noon - 3600]: 0.5 },
  mode: 'unavailable',
  rotation_history: [noon - 100, noon - 50],
  state: 'in',
  state_entry_time: noon - 77.5,
}
const { comment, ...rest } = full
const layouts: [string, string][] = [
  ['sorted, on lines', JSON.stringify(full, null, 4)],
  ['on one line', JSON.stringify(full)],
  ['the comment and the mode last', JSON.stringify({ ...rest, comment, mode: 'unavailable' })],
  ['backwards', JSON.stringify(Object.fromEntries(Object.entries(full).reverse()), null, 1)],
]

/** What a damaged text may say, and no more: what the whole one says. */
function expectNothingNew(text: string, damaged: string, anyTime = false): void {
  const whole = readEdgeStore(text, now)
  const store = readEdgeStore(damaged, now)
  if (store === null) return
  expect(['unavailable', null], damaged).toContain(store.mode)
  expect([whole?.health, null], damaged).toContain(store.health)
  if (anyTime) return
  for (const sample of store.samples) expect(whole?.samples, damaged).toContainEqual(sample)
  for (const hour of store.hours) expect(whole?.hours, damaged).toContainEqual(hour)
  expect([whole?.since, null], damaged).toContain(store.since)
  expect([whole?.comment, ''], damaged).toContain(store.comment)
}

describe.each(layouts)('a file, %s', (_words, text) => {
  test('cut off anywhere says nothing new, and nothing that was whole is lost', () => {
    let [samples, modes] = [0, 0]
    for (let length = 0; length < text.length; length++) {
      const cut = text.slice(0, length)
      expectNothingNew(text, cut)
      const store = readEdgeStore(cut, now)
      expect(store?.samples.length ?? 0).toBeGreaterThanOrEqual(samples)
      samples = store?.samples.length ?? 0
      if (store?.mode === 'unavailable') modes++
      // A mode that was read once is read from every longer piece.
      expect(store?.mode === 'unavailable').toBe(modes > 0)
    }
    expect(samples).toBe(3)
    expect(modes).toBeGreaterThan(0)
  })

  test('without its beginning never says that the edge is available', () => {
    for (let from = 1; from <= text.length; from++) expectNothingNew(text, text.slice(from), true)
  })

  test('with any byte replaced never says that the edge is available', () => {
    for (let at = 0; at < text.length; at++) {
      for (const byte of ['\0', '\ufffd', '"', '\\', ',', '}', ' ', 'a']) {
        expectNothingNew(text, text.slice(0, at) + byte + text.slice(at + 1), true)
      }
    }
  })

  test('with any stretch lost never says that the edge is available', () => {
    for (let at = 0; at < text.length; at += 3) {
      for (const size of [1, 7, 40, 111]) expectNothingNew(text, text.slice(0, at) + text.slice(at + size), true)
    }
  })

  test('followed by the rest of an older one is read by what comes first', () => {
    for (const rest of ['}', '\0\0\0', text.replace('"unavailable"', '"available"')]) {
      expect(readEdgeStore(text + rest, now)?.mode).toBe('unavailable')
    }
  })
})

test('hostile files end, and soon', measuresTime, () => {
  const nested = '['.repeat(200_000)
  const texts = [
    nested,
    `{"mode": ${nested}`,
    `{"fetch_times": {"1": ${nested}, "mode": "force"`,
    `{"fetch_times": [${'1 x,'.repeat(300_000)}`,
    `{"fetch_times": {${'"1": 1 x,'.repeat(200_000)}`,
    `{"comment": "${'\\"'.repeat(500_000)}`,
    `{${' '.repeat(1_000_000)}`,
    `${'"mode":'.repeat(100_000)}`,
    `{"comment": "${'x'.repeat(500_000)}", "mode": "force"`,
  ]
  const started = performance.now()
  const modes = texts.map(text => readEdgeStore(text, now)?.mode)
  expect(performance.now() - started).toBeLessThan(10_000)
  expect(modes.at(-1)).toBe('force')
  expect(modes[2]).toBe('force')
})
