import { expect, test } from 'vitest'
import { checkCatalogName, renderCatalog } from '../../../../functions/core/following/catalog.ts'

const now = 1_790_000_000_000

test('a catalog has its version and a row for each member (RFC 9432)', () => {
  const text = renderCatalog('catalog.example', ['b.example', 'a.example'], null, now)
  expect(text).toContain('@ SOA invalid. invalid. 1790000000 ')
  expect(text).toContain('@ NS invalid.\nversion TXT "2"\n')
  expect(text.match(/^[0-9a-f]{40}\.zones PTR .*$/gm)).toEqual([
    expect.stringMatching(/ a\.example\.$/),
    expect.stringMatching(/ b\.example\.$/),
  ])
})

test('it stays as it is while its members do, and else gets a greater serial', () => {
  const first = renderCatalog('c.example', ['a.example'], null, now)
  expect(renderCatalog('c.example', ['a.example'], first, now + 5_000)).toBe(first)
  expect(renderCatalog('c.example', [], first, now - 5_000)).toContain(' 1790000001 ')
  expect(renderCatalog('c.example', ['a.example'], 'garbage', now)).toBe(first)
})

test('its name is one of a zone', () => {
  expect(checkCatalogName('Catalog.example.')).toBeNull()
  expect(checkCatalogName('a b')).toContain('not a host name')
})
