import { expect, test, vi } from 'vitest'
import { warmYear } from './year.ts'

vi.setConfig({ testTimeout: 300_000 })

test('what a warm function holds does not grow with the months', async () => {
  // Samples are kept for a fortnight: from then on nothing more is to come.
  const { early, late, broken } = await warmYear(5, 400, 1000)
  expect(broken).toBe(0)
  expect(late).toBeLessThan(early + 5)
})
