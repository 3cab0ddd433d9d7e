import { expect, test } from 'vitest'
import { counted } from '../../../../functions/core/status-page/words.ts'

test('counts have their nouns', () => {
  expect([counted(0, 'edge'), counted(1, 'edge'), counted(2, 'edge')]).toEqual(['0 edges', '1 edge', '2 edges'])
})
