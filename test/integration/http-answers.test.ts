import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { createReference } from '../../functions/adapters/probe/http-reference.ts'
import { closeServersAfterEach, object, run, serve } from '../helpers/probe.ts'
import { tcpServer } from '../helpers/servers.ts'

closeServersAfterEach()

/** A server that says these pieces, a moment apart, and leaves the connection open unless told otherwise. */
const says = (pieces: readonly string[], ends = false) =>
  tcpServer((socket: Socket) => {
    socket.setNoDelay(true)
    socket.once('data', async () => {
      for (const piece of pieces) {
        socket.write(piece, 'latin1')
        await new Promise(resolve => setTimeout(resolve, 3))
      }
      if (ends) socket.end()
    })
  })

const length = `Content-Length: ${object.length}`
const head = (...fields: string[]) => ['HTTP/1.1 200 OK', ...fields, '', ''].join('\r\n')
const half = [object.slice(0, 7), object.slice(7)] as const
const chunk = (text: string, extension = '') => `${text.length.toString(16)}${extension}\r\n${text}\r\n`
const chunked = head('Transfer-Encoding: chunked')

const good: Record<string, readonly string[]> = {
  'a folded line': [head('X-Folded: one\r\n two', length) + object],
  'a folded length': [head(`Content-Length:\r\n ${object.length}`) + object],
  'a folded line before any field': [head(' lost', length) + object],
  'bare line feeds': [head(length).replaceAll('\r\n', '\n') + object],
  'one length, twice': [head(length, length) + object],
  'one length, twice in one field': [head(`${length}, ${object.length}`) + object],
  'one length, once with a leading zero': [head(length, `Content-Length: 0${object.length}`) + object],
  'control characters in a value': [head('Set-Cookie: a\x07b\x00\x7f\xff', length) + object],
  'a bare CR in a value': [head('X: a\rb', length) + object],
  'a blank before the colon': [head(`Content-Length : ${object.length}`) + object],
  'a blank in a name, and no name': [head('a b: c', ': d', length) + object],
  'a line without a colon': [head('nonsense', length) + object],
  'no reason': [head(length).replace(' OK', '') + object],
  'a blank for a reason': [head(length).replace(' OK', ' ') + object],
  'an odd reason': [head(length).replace('OK', '\xc3\xa4\x01 fine') + object],
  'small letters': [head(length).replace('HTTP', 'http') + object],
  'HTTP/1.0 with a length': [head(length).replace('1.1', '1.0') + object],
  'a later HTTP/1': [head(length).replace('1.1', '1.7') + object],
  'empty lines before it': [`\r\n\r\n\n${head(length)}${object}`],
  'interim answers before it': [
    `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${head(length)}`,
    object,
  ],
  'bytes behind the body, in its packet': [`${head(length)}${object}<!-- served -->`],
  'bytes behind the body, in a later packet': [head(length) + object, '<!-- served -->'],
  'another answer behind it': [`${head(length) + object + head('Content-Length: 3')}bad`],
  'a piece at a time': [...head(length), ...object],
  chunks: [chunked + chunk(half[0]) + chunk(half[1]) + chunk('')],
  'chunks with extensions': [chunked + chunk(half[0], ';a=b;c="d"') + chunk(half[1], ' ; x') + chunk('')],
  'chunks with leading zeros and capitals': [
    `${chunked}000F\r\n${object.slice(0, 15)}\r\n1\r\n${object.slice(15)}\r\n0\r\n\r\n`,
  ],
  'chunks with bare line feeds': [(chunked + chunk(half[0]) + chunk(half[1]) + chunk('')).replaceAll('\r\n', '\n')],
  'chunks with trailers': [`${chunked}${chunk(object)}0\r\nX-Checksum: 1\r\n\r\n`],
  'trailers without an end': [`${chunked}${chunk(object)}0\r\nX: `],
  'bytes behind the last chunk': [`${chunked + chunk(object) + chunk('')}garbage`],
  'chunks of one byte, each in its packet': [chunked, ...[...object].map(one => chunk(one)), chunk('')],
  'chunks and a length': [head('Content-Length: 3', 'Transfer-Encoding: chunked') + chunk(object) + chunk('')],
  'chunks, by capitals': [head('TRANSFER-ENCODING: Chunked') + chunk(object) + chunk('')],
  'no coding at all, named as such': [
    head(length, 'Content-Encoding: identity', 'Transfer-Encoding: identity') + object,
  ],
}

describe('an answer that a recipient reads', () => {
  test.each(Object.entries(good))('%s', async (_name, pieces) => {
    expect(await run(await serve(says(pieces)))).toMatchObject({ outcome: 'ok', statusCode: 200, attempts: 1 })
  })

  test.each([head('Connection: close'), head().replace('1.1', '1.0'), head('Transfer-Encoding: identity')])(
    'whose end is that of the connection: %j',
    async text => {
      expect((await run(await serve(says([text, ...half], true)))).outcome).toBe('ok')
    },
  )
})

