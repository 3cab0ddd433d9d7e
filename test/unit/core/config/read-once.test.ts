import { expect, test } from 'vitest'
import { readOnce } from '../../../../functions/core/config/read-once.ts'

test('nothing is asked twice, and what failed once fails again in the same way', () => {
  let asked = 0
  const source = readOnce({
    list: () => [String(++asked)],
    read: path => {
      asked++
      if (path === 'broken') throw new Error(`attempt ${asked}`)
      return Buffer.from(String(asked))
    },
  })
  expect([source.list('a'), source.list('a')]).toEqual([['1'], ['1']])
  expect(String(source.read('b'))).toBe('2')
  expect(String(source.read('b'))).toBe('2')
  expect(() => source.read('broken')).toThrow('attempt 3')
  expect(() => source.read('broken')).toThrow('attempt 3')
})
