import { expect, test } from 'vitest'
import { barsOf, courseLines } from '../../../../functions/core/replay/chart.ts'
import { chartView } from '../../../../functions/core/replay/svg.ts'
import type { Course } from '../../../../functions/core/replay/track.ts'
import { now } from '../../../helpers/core.ts'

const minute = 60_000
const from = now - 20 * minute
const course: Course = {
  sets: [
    { time: from, live: ['a', 'b'] },
    { time: from + 10 * minute, live: ['a', 'c'] },
  ],
  rotations: [from + 10 * minute],
  exposed: new Map([
    ['b', [from + 9 * minute]],
    ['gone', [from]],
  ]),
}
const span = { from, to: now }

test('the bars of those who were live, longest first', () => {
  expect(barsOf(course, span)).toEqual([
    { edge: 'a', spans: [{ from, to: now }], failing: [] },
    { edge: 'b', spans: [{ from, to: from + 10 * minute }], failing: [from + 9 * minute] },
    { edge: 'c', spans: [{ from: from + 10 * minute, to: now }], failing: [] },
    { edge: 'gone', spans: [], failing: [from] },
  ])
  const again = { ...course, sets: [...course.sets, { time: from + 15 * minute, live: ['b'] }] }
  expect(barsOf(again, span).map(({ edge, spans }) => [edge, spans.length])).toContainEqual(['b', 2])
})

test('as lines of text', () => {
  expect(courseLines(course, span, 31)).toEqual([
    'a          ━━━━━━━━━━━━━━━━━━━━',
    'b          ━━━━━━━━━▒',
    'c                    ━━━━━━━━━━',
    'gone       ▒',
    'rotations            ▲',
    '           2026-01-01 11:40:30 UTC 2026-01-01 12:00:30 UTC',
  ])
})

test('many edges and long names are cut, in both forms', () => {
  const names = Array.from({ length: 14 }, (_, at) => `edge${at}.with-a-very-long-name.example.org`)
  const lines = courseLines({ ...course, sets: [{ time: from, live: names }], exposed: new Map() }, span, 100)
  expect(lines).toContain('and 2 more edges for less time')
  expect(lines[0]).toMatch(/^edge0\.with-a-very-long-name… {2}━{70}$/)
  const one = courseLines({ ...course, sets: [{ time: from, live: names.slice(1) }], exposed: new Map() }, span, 100)
  expect(one).toContain('and 1 more edge for less time')
  const many = Array.from({ length: 42 }, (_, at) => `edge${at}`)
  expect(chartView({ ...course, sets: [{ time: from, live: many }] }, span)).toMatchObject({
    rows: { length: 40 },
    more: '4 more edges, live for less time',
  })
})