const gzip = (field: string) => [head(field, length) + object]
const bad: Record<string, [pieces: readonly string[], outcome: string, detail: string | RegExp]> = {
  'lengths that differ': [
    [head(length, 'Content-Length: 17') + object],
    'connection_error',
    /Content-Lengths that differ/,
  ],
  'a length that is none': [
    [head('Content-Length: +16') + object],
    'connection_error',
    /Content-Length is not a number/,
  ],
  'raw under gzip': [gzip('Content-Encoding: gzip'), 'verify_failed', /compressed \(gzip\)/],
  'raw under br, by capitals': [gzip('content-encoding: BR'), 'verify_failed', /compressed \(br\)/],
  'raw under several': [gzip('Content-Encoding: deflate, identity, gzip'), 'verify_failed', /\(deflate, gzip\)/],
  'a coding that nobody knows': [gzip('Content-Encoding: s3cret'), 'verify_failed', /^the body comes in a coding that/],
  'chunks of gzip': [[head('Transfer-Encoding: gzip, chunked')], 'verify_failed', /compressed \(gzip\)/],
  'a chunk that is longer than its size': [[`${chunked}2\r\nthe\r\n`], 'connection_error', /longer than its size/],
  'a chunk of no size': [[`${chunked}\r\n`], 'connection_error', /no size/],
  'a chunk of negative size': [[`${chunked}-1\r\n`], 'connection_error', /no size/],
  'HTTP/0.9': [[`<html>${object}`], 'connection_error', /not HTTP: it looks like bare HTML/],
  'a mail server': [['220 mail.example ESMTP\r\n'], 'connection_error', /not HTTP: it looks like SMTP/],
  SSH: [['SSH-2.0-x\r\n'], 'connection_error', /not HTTP: it looks like SSH/],
  'HTTP/2 frames': [['\0\0\x12\x04\0\0\0\0\0'], 'connection_error', /not HTTP: it looks like HTTP\/2/],
  'an echo of the request': [['GET /o HTTP/1.1\r\nX-Token: s3cret\r\n'], 'connection_error', 'the answer is not HTTP'],
  'a status of two digits': [['HTTP/1.1 20 OK\r\n\r\n'], 'connection_error', /not HTTP/],
  'a first line without an end': [[`HTTP/1.1 ${'x'.repeat(20_000)}`], 'connection_error', /not HTTP/],
  'headers of a megabyte': [[head(`X: ${'x'.repeat(1e6)}`)], 'connection_error', /over-long headers/],
  'many headers': [
    [head(...Array.from({ length: 2000 }, (_, at) => `X-${at}: abcdef`))],
    'connection_error',
    /over-long headers/,
  ],
  'reset content': [[head('Content-Length: 0').replace('200 OK', '205 Reset')], 'verify_failed', /shorter/],
  'no content, whatever its length says': [[head(length).replace('200 OK', '204 No')], 'verify_failed', /shorter/],
  'not modified': [[head(length).replace('200 OK', '304 No')], 'bad_status', 'status 304'],
}

describe('an answer that is none', () => {
  test.each(Object.entries(bad))('%s', async (_name, [pieces, outcome, detail]) => {
    const result = await run(await serve(says(pieces)))
    expect(result).toMatchObject({ outcome, attempts: 1 })
    if (typeof detail === 'string') expect(result.detail).toBe(detail)
    else expect(result.detail).toMatch(detail)
  })

  test('its status is told, and how long it took', async () => {
    const result = await run(await serve(says([head('Content-Length: 0').replace('200 OK', '503 Busy')])))
    expect(result).toMatchObject({ outcome: 'bad_status', statusCode: 503 })
    expect(result.tookSeconds).toBeGreaterThan(0)
  })
})

describe('a reference', () => {
  const ask = async (pieces: readonly string[]) => {
    const url = `http://127.0.0.1:${await serve(says(pieces))}/`
    return createReference()(url, 1, new AbortController().signal)
  }

  test.each([...Object.values(good), ['HTTP/1.1 200 OK\r\n'], [head('Content-Length: +x', 'Content-Length: 3')]])(
    'counts, however ill-formed its headers: %j',
    async (...pieces) => {
      expect(await ask(pieces)).toBe(true)
    },
  )

  test('counts where interim answers have no end', async () => {
    expect(await ask(Array.from({ length: 40 }, () => 'HTTP/1.1 100 Continue\r\n\r\n'))).toBe(true)
  })

  test.each(['220 mail\r\n', '<html>', '\0\0\x12\x04\0'])('does not where it is not HTTP: %j', async text => {
    expect(await ask([text])).toBe(false)
  })
})

test('headers of the test object are sent, and take the place of the usual ones', async () => {
  let asked = ''
  const server = tcpServer(socket => {
    socket.once('data', data => {
      asked = String(data)
      socket.end(head(length) + object)
    })
  })
  const headers = { 'X-Token': 's3cret', 'user-agent': 'Mine/1' }
  expect((await run(await serve(server), { headers })).outcome).toBe('ok')
  expect(asked).toContain('\r\nX-Token: s3cret\r\n')
  expect(asked.match(/user-agent: .*/gi)).toEqual(['user-agent: Mine/1'])
})
