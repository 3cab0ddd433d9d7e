import { describe, expect, test } from 'vitest'
import { causeOf, causeWords, failureCauses } from '../../../../functions/core/domain/failure-causes.ts'

describe('why a probe failed, as a number', () => {
  test('is a status code as it is', () => {
    expect(causeOf('status 503')).toBe(503)
    expect(causeWords('bad_status', 503)).toBe('status 503')
  })

  test('is known by its first words, whatever follows them', () => {
    for (const [number, words] of failureCauses) {
      expect(causeOf(`${words}, and more`)).toBe(number)
      const [first = ''] = words.split(' ')
      expect(causeWords('connection_error', number).startsWith(first)).toBe(true)
    }
  })

  test.each([
    [8, 'the answer is not HTTP'],
    [23, 'its certificate is for other names'],
  ])('%s is told later as %s', (number, words) => {
    expect(causeWords('tls_error', number)).toBe(words)
  })

  test('fits into ten bits and is no status code', () => {
    for (const number of failureCauses.keys()) expect(number >= 1 && number < 100).toBe(true)
  })

  test.each([
    ['is 0 where no words fit', 0, 'timeout', 'no whole answer in time'],
    ['that nobody knows says what the outcome says', 99, 'dns_error', 'the name did not resolve'],
    ['above all status codes as well', 1_000, 'tls_error', 'TLS failed'],
  ] as const)('%s', (_, number, outcome, words) => {
    expect(causeOf('something else')).toBe(0)
    expect(causeWords(outcome, number)).toBe(words)
  })
})
