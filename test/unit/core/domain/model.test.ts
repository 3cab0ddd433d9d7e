import { describe, expect, test } from 'vitest'
import {
  byName,
  isFailure,
  isPassing,
  judgements,
  type Outcome,
  outcomes,
} from '../../../../functions/core/domain/model.ts'

describe('outcomes (behaviour §1.8)', () => {
  test('everything but ok and skipped is a failed probe', () => {
    const failed: Outcome[] = [
      'timeout',
      'refused',
      'connection_error',
      'tls_error',
      'dns_error',
      'bad_status',
      'verify_failed',
    ]
    expect(outcomes.filter(isFailure)).toEqual(failed)
    expect(outcomes.filter(outcome => !isFailure(outcome))).toEqual(['ok', 'skipped'])
  })
})

describe('judgements', () => {
  test('any pass… is passing, fail and never judged are not', () => {
    expect(judgements.filter(isPassing)).toEqual(['pass_threshold', 'pass_window', 'pass_average', 'pass'])
    expect(isPassing(null)).toBe(false)
  })
})

describe('names', () => {
  test('are ordered by code units, no locale', () => {
    const names = ['ä', 'b', 'a', 'Z', 'edge10', 'edge2', 'edge-1', '_x']
    expect([...names].sort(byName)).toEqual(['Z', '_x', 'a', 'b', 'edge-1', 'edge10', 'edge2', 'ä'])
    expect(byName('a', 'a')).toBe(0)
  })
})
