import { expect, test } from 'vitest'
import { chartView } from '../../../../functions/core/replay/svg.ts'
import { now } from '../../../helpers/core.ts'

test('a course as a picture that says in words what it shows', () => {
  const from = now - 600_000
  const view = chartView(
    {
      sets: [
        { time: from, live: ['a'] },
        { time: from + 300_000, live: [] },
      ],
      rotations: [from],
      exposed: new Map([['a', [from]]]),
    },
    { from, to: now },
  )
  expect(view).toEqual({
    rows: [
      {
        edge: 'a',
        markup:
          '<svg role="img" aria-label="live 50 % of the time; 1 failing probe while live" viewBox="0 0 1000 16" preserveAspectRatio="none"><rect class="v" x="0" y="3" width="500" height="10"/><rect class="x" x="0" y="3" width="2" height="10"/></svg>',
      },
    ],
    more: null,
    rotations:
      '<svg role="img" aria-label="1 rotation" viewBox="0 0 1000 14" preserveAspectRatio="none"><path class="r" d="M0 1v12"/></svg>',
    rotationWords: '1 rotation',
    from: '2026-01-01 11:50:30 UTC',
    to: '2026-01-01 12:00:30 UTC',
  })
})
