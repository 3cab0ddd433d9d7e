import { expect, test } from 'vitest'
import { isConfirmed, neverPublished, wasPublished } from '../../../../functions/core/state/network-state.ts'

test.each([
  ['unknown', undefined, false, false],
  ['never published', neverPublished, false, false],
  ['announced for the first time', { hash: null, due: true }, false, false],
  ['published and confirmed', { hash: 'a', due: false }, true, true],
  ['published, and announced again', { hash: 'a', due: true }, true, false],
])('an object that is %s', (_how, object, published, confirmed) => {
  expect(wasPublished(object)).toBe(published)
  expect(isConfirmed(object)).toBe(confirmed)
})
