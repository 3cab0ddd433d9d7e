import { describe, expect, test } from 'vitest'
import { boundedReport } from '../../../../functions/core/report/bounded-report.ts'
import { logLineOf } from '../../../../functions/core/report/log-line.ts'
import { canaryRow, edgeRow, reportWith, zoneRow } from '../../../helpers/reports.ts'

describe('the line of a log', () => {
  test('counts what there is a number of, and names what changed', () => {
    const change = { edge: '192.0.2.1', reason: 'why' }
    const report = reportWith({
      live: ['192.0.2.1'],
      in: [change],
      edges: [edgeRow('192.0.2.1'), edgeRow('192.0.2.2')],
      canaries: [canaryRow('example.org')],
      zones: [zoneRow('example.org'), zoneRow('example.net'), zoneRow('example.com', { action: 'due' })],
      warnings: ['a warning'],
    })
    expect(logLineOf(report)).toMatchObject({
      live: ['192.0.2.1'],
      in: [change],
      edges: 2,
      canaries: 1,
      zones: { published: 2, due: 1 },
      route53: {},
      warnings: ['a warning'],
    })
  })

  test('fits into what the platform takes, whatever happened, and says what is left out', () => {
    const names = Array.from({ length: 5_000 }, (_, at) => `${'e'.repeat(60)}.edge${at}.example.net`)
    const changes = names.map(edge => ({ edge, reason: 'r'.repeat(60_000) }))
    const report = reportWith({ live: names, in: changes, out: changes, warnings: names.map(name => name.repeat(50)) })
    const line = logLineOf(boundedReport(report))
    expect(Buffer.byteLength(JSON.stringify(line))).toBeLessThan(256 * 1024)
    expect([line.live.at(-1), line.in.at(-1), line.out.at(-1)]).toEqual([
      'and 4,500 more',
      'and 4,900 more',
      'and 4,900 more',
    ])
  })
})
