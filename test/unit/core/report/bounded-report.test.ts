import { describe, expect, test } from 'vitest'
import { isPrintable } from '../../../../functions/core/domain/printable.ts'
import { boundedChanges, boundedReport, maxWarnings } from '../../../../functions/core/report/bounded-report.ts'
import type { Report } from '../../../../functions/core/report/report.ts'
import { edgeRow, reportWith, zoneRow } from '../../../helpers/reports.ts'

const hostile = `\x1b[2J\r\n${'x'.repeat(60_000)}`

/** A report in which every sentence is as long and as hostile as an edge or a file can make it. */
function hostileReport(): Report {
  return reportWith({
    edges: [edgeRow('192.0.2.1', { reason: hostile })],
    zones: [zoneRow('example.org', { reason: hostile, text: 'a\n\tb\n' })],
    route53: [{ zone: 'example.org', action: 'due', reason: hostile }],
    in: [{ edge: '192.0.2.1', reason: hostile }],
    out: [{ edge: '192.0.2.2', reason: hostile }],
    warnings: Array.from({ length: 60_000 }, () => hostile),
  })
}

describe('a report', () => {
  test('has a bound on every sentence and on their number, and says what it left out', () => {
    const report = boundedReport(hostileReport())
    const sentences = [report.edges, report.zones, report.route53, report.in, report.out].flatMap(rows =>
      rows.map(({ reason }) => reason),
    )
    for (const sentence of [...sentences, ...report.warnings]) {
      expect(isPrintable(sentence)).toBe(true)
      expect(sentence.length).toBeLessThan(550)
    }
    expect(sentences.every(sentence => sentence.endsWith('more characters)'))).toBe(true)
    expect(report.warnings).toHaveLength(maxWarnings + 1)
    expect(report.warnings.at(-1)).toBe('and 59,900 more warnings')
    expect(JSON.stringify(report).length).toBeLessThan(100_000)
  })

  test("keeps a zone's text as it is", () => {
    expect(boundedReport(hostileReport()).zones[0]?.text).toBe('a\n\tb\n')
  })

  test('that is bounded stays as it is', () => {
    const once = boundedReport(hostileReport())
    expect(boundedReport(once)).toEqual(once)
    const small = reportWith({ edges: [edgeRow('192.0.2.1')], warnings: ['one'] })
    expect(boundedReport(small)).toEqual(small)
  })
})

describe('what is stored of a rotation', () => {
  const changes = (count: number, reason: string) =>
    Array.from({ length: count }, (_, at) => ({ edge: `edge${at}.example.net`, reason }))
  test('is as it was where there is room', () => {
    const change = { in: changes(2, 'why'), out: changes(1, 'x'.repeat(400)) }
    expect(boundedChanges(change)).toEqual(change)
    expect(boundedChanges({ in: [], out: [] })).toEqual({ in: [], out: [] })
  })

  test.each([
    [1, 400_000],
    [100, 60_000],
    [1_000, 500],
    [3_000, 500],
  ])('%d edges with reasons of %d characters fit into an item, each edge among them', (count, length) => {
    const { in: coming, out } = boundedChanges({ in: changes(count, 'r'.repeat(length)), out: [] })
    expect(coming).toHaveLength(count)
    expect(out).toEqual([])
    expect(JSON.stringify(coming).length).toBeLessThan(380_000)
  })
})
