import Handlebars from 'handlebars'
import { counted } from '../domain/printable.ts'
import { utcWords } from '../domain/time-words.ts'
import { adviceOf, bestOf, frontOf, isWorse, type Measure, ranked } from './ranking.ts'
import type { Alternated, Replay } from './replay.ts'
import { chartView } from './svg.ts'
import type { Outcome } from './track.ts'
import { faithWords, fetchWords, minuteWords, spanOfReplay } from './words.ts'

/** The texts of `templates/replay.hbs` and `templates/status/style.hbs`. */
export interface ReplayTemplates {
  readonly page: string
  readonly style: string
}

/** The last cycle is shown to last so long. */
const lastCycleMs = 60_000

const columns: readonly { readonly key: Measure; readonly title: string }[] = [
  { key: 'rotations', title: 'Rotations' },
  { key: 'evictions', title: 'Evictions' },
  { key: 'exposureMinutes', title: 'Exposure, edge-minutes' },
  { key: 'shortMinutes', title: 'Short, minutes' },
  { key: 'fetchSeconds', title: 'Mean fetch time' },
]

/** The replay as one self-contained HTML document; everything in it is escaped. */
export function renderReplay(templates: ReplayTemplates, replay: Replay): string {
  const options = { knownHelpers: {}, preventIndent: true }
  const render = Handlebars.compile(templates.page, options)
  return render(viewOf(replay), { partials: { style: Handlebars.compile(templates.style, options) } })
}

function viewOf(replay: Replay): object {
  const { network, span, faithful, alternatives } = replay
  const best = bestOf(replay)
  const sorted = ranked(alternatives)
  const chart = span === null ? null : { from: span.from, to: span.to + lastCycleMs }
  return {
    network,
    faith: faithWords(replay),
    tone: faithful.first === null && faithful.unknownOrders === 0 ? 'good' : 'fair',
    sign: faithful.first === null && faithful.unknownOrders === 0 ? '✔' : '▲',
    span: spanOfReplay(replay),
    advice: adviceOf(replay),
    isSweep: alternatives.length > 1,
    titles: columns.map(({ title }) => title),
    rows: span === null ? [] : tableRows(replay, sorted),
    charts:
      chart === null
        ? []
        : [
            { name: 'as it was', isOpen: true, partings: [], chart: chartView(replay.was.course, chart) },
            ...sorted.map(one => ({ ...partingView(one), isOpen: one === best, chart: chartView(one.course, chart) })),
          ],
  }
}

function tableRows({ was, alternatives }: Replay, sorted: readonly Alternated[]): object[] {
  const front = frontOf(alternatives)
  const row = (name: string, { metrics }: Outcome, marks: readonly string[]) => ({
    name,
    marks: marks.join(', '),
    cells: columns.map(({ key }) => ({
      text: key === 'fetchSeconds' ? fetchWords(metrics[key]) : minuteWords(metrics[key]),
      order: metrics[key] ?? 0,
      isWorse: isWorse(key, metrics, was.metrics),
    })),
  })
  return [
    row('as it was', was, []),
    ...sorted.map(one =>
      row(one.alternative.name, one, [
        ...(alternatives.length > 1 && front.has(one) ? ['★ on the Pareto front'] : []),
        ...(one.alternative.isCurrent ? ['current settings'] : []),
      ]),
    ),
  ]
}

function partingView({ alternative, partings, partingCount, differing }: Alternated): object {
  const left = partingCount - partings.length
  return {
    name: alternative.name,
    differing:
      differing === 0
        ? 'The live sets are those that were recorded.'
        : `The live set differs in ${counted(differing, 'cycle')}.`,
    partings: partings.map(({ time, cycles, in: coming, out: going }) => ({
      time: utcWords(time),
      cycles: counted(cycles, 'cycle'),
      changes: [
        ...coming.map(({ edge, reason }) => ({ sign: '+', word: 'live', edge, reason })),
        ...going.map(({ edge, reason }) => ({ sign: '−', word: 'not live', edge, reason })),
      ],
    })),
    more: left > 0 ? `${counted(left, 'more time')} later.` : null,
  }
}
