import { expect, test } from 'vitest'
import { hashText } from '../../../functions/core/zone/hash.ts'

test('is the SHA-256 of the UTF-8 text', () => {
  expect(hashText('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(hashText('ü')).not.toBe(hashText('u'))
})
