import { expect, test } from 'vitest'
import { certificateWarnings } from '../../../../functions/core/decision/certificates.ts'
import { now } from '../../../helpers/core.ts'

const dayMs = 86_400_000
const probes = (ends: Record<string, number | undefined>) =>
  new Map(
    Object.entries(ends).map(([edge, days]) => [
      edge,
      days === undefined ? {} : { certificateExpires: now + days * dayMs },
    ]),
  )

test('certificates that end soon are told, the first to end first, and each end once', () => {
  const seen = probes({ a: 5.5, b: 0.5, c: 20, d: undefined, e: -1, f: 5.5, g: 1 })
  expect(certificateWarnings(seen, 14, now)).toEqual([
    'the certificate of e has expired (2025-12-31 12:00:30 UTC)',
    'the certificate of b expires within a day (2026-01-02 00:00:30 UTC)',
    'the certificate of g expires in 1 day (2026-01-02 12:00:30 UTC)',
    'the certificate of a, f expires in 5 days (2026-01-07 00:00:30 UTC)',
  ])
  expect(certificateWarnings(seen, 0, now)).toEqual([])
})

test('many edges with one end are not all named', () => {
  const seen = probes(Object.fromEntries([...'abcdefg'].map(edge => [edge, 2])))
  expect(certificateWarnings(seen, 14, now)[0]).toMatch(/^the certificate of a, b, c, d, e and 2 more edges expires/)
})
