import { describe, expect, test } from 'vitest'
import { takeLease } from '../../../../functions/adapters/table/lease.ts'
import type { Item, Rows } from '../../../../functions/adapters/table/rows.ts'

const now = Date.UTC(2026, 0, 1)
const request = { network: 'net', now, leaseSeconds: 70, force: false }

/** The lease's item, as it is looked at after each refusal; the last one stays. `free`: the attempt that succeeds. */
function rowsWith(looks: readonly Item[], free = Number.POSITIVE_INFINITY) {
  const asked = { updates: 0, looks: 0 }
  const none = () => {
    throw new Error('not asked for')
  }
  const rows: Rows = {
    get: async () => looks[Math.min(asked.looks++, looks.length - 1)] ?? null,
    update: async () => (++asked.updates === free ? { owner: { S: 'taken' } } : null),
    ...{ put: none, delete: none, list: none, notices: none },
  }
  return { rows, asked }
}

function item(secondsAgo: number, leaseUntil?: number): Item {
  const lease = leaseUntil === undefined ? {} : { owner: { S: 'other' }, leaseUntil: { N: String(leaseUntil) } }
  return { lastStart: { N: String(now - secondsAgo * 1000) }, ...lease }
}

describe('a lease that was freed between the refusal and the look at why', () => {
  test.each<[what: string, force: boolean, secondsAgo: number]>([
    ['a forced run is never too soon', true, 5],
    ['nor is one 50 s after the last start', false, 50],
    ['nor is one where the last start lies far ahead', false, -31],
  ])('is asked for again: %s', async (_, force, secondsAgo) => {
    const { rows, asked } = rowsWith([item(secondsAgo)], 2)
    expect(await takeLease(rows, { ...request, force })).toMatchObject({ status: 'begun', lease: { network: 'net' } })
    expect(asked).toEqual({ updates: 2, looks: 1 })
  })

  test('the answer is that of the second look where another has it by then', async () => {
    const { rows } = rowsWith([item(50), item(0, now + 9000)])
    expect(await takeLease(rows, { ...request, force: true })).toEqual({ status: 'locked', until: now + 9000 })
  })

  test('one that is taken and freed again and again is held by others, nobody knows until when', async () => {
    const { rows, asked } = rowsWith([item(50)])
    expect(await takeLease(rows, request)).toEqual({ status: 'locked', until: null })
    expect(asked.updates).toBe(3)
  })

  test('no item at all is asked for again', async () => {
    const { rows } = rowsWith([], 3)
    expect(await takeLease(rows, request)).toMatchObject({ status: 'begun' })
  })
})

describe('what stands is told at once', () => {
  test.each<[secondsAgo: number]>([[0], [29.999], [-30]])('a last start %s s ago is too soon', async secondsAgo => {
    const { rows, asked } = rowsWith([item(secondsAgo)])
    expect(await takeLease(rows, request)).toEqual({ status: 'too_soon', until: now + 30_000 - secondsAgo * 1000 })
    expect(asked.updates).toBe(1)
  })

  test.each([0, 0.2, 1, 30, 299, 300])(
    'an hour is held against a clock %s s behind that of its holder',
    async behind => {
      const { rows } = rowsWith([item(60, now + 3_600_000 + behind * 1000)])
      const until = now + 3_600_000 + behind * 1000
      expect(await takeLease(rows, { ...request, force: true })).toEqual({ status: 'locked', until })
    },
  )

  test('a lease by a clock a day ahead is in nobody’s way: the last start is', async () => {
    const { rows } = rowsWith([item(5, now + 86_400_000)])
    expect(await takeLease(rows, request)).toEqual({ status: 'too_soon', until: now + 25_000 })
  })
})
