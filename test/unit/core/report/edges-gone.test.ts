import { expect, test } from 'vitest'
import { emptyHistory, historyOf } from '../../../../functions/core/history/history.ts'
import { edgesGone } from '../../../../functions/core/report/edges-gone.ts'
import { runAgo } from '../../../helpers/core.ts'

test('edges of the newest cycle that are not there any more; those that left earlier are forgotten', () => {
  const history = historyOf([runAgo(120, { a: 1, b: 1, z: 1 }), runAgo(60, { a: 1, b: 1, c: 1 })], 10)
  expect(edgesGone(history, [{ edge: 'b' }, { edge: 'd' }])).toEqual(['a', 'c'])
  expect(edgesGone(emptyHistory, [{ edge: 'a' }])).toEqual([])
})
