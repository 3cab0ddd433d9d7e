import { expect, test } from 'vitest'
import { groupsOf } from '../../../../functions/core/zone/posix-regex.ts'

test.each([
  ['a', 0],
  ['(a)(b|c)', 2],
  ['(a)\\1\\.', 1],
  ['()', 1],
  ['a{2}', 0],
  ['a{2,}', 0],
  ['a{2,5}', 0],
  ['{', 0],
  ['a{x', 0],
  ['a)', 0],
  ['^a$', 0],
  ['a+b*c?', 0],
  ['[a-z]', 0],
  ['[^]a]', 0],
  ['[]-a]', 0],
  ['[-a]', 0],
  ['[a-]', 0],
  ['[^^-]', 0],
  ['[[:alpha:]_]', 0],
  ['[[.a.]-z]', 0],
  ['[a-[.z.]]', 0],
  ['[[=a=]]', 0],
  ['[[.xy.]]', 0],
  ['[[]', 0],
])('%j has %i groups', (text, groups) => {
  expect(groupsOf(text)).toBe(groups)
})

test.each([
  '',
  '(a',
  '*',
  'a**',
  '^*',
  '|a',
  'a|',
  '(a|)',
  '(|a)',
  '\\1',
  'a\\',
  'a{2,1}',
  'a{1,256}',
  'a{256}',
  'a{1',
  'a{1}{2}',
  '{2}',
  '[a',
  '[]',
  '[z-a]',
  '[a-b-c]',
  '[[:foo:]]',
  '[a-[:alpha:]]',
  '[a-[=b=]]',
  '[[..]]',
  '[[==]]',
  '[[.a',
  '[[',
])('%j is none', text => {
  expect(groupsOf(text)).toBeNull()
})
