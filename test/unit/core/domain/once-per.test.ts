import { expect, test } from 'vitest'
import { oncePer } from '../../../../functions/core/domain/once-per.ts'

test('an answer is worked out once for an object, nothing among the answers included, and anew for another object', () => {
  const asked: string[] = []
  const firstOf = oncePer((names: readonly string[]) => {
    asked.push(names.join())
    return names[0]
  })
  const [some, none] = [['a', 'b'], []]
  expect([firstOf(some), firstOf(some), firstOf(none), firstOf(none), firstOf(['a', 'b'])]).toEqual([
    'a',
    'a',
    undefined,
    undefined,
    'a',
  ])
  expect(asked).toEqual(['a,b', '', 'a,b'])
})
