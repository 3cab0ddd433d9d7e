import { describe, expect, test } from 'vitest'
import { batchesOf } from '../../../../functions/core/route53/batches.ts'
import type { RecordChange } from '../../../../functions/core/zone/record-set.ts'
import { set } from '../../../helpers/record-sets.ts'

describe('batches', () => {
  const change = (action: RecordChange['action'], count: number, length = 1): RecordChange => ({
    action,
    set: set('a.', { values: Array.from({ length: count }, () => 'x'.repeat(length)) }),
  })
  const sizes = (...changes: RecordChange[]) => batchesOf(changes).map(batch => batch.length)

  test.each([
    ['500 values of UPSERTs', [change('UPSERT', 250), change('UPSERT', 250)], [2]],
    ['more', [change('UPSERT', 250), change('UPSERT', 251)], [1, 1]],
    ['1,000 values of DELETEs', [change('DELETE', 500), change('DELETE', 500)], [2]],
    ['16,000 characters of UPSERTs', [change('UPSERT', 1, 8000), change('UPSERT', 1, 8000)], [2]],
    ['more characters', [change('UPSERT', 1, 8000), change('UPSERT', 1, 8001)], [1, 1]],
    [
      'one that is too large stands alone',
      [change('UPSERT', 1), change('UPSERT', 600), change('UPSERT', 1)],
      [1, 1, 1],
    ],
  ])('%s', (_what, changes, expected) => {
    expect(sizes(...changes)).toEqual(expected)
  })

  test('none for nothing', () => {
    expect(batchesOf([])).toEqual([])
  })
})
