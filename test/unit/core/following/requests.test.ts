import { expect, test } from 'vitest'
import { afterRequest, bothWaiting, requestsFor } from '../../../../functions/core/following/requests.ts'

const zones = (count: number) => Array.from({ length: count }, (_, at) => `z${at}.example`)

test('clauses first, then zones by name; over a hundred at once', () => {
  expect(requestsFor({ reconfig: false, zones: [] })).toEqual([])
  expect(requestsFor({ reconfig: true, zones: ['a'] })).toEqual([['reconfig'], ['reload', 'a']])
  expect(requestsFor({ reconfig: false, zones: zones(100) })).toHaveLength(100)
  expect(requestsFor({ reconfig: true, zones: zones(101) })).toEqual([['reconfig'], ['reload']])
})

test('what was granted does not wait any more', () => {
  const waiting = { reconfig: true, zones: ['a', 'b'] }
  expect(afterRequest(waiting, ['reconfig'])).toEqual({ reconfig: false, zones: ['a', 'b'] })
  expect(afterRequest(waiting, ['reload', 'a'])).toEqual({ reconfig: true, zones: ['b'] })
  expect(afterRequest(waiting, ['reload'])).toEqual({ reconfig: true, zones: [] })
})

test('two waits are one, each zone once', () => {
  expect(bothWaiting({ reconfig: false, zones: ['a'] }, { reconfig: true, zones: ['a', 'b'] })).toEqual({
    ...{ reconfig: true, zones: ['a', 'b'] },
  })
  expect(bothWaiting({ reconfig: false, zones: [] }, { reconfig: false, zones: [] }).reconfig).toBe(false)
})
