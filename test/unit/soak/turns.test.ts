import { describe, expect, test } from 'vitest'
import { emptyReport } from '../../../functions/core/report/report.ts'
import { turnsOf } from '../../soak/turns.ts'

/** Reports of cycles that started and had been told this many milliseconds after the first turn. */
const told = (...times: readonly (readonly [number, number])[]) =>
  times.map(([startedMs, atMs]) => ({
    report: emptyReport('net', 'ok', false, 1_800_000_000_000 + startedMs),
    atMs: 1_800_000_000_000 + atMs,
  }))

describe('the turns of a soak', () => {
  test('are kept, however late the starts are in them', () => {
    const cycles = told([150, 400], [1010, 1300], [2700, 2990], [3020, 3200])
    expect(turnsOf(cycles, 1000)).toEqual({ missed: 0, overrun: 0, late: [10, 140, 690] })
  })

  test('are missed where nothing was under way', () => {
    expect(turnsOf(told([0, 400], [2000, 2400], [3000, 3400]), 1000)).toMatchObject({ missed: 1, overrun: 0 })
    expect(turnsOf(told([0, 400], [900, 950], [3950, 3990]), 1000)).toMatchObject({ missed: 2, overrun: 0 })
  })

  test('are left out while a cycle goes on', () => {
    const cycles = told([0, 400], [1400, 2010], [3000, 3400], [4000, 6100], [7000, 7400])
    expect(turnsOf(cycles, 1000)).toMatchObject({ missed: 0, overrun: 3 })
  })
})
