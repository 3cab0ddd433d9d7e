import { describe, expect, test } from 'vitest'
import { additionsOf, type Present } from '../../../../functions/core/legacy/additions.ts'
import { materialOf } from '../../../../functions/core/legacy/material.ts'
import { type Store, stateText, storeText } from '../../../helpers/original.ts'
import { networkOf } from '../../../helpers/world.ts'

const hour = 3_600_000
const now = Date.UTC(2026, 0, 1, 12)
const noon = now / 1000
const network = networkOf(['a', 'b'], { canaries: [{ zone: 'example.org', address: '192.0.2.9' }] })
const nothing: Present = { runs: [], hours: new Map(), rotations: [], stateRotations: [], hasLive: false }

function additions(stores: Record<string, Store>, state: Store | null = null, present: Partial<Present> = {}) {
  const texts = new Map(Object.entries(stores).map(([name, store]) => [name, storeText(store)]))
  const files = { stores: texts, state: state === null ? null : stateText(state) }
  return additionsOf(materialOf(files, network, now), { ...nothing, ...present }, network, now)
}

describe('what an import adds', () => {
  test('nothing from nothing', () => {
    expect(additions({})).toEqual({
      runs: [],
      hours: [],
      rotations: [],
      keptRotations: [],
      live: null,
      orders: [],
      available: [],
      keepSeconds: 1_209_600,
    })
  })

  test('the live set, unless there is one', () => {
    expect(additions({}, { last_live: ['b', 'a'] }).live).toEqual(['a', 'b'])
    expect(additions({}, { last_live: ['b', 'a'] }, { hasLive: true }).live).toBe(null)
    expect(additions({}, { last_live: [] }).live).toBe(null)
  })

  test('rotations that are new, of which the newest 100 of all are kept', () => {
    const present = Array.from({ length: 99 }, (_, n) => now - 1000 * (99 - n))
    const { rotations, keptRotations } = additions(
      {},
      { rotation_list: [noon - 200, noon - 99, noon - 0.5] },
      { rotations: present },
    )
    expect(rotations).toEqual([now - 200_000, now - 500])
    expect(keptRotations).toEqual([...present, now - 500])
  })

  test('hours, with what stands in them already', () => {
    const averages = (...hours: number[]) => Object.fromEntries(hours.map(ago => [noon - 3600 * ago, ago / 10]))
    const stores = {
      a: { historical_average: averages(1, 2) },
      '192.0.2.9': { historical_average: averages(2, 3) },
    }
    const present = new Map([
      [now - hour, { time: now - hour, edges: new Map([['a', 7]]), canaries: new Map() }],
      [now - 2 * hour, { time: now - 2 * hour, edges: new Map([['a', 7]]), canaries: new Map() }],
    ])
    const total = (sumMicros: number) => ({ sumMicros, count: 1 })
    const { hours } = additions(stores, null, { hours: present })
    expect(hours.map(one => one.hour)).toEqual([
      { time: now - 3 * hour, edges: new Map(), canaries: new Map([['192.0.2.9', total(300_000)]]) },
      {
        time: now - 2 * hour,
        edges: new Map([['a', total(7_000_000)]]),
        canaries: new Map([['192.0.2.9', total(200_000)]]),
      },
    ])
    expect(hours.map(({ roster }) => [roster.edges, roster.canaries])).toEqual([
      [[], ['192.0.2.9']],
      [['a'], ['192.0.2.9']],
    ])
  })
})
