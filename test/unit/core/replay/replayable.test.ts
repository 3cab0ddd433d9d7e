import { expect, test } from 'vitest'
import { replayableKeys } from '../../../../functions/core/replay/replayable.ts'

test('a replay changes what decides, and nothing that samples do not hold (behaviour §13.1)', () => {
  expect(replayableKeys).toHaveLength(13)
  expect(replayableKeys).not.toContain('timeout')
})
