import { describe, expect, test } from 'vitest'
import { failedWords, failureOf, probeWords } from '../../../../functions/core/history/failure-words.ts'

describe('how a recorded probe failed', () => {
  test.each([
    [
      { outcome: 'bad_status', failure: { cause: 503, tookMs: 650 } } as const,
      'status 503',
      0.65,
      'status 503 in 0.65 s',
    ],
    [{ outcome: 'refused', failure: { cause: 1, tookMs: 0 } } as const, 'refused', null, 'refused'],
    [{ outcome: 'timeout', failure: { cause: 62, tookMs: 10_000 } } as const, 'no answer', 10, 'no answer in 10 s'],
    [{ outcome: 'bad_status' } as const, 'a status other than 2xx', null, 'a status other than 2xx'],
  ])('%j', (entry, detail, tookSeconds, words) => {
    expect(failureOf(entry)).toEqual({ detail, tookSeconds })
    expect(probeWords(entry)).toBe(words)
  })

  test('a deadline is told once', () => {
    expect(failedWords({ detail: 'no answer within 3 s', tookSeconds: 3 })).toBe('no answer within 3 s')
    expect(failedWords({ detail: 'refused' })).toBe('refused')
  })

  test.each(['ok', 'skipped'] as const)('%s is no failure', outcome => {
    expect(failureOf({ outcome })).toBeNull()
    expect(probeWords({ outcome })).toBe(outcome)
  })
})
