import { describe, expect, test } from 'vitest'
import { hostHeader } from '../../../../../functions/adapters/probe/http/host-header.ts'
import { classify, type Stage } from '../../../../../functions/adapters/probe/http/trouble.ts'

const failing = (code: string, more = {}) => Object.assign(new Error('it broke'), { code, ...more })

describe('what an error means', () => {
  test.each<[string, object, Stage, string, string, boolean]>([
    ['ECONNREFUSED', {}, 'connection', 'refused', 'refused', true],
    ['ECONNRESET', { syscall: 'read' }, 'connection', 'connection_error', 'reset', true],
    ['ECONNRESET', { syscall: 'read' }, 'handshake', 'connection_error', 'reset', true],
    ['ECONNRESET', {}, 'connection', 'connection_error', 'closed without an answer', true],
    ['ECONNRESET', {}, 'answer', 'connection_error', 'the answer was cut short', false],
    ['EPIPE', { syscall: 'write' }, 'connection', 'connection_error', 'reset', true],
    ['EHOSTUNREACH', {}, 'connection', 'connection_error', 'unreachable', true],
    ['ENETUNREACH', {}, 'connection', 'connection_error', 'unreachable', true],
    ['ETIMEDOUT', {}, 'connection', 'connection_error', 'unreachable', true],
    ['EWHAT', {}, 'connection', 'connection_error', 'EWHAT', false],
    ['', {}, 'connection', 'connection_error', 'it broke', false],
    ['ERR_STREAM_PREMATURE_CLOSE', {}, 'answer', 'connection_error', 'the answer was cut short', false],
    ['CERT_HAS_EXPIRED', {}, 'handshake', 'tls_error', 'its certificate has expired', false],
    ['PATH_LENGTH_EXCEEDED', {}, 'handshake', 'tls_error', 'TLS fails (PATH_LENGTH_EXCEEDED)', false],
    ['ERR_SSL_ALERT', {}, 'connection', 'tls_error', 'TLS fails (ERR_SSL_ALERT)', false],
    ['EPROTO', { syscall: 'write' }, 'answer', 'tls_error', 'TLS fails (EPROTO)', false],
    ['', {}, 'handshake', 'tls_error', 'TLS fails (it broke)', false],
  ])('%s %j at the %s', (code, more, stage, outcome, detail, mayRetry) => {
    expect(classify(failing(code, more), stage, 'site.example')).toEqual({ outcome, detail, mayRetry })
  })

  test.each(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL', 'EPERM', 'EACCES'])(
    '%s says nothing about the edge, wherever it comes up',
    code => {
      for (const stage of ['connection', 'handshake', 'answer'] as const) {
        const failure = classify(failing(code, { syscall: 'connect' }), stage, 'site.example')
        expect(failure).toMatchObject({ outcome: 'skipped', mayRetry: false, ownFault: code })
        expect(failure.detail).toMatch(/^this (process|machine) .*\(E[A-Z]+\)$/)
      }
    },
  )

  test.each<[object | undefined, string]>([
    [{ subjectaltname: 'DNS:a.example, IP Address:192.0.2.1' }, 'a.example, 192.0.2.1'],
    [{ subjectaltname: 'DNS:a, DNS:b, DNS:c, DNS:d' }, 'a, b, c …'],
    [{ subject: { CN: 'old.example' } }, 'old.example'],
    [{}, 'no name'],
    [undefined, 'no name'],
    [{ subjectaltname: 'DNS:a\u001b[2J\u202eb.example' }, 'a?[2J?b.example'],
    [{ subjectaltname: `DNS:${'x'.repeat(60_000)}` }, `${'x'.repeat(59)}…`],
    [{ subject: { CN: `\n${'y'.repeat(60_000)}` } }, `?${'y'.repeat(58)}…`],
  ])('a certificate for somebody else: %j', (cert, names) => {
    const { detail } = classify(failing('ERR_TLS_CERT_ALTNAME_INVALID', { cert }), 'handshake', 'site.example')
    expect(detail).toBe(`its certificate is for ${names}, not for site.example`)
  })
})

describe('the Host header', () => {
  test.each<['http' | 'https', string, number, string]>([
    ['http', 'site.example', 80, 'site.example'],
    ['https', 'site.example', 443, 'site.example'],
    ['https', 'site.example', 80, 'site.example:80'],
    ['http', '192.0.2.1', 8080, '192.0.2.1:8080'],
    ['http', '2001:db8::1', 80, '[2001:db8::1]'],
    ['https', '2001:db8::1', 8443, '[2001:db8::1]:8443'],
  ])('%s://%s, port %i: %s', (proto, host, port, header) => {
    expect(hostHeader({ proto, host, port })).toBe(header)
  })
})
