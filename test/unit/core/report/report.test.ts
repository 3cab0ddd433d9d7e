import { expect, test } from 'vitest'
import { emptyReport } from '../../../../functions/core/report/report.ts'

test.each(['locked', 'too_soon', 'failed'] as const)(
  'a %s report has every key of the contract and empty lists',
  status => {
    expect(emptyReport('mynet', status, false, Date.UTC(2026, 10, 22, 9))).toEqual({
      network: 'mynet',
      status,
      dryRun: false,
      startedAt: '2026-11-22T09:00:00.000Z',
      durationMs: 0,
      proberLagMs: 0,
      live: [],
      rotated: false,
      rotationSuppressed: false,
      frozen: false,
      braked: false,
      passing: 0,
      wanted: 0,
      in: [],
      out: [],
      edges: [],
      canaries: [],
      zones: [],
      route53: [],
      served: [],
      warnings: [],
    })
  },
)
