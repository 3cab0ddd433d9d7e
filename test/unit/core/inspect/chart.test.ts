import { describe, expect, test } from 'vitest'
import { type ChartInput, chartOf } from '../../../../functions/core/inspect/chart.ts'
import type { Sample } from '../../../../functions/core/inspect/samples.ts'

const from = Date.UTC(2026, 0, 1, 10)
const hour = 3_600_000
const base: ChartInput = { samples: [], hours: [], from, to: from + 2 * hour, width: 49, goodenough: 0.5 }

function sample(minutes: number, changes: Partial<Sample> = {}): Sample {
  const time = new Date(from + minutes * 60_000).toISOString()
  return { time, fetchSeconds: 0.25, outcome: 'ok', judgement: 'pass_threshold', live: false, ...changes }
}

test('bars, the line of goodenough, failures by letter, times in rotation', () => {
  const samples = [
    sample(0, { live: true }),
    sample(1, { live: true, fetchSeconds: 0.35 }),
    sample(30, { fetchSeconds: 1 }),
    sample(60, { fetchSeconds: 2, outcome: 'refused' }),
    sample(62, { fetchSeconds: 2, outcome: 'timeout' }),
    sample(90, { fetchSeconds: null, outcome: 'skipped' }),
    sample(120, { fetchSeconds: 0.001 }),
  ]
  expect(`\n${chartOf({ ...base, samples }).join('\n')}\n`).toMatchInlineSnapshot(`
    "
     1.000 s│          █
            │          █
            │          █
     0.500 s┤┈┈┈┈┈┈┈┈┈┈█┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈
            │          █
            │▃         █
            │█         █
            │█         █                            ▁
     0.000 s└────────────────────────────────────────
      failed                     T
        live ━
             2026-01-01 10:00:00 UTC 2026-01-01 12:00:00 UTC
             █ mean fetch time of good probes, ┈ goodenough, ━ in rotation, T timeout
    "
  `)
})

test('hours that no sample tells of are drawn as hourly averages', () => {
  const hours = [{ time: new Date(from).toISOString(), average: 0.5 }]
  const lines = chartOf({ ...base, samples: [sample(90)], hours })
  expect(lines.at(-1)).toContain('hourly averages')
  expect(lines[7]).toMatch(/│█{20} {10}█/)
})

describe('without samples', () => {
  test('there is an empty chart, no narrower than can be read', () => {
    const lines = chartOf({ ...base, width: 5, goodenough: 12 })
    expect(lines.join('\n')).not.toMatch(/failed|live|[▁-█]{2}/)
    expect(lines[1]).toBe(` 12.00 s┤${'┈'.repeat(20)}`)
  })
})

test.each([
  ['timeout', 'T'],
  ['refused', 'R'],
  ['connection_error', 'C'],
  ['tls_error', 'L'],
  ['dns_error', 'D'],
  ['bad_status', 'S'],
  ['verify_failed', 'V'],
] as const)('%s is marked %s', (outcome, letter) => {
  const lines = chartOf({ ...base, samples: [sample(0, { outcome, fetchSeconds: 10 })] })
  expect(lines.find(line => line.includes('failed '))).toBe(`  failed ${letter}`)
  expect(lines.at(-1)).toContain(`${letter} ${outcome}`)
})

test('where goodenough is far below the times, its line is at the bottom', () => {
  const lines = chartOf({ ...base, samples: [sample(0, { fetchSeconds: 9 })], goodenough: 0.1 })
  expect(lines[0]).toMatch(/^ 9\.000 s│█/)
  expect(lines[7]).toMatch(/^ 0\.100 s┤█┈/)
})
