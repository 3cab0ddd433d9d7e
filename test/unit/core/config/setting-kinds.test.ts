import { expect, test } from 'vitest'
import {
  choice,
  isSetting,
  list,
  map,
  number,
  text,
  truth,
  whole,
} from '../../../../functions/core/config/setting-kinds.ts'

const noun = { kind: 'text', noun: 'word' } as const
const required = { required: true, means: 'something' } as const
const means = 'something'

test('what is required has something empty in its place, everything else its default', () => {
  const all = [truth(required), number({}, required), whole({}, required), text(noun, required)]
  expect(all.map(({ default: value, required: is }) => [value, is])).toEqual([
    [false, true],
    [0, true],
    [0, true],
    ['', true],
  ])
  expect(list({ items: noun }, required)).toMatchObject({ default: [], required: true })
  expect(list({ items: noun }, { means })).toMatchObject({ default: [], required: false })
  expect(map({ key: 'a', values: noun }, { means })).toMatchObject({ default: {}, required: false })
  expect(choice(['a', 'b'], { default: 'b', means })).toMatchObject({ default: 'b', required: false })
  expect(text(noun, { default: null, means })).toMatchObject({ default: null, required: false })
})

test('a key is told from a map of keys, whatever the keys are called', () => {
  const one = truth({ default: true, means })
  expect([isSetting(one), isSetting({ one }), isSetting({ means: one })]).toEqual([true, false, false])
})
