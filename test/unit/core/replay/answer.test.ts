import { expect, test } from 'vitest'
import { answerOf } from '../../../../functions/core/replay/answer.ts'
import { replay } from '../../../../functions/core/replay/replay.ts'
import { network } from '../../../helpers/core.ts'
import { recordedOf, replayInput } from '../../../helpers/recorded.ts'

const net = network('abc')
const recorded = recordedOf(net, { probes: { a: '..x..', b: '.....', c: '.....' } })

test('a replay for programs', () => {
  expect(answerOf(replay(replayInput(net, recorded, 'down_after=1,2')))).toEqual({
    network: 'net',
    from: '2026-01-01T11:56:30.000Z',
    to: '2026-01-01T12:00:30.000Z',
    cycles: 5,
    faithful: { exact: true, alike: 5, unknownOrders: 0, first: null, text: expect.stringContaining('all 5 cycles') },
    was: { rotations: 2, evictions: 1, exposureMinutes: 1, shortMinutes: 0, fetchSeconds: 0.1 },
    alternatives: [
      {
        settings: { down_after: 2 },
        current: false,
        front: true,
        best: true,
        rotations: 1,
        evictions: 0,
        exposureMinutes: 1,
        shortMinutes: 0,
        fetchSeconds: 0.1,
        differing: 3,
        partingCount: 1,
        partings: [
          {
            time: '2026-01-01T11:58:30.000Z',
            cycles: 3,
            in: [{ edge: 'a', reason: expect.stringContaining('failure 1 of the 2') }],
            out: [{ edge: 'c', reason: expect.stringContaining('not needed') }],
          },
        ],
      },
      expect.objectContaining({ settings: { down_after: 1 }, current: true, front: false, best: false, differing: 0 }),
    ],
    advice: 'down_after=2 would have helped most: 1 fewer rotation and 1 fewer eviction, at no cost.',
  })
})

test('of no cycles, and of cycles that do not come out as recorded', () => {
  const none = answerOf(replay({ ...replayInput(net, recorded), runs: [] }))
  expect(none).toMatchObject({ from: null, to: null, cycles: 0, alternatives: [], advice: null })
  const unlike = answerOf(replay(replayInput(network('abc', { down_after: 2 }), recorded)))
  expect(unlike.faithful).toMatchObject({ exact: false, first: { time: '2026-01-01T11:58:30.000Z' } })
})
