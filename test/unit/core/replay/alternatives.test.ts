import { describe, expect, test } from 'vitest'
import { alternativesOf, textsOf, type Wanted } from '../../../../functions/core/replay/alternatives.ts'
import { replayableKeys } from '../../../../functions/core/replay/replayable.ts'
import { settingsOf } from '../../../helpers/world.ts'

const settings = settingsOf({ edge_count: 2 })
const ask = (wanted: Partial<Wanted>) => alternativesOf({ set: [], sweep: [], ...wanted }, settings)
const names = (wanted: Partial<Wanted>) => {
  const found = ask(wanted)
  return 'faults' in found ? found.faults : found.alternatives.map(({ name }) => name)
}

describe('the policies that are asked for', () => {
  test('settings together are one policy, a sweep one for each value, two sweeps a grid', () => {
    expect(names({})).toEqual([])
    expect(names({ set: ['down_after=2', 'goodenough=0.3'] })).toEqual(['down_after=2, goodenough=0.3'])
    expect(names({ sweep: ['down_after=1,2,2,3'] })).toEqual(['down_after=1', 'down_after=2', 'down_after=3'])
    expect(names({ set: ['rotation=reselect'], sweep: ['down_after=1,2', 'up_after=1,2'] })).toEqual([
      'rotation=reselect, down_after=1, up_after=1',
      'rotation=reselect, down_after=1, up_after=2',
      'rotation=reselect, down_after=2, up_after=1',
      'rotation=reselect, down_after=2, up_after=2',
    ])
  })

  test('one that changes nothing is marked so', () => {
    const found = ask({ sweep: ['history.window=300,600'] })
    expect('alternatives' in found && found.alternatives.map(({ isCurrent }) => isCurrent)).toEqual([true, false])
  })

  test.each<[Partial<Wanted>, string]>([
    [{ set: ['timeout=3'] }, `timeout cannot be replayed; what can be: ${replayableKeys.join(', ')}`],
    [{ set: ['history.samples=3'] }, 'history.samples cannot be replayed'],
    [{ sweep: ['=3'] }, "--sweep takes KEY=V1,V2,…, not '=3'"],
    [{ set: ['down_after'] }, "--set takes KEY=VALUE, not 'down_after'"],
    [{ set: ['down_after=0'] }, 'down_after=0: '],
    [{ set: ['down_after='] }, 'down_after=: '],
    [{ set: ['down_after=1.5'] }, 'down_after=1.5: '],
    [{ set: ['stay_factor=0.5'] }, 'stay_factor=0.5: '],
    [{ set: ['rotation=often'] }, 'rotation=often: '],
    [{ set: ['dnschange_maxfreq=101'] }, 'dnschange_maxfreq=101: '],
    [{ set: ['brake_cycles=11'] }, 'brake_cycles=11: '],
    [{ set: ['brake=2'] }, 'brake=2: '],
    [{ set: ['down_after=2'], sweep: ['down_after=1,3'] }, 'down_after is given twice'],
    [{ sweep: ['down_after=1', 'up_after=1', 'edge_count=1'] }, '--sweep is given at most 2 times'],
    [{ set: ['min_edges=3'] }, 'min_edges=3: min_edges (3) is more than edge_count (2)'],
    [
      { sweep: ['down_after=1,2,3,4,5,6,7,8,9,10,11', 'up_after=1,2,3,4,5,6,7,8,9,10'] },
      '110 alternatives are too many: at most 100',
    ],
  ])('%j is refused', (wanted, reason) => {
    expect(names(wanted).join('; ')).toContain(reason)
  })

  test('every reason is told, each once', () => {
    expect(names({ set: ['timeout=3', 'down_after=0'], sweep: ['retry=1,2'] })).toHaveLength(3)
  })

  test('every key that can be replayed is taken', () => {
    const words: Record<string, string> = { rotation: 'reselect', on_shortage: 'shrink' }
    for (const key of replayableKeys)
      expect(names({ set: [`${key}=${words[key] ?? 1}`] })).toEqual([`${key}=${words[key] ?? 1}`])
  })
})

test('settings of a program become texts', () => {
  expect(
    textsOf({ down_after: 2, history: { window: 60 }, up_after: [1, 2], rotation: 'reselect', brake: null }),
  ).toEqual(['down_after=2', 'history.window=60', 'up_after=1,2', 'rotation=reselect', 'brake=null'])
})
