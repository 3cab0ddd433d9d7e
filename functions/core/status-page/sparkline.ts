import type { FailedOutcome } from '../domain/model.ts'
import type { Slot } from './trace.ts'

const height = 24
/** Where `goodenough` lies; twice as slow, and slower, is at the top. */
const goodAt = 13
const markHeight = 5
const letterAt = 12
/** How many slots apart letters have to be in order not to cover one another. */
const letterSlots = 9

/** One letter for each kind of failure, for those who do not see colours. */
export const failureLetters: Readonly<Record<FailedOutcome, string>> = {
  timeout: 'T',
  refused: 'R',
  connection_error: 'C',
  tls_error: 'S',
  dns_error: 'D',
  bad_status: 'B',
  verify_failed: 'V',
}

/**
 * Fetch times as an inline SVG of one unit a slot: the line of `goodenough` (seconds) in the middle, times in rotation
 * shaded, failed probes marked at the top with a letter for their kind. `label` is what a screen reader says; it must be
 * free of markup.
 */
export function sparkline(slots: readonly (Slot | null)[], goodenough: number, label: string): string {
  const shade = bands(slots.map(slot => slot?.live === true))
  const marks = bands(slots.map(slot => slot !== null && slot.failed > 0))
  const parts = [
    shade.length === 0 ? '' : `<path class="l" d="${boxes(shade, height)}"/>`,
    `<path class="g" d="M0 ${goodAt}h${slots.length}"/>`,
    line(slots, goodenough),
    marks.length === 0 ? '' : `<path class="f" d="${boxes(marks, markHeight)}"/>`,
    ...letters(slots),
  ]
  return `<svg viewBox="0 0 ${slots.length} ${height}" role="img" aria-label="${label}">${parts.join('')}</svg>`
}

/** The times as a line of steps, in few characters: a thousand edges share a page. */
function line(slots: readonly (Slot | null)[], goodenough: number): string {
  let path = ''
  let y: number | null = null
  let run = 0
  const flush = () => {
    if (run > 0) path += `h${run}`
    run = 0
  }
  for (const [at, slot] of slots.entries()) {
    const next = slot === null || slot.seconds === null ? null : heightOf(slot.seconds, goodenough)
    if (next !== y) {
      flush()
      if (next !== null) path += y === null ? `M${at} ${next}` : `v${next - y}`
      y = next
    }
    if (y !== null) run++
  }
  flush()
  return path === '' ? '' : `<path class="t" d="${path}"/>`
}

function heightOf(seconds: number, goodenough: number): number {
  const floor = height - 1
  return Math.max(1, Math.round(floor - (seconds / goodenough) * (floor - goodAt)))
}

interface Band {
  readonly from: number
  readonly length: number
}

/** The stretches of slots for which something holds. */
function bands(holds: readonly boolean[]): Band[] {
  const found: Band[] = []
  for (const [at, hold] of holds.entries()) {
    const last = found.at(-1)
    if (!hold) continue
    if (last !== undefined && last.from + last.length === at)
      found[found.length - 1] = { ...last, length: last.length + 1 }
    else found.push({ from: at, length: 1 })
  }
  return found
}

function boxes(found: readonly Band[], tall: number): string {
  return found.map(({ from, length }) => `M${from} 0h${length}v${tall}h-${length}z`).join('')
}

/** A letter where a kind of failure begins, with room between them. */
function letters(slots: readonly (Slot | null)[]): string[] {
  const found: string[] = []
  let before: FailedOutcome | null = null
  let free = 0
  for (const [at, slot] of slots.entries()) {
    const failure = slot?.failure ?? null
    if (failure !== null && failure !== before && at >= free) {
      found.push(
        `<text x="${Math.min(at, slots.length - letterSlots + 2)}" y="${letterAt}">${failureLetters[failure]}</text>`,
      )
      free = at + letterSlots
    }
    before = failure
  }
  return found
}
