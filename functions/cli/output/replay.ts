import { counted } from '../../core/domain/printable.ts'
import { utcWords } from '../../core/domain/time-words.ts'
import { courseLegend, courseLines } from '../../core/replay/chart.ts'
import { adviceOf, bestOf, frontOf, isWorse, type Measure, ranked } from '../../core/replay/ranking.ts'
import type { Alternated, Replay } from '../../core/replay/replay.ts'
import type { Outcome } from '../../core/replay/track.ts'
import { faithWords, fetchWords, minuteWords, spanOfReplay } from '../../core/replay/words.ts'
import { type Column, renderTable } from './table.ts'
import type { Terminal } from './terminal.ts'

interface Row {
  readonly name: string
  readonly outcome: Outcome
  readonly marks: string
}

/** How many alternatives show partings, and how many partings each of them shows. */
const maxAlternatives = 3
const maxPartings = 3

/** A replay as lines for people: how faithful it is, the table, the advice, the first partings, and the charts. */
export function replayLines(replay: Replay, { paint, width }: Pick<Terminal, 'paint' | 'width'>): string[] {
  const heading = `${paint('bold', replay.network)}: ${faithWords(replay)}`
  if (replay.span === null) return [heading]
  const advice = adviceOf(replay)
  return [
    heading,
    `Replayed: ${spanOfReplay(replay)}.`,
    '',
    ...tableLines(replay, { paint, width }),
    ...(advice === null ? [] : ['', paint('bold', advice)]),
    ...partingLines(replay, { paint }),
    ...chartLines(replay, { paint, width }),
  ]
}

function tableLines(replay: Replay, { paint, width }: Pick<Terminal, 'paint' | 'width'>): string[] {
  const { was, alternatives } = replay
  const front = frontOf(alternatives)
  const isSweep = alternatives.length > 1
  const rows: Row[] = [
    { name: 'as it was', outcome: was, marks: '' },
    ...ranked(alternatives).map(one => ({
      name: one.alternative.name,
      outcome: one,
      marks: marksOf(one, front, isSweep),
    })),
  ]
  const column = (title: string, measure: Measure, words: (value: number | null) => string): Column<Row> => ({
    title,
    text: ({ outcome }) => words(outcome.metrics[measure]),
    alignRight: true,
    style: ({ outcome }) => (isWorse(measure, outcome.metrics, was.metrics) ? 'bold' : null),
  })
  const minutes = (value: number | null) => minuteWords(Number(value))
  return [
    ...renderTable(
      [
        { title: 'SETTINGS', text: ({ name }) => name },
        column('ROTATIONS', 'rotations', minutes),
        column('EVICTIONS', 'evictions', minutes),
        column('EXPOSURE, EDGE-MIN', 'exposureMinutes', minutes),
        column('SHORT, MIN', 'shortMinutes', minutes),
        column('MEAN FETCH', 'fetchSeconds', fetchWords),
        { title: '', text: ({ marks }) => marks },
      ],
      rows,
      width,
      paint,
    ),
    ...(isSweep
      ? [paint('dim', '* no other has less exposure without more rotations, nor fewer rotations without more exposure')]
      : []),
  ]
}

function marksOf(one: Alternated, front: ReadonlySet<Alternated>, isSweep: boolean): string {
  return [...(isSweep && front.has(one) ? ['*'] : []), ...(one.alternative.isCurrent ? ['current'] : [])].join(' ')
}

/** Of the alternatives that differ, the best first. */
function shownOf(replay: Replay): Alternated[] {
  const best = bestOf(replay)
  const differing = ranked(replay.alternatives).filter(one => one.differing > 0)
  return [...differing].sort((a, b) => Number(b === best) - Number(a === best)).slice(0, maxAlternatives)
}

function partingLines(replay: Replay, { paint }: Pick<Terminal, 'paint'>): string[] {
  return shownOf(replay).flatMap(({ alternative, partings, differing, partingCount }) => [
    '',
    `With ${paint('bold', alternative.name)} the live set differs in ${counted(differing, 'cycle')}:`,
    ...partings
      .slice(0, maxPartings)
      .flatMap(({ time, cycles, in: coming, out: going }) => [
        `  ${utcWords(time)}, for ${counted(cycles, 'cycle')}`,
        ...coming.map(({ edge, reason }) => `    ${paint('green', '+')} ${edge} live: ${reason}`),
        ...going.map(({ edge, reason }) => `    ${paint('red', '-')} ${edge} not live: ${reason}`),
      ]),
    ...(partingCount > maxPartings ? [`  and ${counted(partingCount - maxPartings, 'more time')}`] : []),
  ])
}

/** The width of charts where no terminal has one. */
const plainWidth = 100

function chartLines(replay: Replay, { paint, width }: Pick<Terminal, 'paint' | 'width'>): string[] {
  const { span, was } = replay
  if (span === null) return []
  const chart = { from: span.from, to: span.to + 60_000 }
  const columns = Number.isFinite(width) ? width : plainWidth
  const [first] = shownOf(replay)
  const courses = [{ name: 'as it was', course: was.course }]
  if (first !== undefined) courses.push({ name: first.alternative.name, course: first.course })
  return [
    ...courses.flatMap(({ name, course }) => ['', paint('bold', name), ...courseLines(course, chart, columns)]),
    paint('dim', courseLegend),
  ]
}
