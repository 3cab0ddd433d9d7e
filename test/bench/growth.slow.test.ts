import { expect, test } from 'vitest'
import { growth } from './growth.ts'
import { passes } from './table.ts'

test('every growth can be measured, and what a cycle writes of its history is within its bound', {
  timeout: 60_000,
}, async () => {
  const rows = await growth(true)
  expect(rows.filter(({ value }) => Number.isNaN(value))).toEqual([])
  expect(rows.filter(({ unit }) => unit === 'bytes').map(passes)).toEqual([true])
})
