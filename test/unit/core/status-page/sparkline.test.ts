import { describe, expect, test } from 'vitest'
import { sparkline } from '../../../../functions/core/status-page/sparkline.ts'
import type { Slot } from '../../../../functions/core/status-page/trace.ts'

const good = (seconds: number, live = false): Slot => ({ seconds, good: 1, failed: 0, failure: null, live })
const bad = (failure: Slot['failure'], seconds: number | null = null): Slot => {
  return { seconds, good: seconds === null ? 0 : 1, failed: 1, failure, live: false }
}
const draw = (slots: readonly (Slot | null)[]) => sparkline(slots, 0.5, 'label')
const path = (svg: string, name: string) => new RegExp(`<path class="${name}" d="([^"]*)"/>`).exec(svg)?.[1] ?? null

describe('the line of fetch times', () => {
  test('lies on goodenough where a time is goodenough, at the top from twice that on, and steps between', () => {
    expect(path(draw([good(0.5), good(0.5), good(1.2), good(99), good(0)]), 't')).toBe('M0 13h2v-12h2v22h1')
  })

  test('is broken where there is no good probe', () => {
    expect(path(draw([good(0.5), null, bad('timeout'), good(0.5)]), 't')).toBe('M0 13h1M3 13h1')
    expect(path(draw([null, bad('timeout')]), 't')).toBeNull()
  })
})

test('times in rotation are shaded from top to bottom', () => {
  expect(path(draw([good(0.1, true), good(0.1, true), good(0.1), good(0.1, true)]), 'l')).toBe(
    'M0 0h2v24h-2zM3 0h1v24h-1z',
  )
  expect(path(draw([good(0.1)]), 'l')).toBeNull()
})

describe('failed probes', () => {
  test('are marked at the top, a stretch at a time', () => {
    expect(path(draw([bad('timeout'), bad('refused', 0.1), good(0.1), bad('refused')]), 'f')).toBe(
      'M0 0h2v5h-2zM3 0h1v5h-1z',
    )
    expect(path(draw([good(0.1)]), 'f')).toBeNull()
  })

  test('have a letter where their kind begins, if there is room for it', () => {
    const slots = [...Array(10).fill(bad('timeout')), bad('refused'), bad('tls_error'), ...Array(8).fill(good(0.1))]
    const letters = [...draw(slots).matchAll(/<text x="(\d+)" y="12">(\w)</g)].map(([, x, letter]) => [x, letter])
    expect(letters).toEqual([
      ['0', 'T'],
      ['10', 'R'],
    ])
  })

  test('a letter at the end stays inside', () => {
    const slots = [...Array(19).fill(good(0.1)), bad('dns_error')]
    expect(draw(slots)).toContain('<text x="13" y="12">D<')
  })
})

test('it says in words what it is', () => {
  expect(draw([null])).toMatch(
    /^<svg viewBox="0 0 1 24" role="img" aria-label="label"><path class="g" d="M0 13h1"\/><\/svg>$/,
  )
})
