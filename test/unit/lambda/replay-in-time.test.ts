import { describe, expect, test } from 'vitest'
import type { Journal } from '../../../functions/cycle/ports/journal.ts'
import { replayInTime } from '../../../functions/lambda/replay-in-time.ts'
import { network, stateBefore } from '../../helpers/core.ts'
import { recordedOf } from '../../helpers/recorded.ts'

const net = network('abc')
const { runs, rotations } = recordedOf(net, { probes: { a: '..x.....', b: '........', c: '........' } })

/** A journal of these cycles, whatever is asked for of them. */
const journal = {
  runs: async (_network: string, limit: number, from: number, to = Number.POSITIVE_INFINITY) =>
    runs.filter(({ time }) => time >= from && time <= to).slice(-limit),
  overview: async () => ({ stored: stateBefore() }),
  rotations: async (_network: string, limit: number) => rotations.slice(-limit),
  configurations: async () => [],
} as unknown as Journal

const hours = 2000 * 24 * 365
const ask = (set: Record<string, unknown>, remainingMs?: number) =>
  replayInTime({ set, hours }, { network: net, journal }, () => remainingMs)

describe('a replay in Lambda', () => {
  test('answers what other settings would have done', async () => {
    expect(await ask({ down_after: 2 }, 60_000)).toMatchObject({
      network: 'net',
      cycles: 8,
      faithful: { exact: true },
      was: { rotations: 2 },
      alternatives: [{ settings: { down_after: 2 }, rotations: 1, best: true }],
    })
    expect((await ask({ history: { window: 60 } })).alternatives).toHaveLength(1)
    expect((await ask({})).alternatives).toEqual([])
  })

  test('refuses what cannot be replayed, with every reason', async () => {
    await expect(ask({ timeout: 3, down_after: 0 })).rejects.toThrow(/timeout cannot be replayed.*; down_after=0: /)
    await expect(ask({ timeout: 3 })).rejects.toMatchObject({ name: 'InvalidInput' })
  })

  test('gives up while there is time to say so', async () => {
    await expect(ask({}, 2000)).rejects.toThrow('only 1 of 8 cycles could be replayed in time: ask for fewer hours')
  })
})
