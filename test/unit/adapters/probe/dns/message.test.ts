import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeAnswer, encodeQuery } from '../../../../../functions/adapters/probe/dns/message.ts'

/** A message that answers the question for `a.example` (A) with these bytes as its answer section. */
function answer(count: number, records: readonly number[], flags = 0x8180): Buffer {
  const query = Buffer.from(encodeQuery(7, 'a.example', 'A') as Buffer)
  query.writeUInt16BE(flags, 2)
  query.writeUInt16BE(count, 6)
  return Buffer.concat([query, Buffer.from(records)])
}

const head = [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0]
const common = { id: 7, name: 'a.example', type: 'A', isTruncated: false }

describe('a message', () => {
  test.each([
    ['with an address', answer(1, [...head, 4, 192, 0, 2, 1]), { addresses: ['192.0.2.1'] }],
    ['with none', answer(0, []), { error: 'ENODATA' }],
    ['of no such name', answer(0, [], 0x8183), { error: 'ENOTFOUND' }],
    ['of failure', answer(0, [], 0x8182), { error: 'ESERVFAIL' }],
    ['of refusal', answer(0, [], 0x8185), { error: 'EREFUSED' }],
    ['of another trouble', answer(0, [], 0x818f), { error: 'EBADRESP' }],
    [
      'with the address of somebody else',
      answer(1, [1, 98, ...[0, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 1, 2, 3, 4]]),
      { error: 'ENODATA' },
    ],
  ])('%s', (_name, message, expected) => {
    expect(decodeAnswer(message)).toEqual({ ...common, answer: expected })
  })

  test('that was cut says so', () => {
    expect(decodeAnswer(answer(1, [], 0x8380))).toMatchObject({ ...common, isTruncated: true })
  })

  test.each([
    ['a question', answer(0, [], 0x0100)],
    ['cut short', answer(1, head)],
    ['with an address of five octets', answer(1, [...head, 5, 1, 2, 3, 4, 5])],
    ['with a name that points to itself', answer(1, [0xc0, 27, ...head.slice(2), 4, 1, 2, 3, 4])],
    ['nothing', Buffer.alloc(0)],
  ])('is none where it is %s', (_name, message) => {
    expect(decodeAnswer(message)).toBeNull()
  })

  test('never breaks the reader, whatever comes', () => {
    const good = answer(1, [...head, 4, 192, 0, 2, 1])
    const damaged = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 6 }).map(changes => {
      const message = Buffer.from(good)
      for (const [at, octet] of changes) message[at] = octet
      return message
    })
    const any = fc.oneof(fc.uint8Array({ maxLength: 80 }).map(Buffer.from), damaged)
    void fc.assert(
      fc.property(any, message => {
        const read = decodeAnswer(Buffer.from(message))
        expect(read === null || typeof read.name === 'string').toBe(true)
      }),
      { numRuns: 3000 },
    )
  })
})

test.each(['', 'a..b', `${'a'.repeat(64)}.example`, Array(130).fill('a').join('.')])('%s fits into no query', name => {
  expect(encodeQuery(1, name, 'AAAA')).toBeNull()
})
