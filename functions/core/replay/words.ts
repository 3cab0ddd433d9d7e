import { counted } from '../domain/printable.ts'
import { spanWords, utcWords } from '../domain/time-words.ts'
import type { Replay } from './replay.ts'

/** Whether unchanged settings gave what is recorded, as a sentence or two: the first thing to know (behaviour §13.2). */
export function faithWords({ span, faithful }: Pick<Replay, 'span' | 'faithful'>): string {
  const { cycles, alike, first, unknownOrders } = faithful
  if (span === null) return 'No cycle is recorded in that time.'
  const all = cycles === 1 ? 'the one cycle' : `all ${counted(cycles, 'cycle')}`
  const unknown =
    unknownOrders === 0
      ? ''
      : ` For ${counted(unknownOrders, 'cycle')} it is not known which orders and freezes were in force: an earlier version or an import recorded them.`
  if (first === null) return `Unchanged settings give exactly the recorded live sets and rotations in ${all}.${unknown}`
  const differ = cycles - alike
  return `Unchanged settings do not give what was recorded in ${differ} of ${counted(cycles, 'cycle')}. The first is that of ${utcWords(first.time)}: ${first.why}.${unknown}`
}

/** "2,000 cycles from … to … (33 h 19 m)". */
export function spanOfReplay({ span, faithful }: Pick<Replay, 'span' | 'faithful'>): string {
  if (span === null) return 'no cycles'
  const { from, to } = span
  return `${counted(faithful.cycles, 'cycle')} from ${utcWords(from)} to ${utcWords(to)} (${spanWords(to - from)})`
}

/** Minutes as a table shows them: whole ones plain, others with a digit. */
export function minuteWords(minutes: number): string {
  return Number.isInteger(minutes) ? minutes.toLocaleString('en') : minutes.toFixed(1)
}

/** A mean fetch time as a table shows it; a dash where nothing ever answered. */
export function fetchWords(seconds: number | null): string {
  return seconds === null ? '–' : `${seconds.toFixed(3)} s`
}
