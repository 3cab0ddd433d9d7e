import { expect, test } from 'vitest'
import { nothingServed } from '../../../../functions/core/state/served-seen.ts'

test('nothing is known of name servers at first', () => {
  expect(nothingServed).toEqual({ published: new Map(), waiting: [], late: [] })
})
