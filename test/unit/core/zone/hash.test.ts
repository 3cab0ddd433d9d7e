import { expect, test } from 'vitest'
import { hashText, md5 } from '../../../../functions/core/zone/hash.ts'

test('is the SHA-256 of the UTF-8 text', () => {
  expect(hashText('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(hashText('ü')).not.toBe(hashText('u'))
})

test('the ETag of a text is its MD5', () => {
  expect(md5('')).toBe('d41d8cd98f00b204e9800998ecf8427e')
  expect(md5('ä')).toBe('8419b71c87a225a2c70b50486fbee545')
})
