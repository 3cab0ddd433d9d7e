import { expect, test } from 'vitest'
import { isDohPath } from '../../../../functions/core/zone/doh-path.ts'

test.each([
  '/q{?dns}',
  '/{dns}',
  '/{?a,dns}',
  '/{a,?dns}',
  '/{dns:3}',
  '/{dns*}',
  '/%41{dns}',
  '/}{+dns}',
  '/\xc3\xbc{?dns}',
])('%j is a path', text => {
  expect(isDohPath(text)).toBe(true)
})

test.each([
  '',
  'q{?dns}',
  '/q',
  '/{x}',
  '/,dns,{x}',
  '/{?dns',
  '/{=dns}',
  '/{dns:0}',
  '/{dns:12345}',
  '/%4{dns}',
  '/{}',
  '/\xfc{?dns}',
])('%j is none', text => {
  expect(isDohPath(text)).toBe(false)
})
