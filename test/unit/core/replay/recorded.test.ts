import { describe, expect, test } from 'vitest'
import { liveIn } from '../../../../functions/core/history/history.ts'
import type { Run } from '../../../../functions/core/history/run.ts'
import { type KnownRotations, recordedSteps } from '../../../../functions/core/replay/recorded.ts'
import { now, runAgo } from '../../../helpers/core.ts'

/** A cycle that many minutes ago that left these edges live; of the edges a, b and c unless told otherwise. */
const cycle = (minutesAgo: number, live: string, edges = 'abc'): Run =>
  runAgo(minutesAgo * 60, Object.fromEntries([...edges].map(edge => [edge, { how: 0.1, live: live.includes(edge) }])))
const at = (minutesAgo: number) => now - minutesAgo * 60_000
const rotation = (minutesAgo: number, coming: string, going: string) => {
  const told = (edges: string) => [...edges].map(edge => ({ edge, reason: '' }))
  return { time: at(minutesAgo), in: told(coming), out: told(going) }
}
const none: KnownRotations = { told: [], times: [] }
/** "ab>bc!" for a rotation, "=" for a cycle that could act, "held" for one that could not. */
const stepsOf = (runs: Run[], known: Partial<KnownRotations> = {}, previous?: Run) =>
  recordedSteps(runs, previous, { ...none, ...known }).map(
    ({ before, after, rotated, isHeld, adopted }) =>
      `${before.join('')}>${after.join('')}${rotated ? '!' : ''}${isHeld ? ' held' : ''}${adopted === null ? '' : ` adopted ${adopted.times.length}`}`,
  )

describe('what recorded cycles say of the live set', () => {
  test('those who were live, sorted', () => {
    expect(liveIn(cycle(0, 'ba'))).toEqual(['a', 'b'])
  })

  test('rotations are those that are recorded', () => {
    const runs = [cycle(3, 'ab'), cycle(2, 'ac'), cycle(1, 'ac')]
    const told = [rotation(3, 'ab', ''), rotation(2, 'c', 'b')]
    expect(stepsOf(runs, { told })).toEqual(['>ab!', 'ab>ac!', 'ac>ac'])
    expect(stepsOf(runs.slice(1), { told }, runs[0])).toEqual(['ab>ac!', 'ac>ac'])
    expect(stepsOf(runs.slice(1), { told })).toEqual(['ab>ac!', 'ac>ac'])
  })

  test('a rotation whose item is lost counts by its time', () => {
    expect(stepsOf([cycle(3, 'ab'), cycle(2, 'ac')], { times: [at(3), at(2)] })).toEqual(['>ab!', 'ab>ac!'])
    expect(stepsOf([cycle(2, 'ac')], { times: [at(9), at(2)] })).toEqual(['ac>ac!'])
  })

  test('a set that was decided and never took effect is no rotation', () => {
    expect(stepsOf([cycle(3, 'ab'), cycle(2, 'ac'), cycle(1, 'ac')], { told: [rotation(1, 'c', 'b')] })).toEqual([
      'ab>ab',
      'ab>ab held',
      'ab>ac!',
    ])
    expect(stepsOf([cycle(3, 'ab'), cycle(2, 'ac'), cycle(1, 'ab')])).toEqual(['ab>ab', 'ab>ab held', 'ab>ab'])
    expect(stepsOf([cycle(3, 'ab'), cycle(2, 'ac')])).toEqual(['ab>ab', 'ab>ab held'])
  })

  test('the first set, decided twice as the first run was killed', () => {
    expect(stepsOf([cycle(3, 'ab'), cycle(2, 'ab')], { told: [rotation(2, 'ab', '')] })).toEqual(['> held', '>ab!'])
  })

  test('a change that lasts is a rotation where none are kept from so long ago', () => {
    const old = (run: Run): Run => ({ ...run, circumstances: null })
    expect(stepsOf([cycle(3, 'ab'), cycle(2, 'ac'), cycle(1, 'ac')])).toEqual(['ab>ab', 'ab>ac!', 'ac>ac'])
    expect(stepsOf([old(cycle(3, 'ab')), old(cycle(2, 'ac'))])).toEqual(['ab>ab', 'ab>ac!'])
    expect(stepsOf([old(cycle(3, 'ab')), cycle(1, 'bc')], { told: [rotation(1, 'c', 'a')] })).toEqual([
      'ab>ab',
      'ab>bc!',
    ])
  })

  test('a cycle without live edges found nobody, or could not read who is live', () => {
    expect(stepsOf([cycle(3, 'ab'), cycle(2, ''), cycle(1, 'ab')])).toEqual(['ab>ab', 'ab>ab held', 'ab>ab'])
  })

  test('what an unrecorded cycle changed is adopted', () => {
    const told = [rotation(2, 'c', 'b')]
    expect(stepsOf([cycle(3, 'ab'), cycle(1, 'ac')], { told })).toEqual(['ab>ab', 'ac>ac adopted 1'])
    const later = [...told, rotation(1, 'b', 'a')]
    expect(stepsOf([cycle(3, 'ab'), cycle(1, 'bc')], { told: later })).toEqual(['ab>ab', 'ac>bc! adopted 1'])
    expect(stepsOf([cycle(3, 'ab'), cycle(2, ''), cycle(1, 'ac')], { told: [rotation(2.5, 'c', 'b')] })).toEqual([
      'ab>ab',
      'ab>ab held',
      'ac>ac adopted 1',
    ])
  })

  test('an edge that left the list goes by a rotation, and stays where that failed', () => {
    const told = [rotation(1, 'b', 'a')]
    expect(stepsOf([cycle(3, 'ac'), cycle(2, 'c', 'bc'), cycle(1, 'bc', 'bc')], { told })).toEqual([
      'ac>ac',
      'ac>ac held',
      'ac>bc!',
    ])
  })
})
