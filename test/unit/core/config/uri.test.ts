import { describe, expect, test } from 'vitest'
import { checkUri } from '../../../../functions/core/config/uri.ts'

describe('the path of a test object', () => {
  test.each([
    '/',
    '/object',
    '/a/b.txt?x=1&y[]=2',
    "/~user/;v=1,2/@:!$&'()*+=",
    '/%23%20%2F',
    '/a//b',
    '/..%2f',
    `/${'a'.repeat(7_999)}`,
  ])('%s is asked for as it stands', uri => {
    expect(checkUri(uri)).toBeNull()
  })

  test.each([
    ['', 'must begin with /'],
    ['object', 'must begin with /'],
    ['?x', 'must begin with /'],
    ['http://example.org/', 'must begin with /'],
    ['//example.org/o', 'must begin with one /: what follows two is read as the name of a host'],
    ['/o#frag', "'#frag' is a fragment, which is not sent to servers: leave it out (a # itself is written %23)"],
    ['/o?x#', "'#' is a fragment, which is not sent to servers: leave it out (a # itself is written %23)"],
    ['/a b', "' ' must be written as %20"],
    ['/a\tb', "'\t' must be written as %09"],
    ['/a\r\nX: y', "'\r' must be written as %0D"],
    ['/ü', "'ü' must be written as %C3%BC"],
    ['/👍', "'👍' must be written as %F0%9F%91%8D"],
    ['/a\\b', "'\\' must be written as %5C"],
    ['/{x}', "'{' must be written as %7B"],
    ['/%', "'%' is not an escape (a % itself is written %25)"],
    ['/100%/x', "'%/x' is not an escape (a % itself is written %25)"],
    [`/${'a'.repeat(8_000)}`, 'is longer than 8000 characters'],
  ])('%j is refused with a hint', (uri, why) => {
    expect(checkUri(uri)).toBe(why)
  })

  test.each([...'"<>^`|}', '\x7f', '\x00', '\x1b'])('%j is in no path', character => {
    expect(checkUri(`/${character}`)).toMatch(/must be written as %/)
  })
})
