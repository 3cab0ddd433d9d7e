import { describe, expect, test } from 'vitest'
import { renderReport } from '../../../../functions/cli/output/report.ts'
import { unpainted } from '../../../../functions/cli/output/terminal.ts'
import { canaryRow, edgeRow, reportWith, zoneRow } from '../../../helpers/reports.ts'

const look = { paint: unpainted, width: Number.POSITIVE_INFINITY, verbose: false }

describe('a report for a person', () => {
  test('has a headline, edges, changes, canaries, zones and warnings', () => {
    const report = reportWith({
      live: ['192.0.2.1'],
      edges: [
        edgeRow('192.0.2.1'),
        edgeRow('192.0.2.2', {
          outcome: 'refused',
          judgement: 'fail',
          fetchSeconds: 10,
          state: 'out',
          reason: 'refused',
        }),
      ],
      in: [{ edge: '192.0.2.1', reason: 'it answered' }],
      out: [{ edge: '192.0.2.2', reason: 'it was refused' }],
      canaries: [canaryRow('a.example'), canaryRow('b.example', { used: false, judgement: 'fail' })],
      zones: [zoneRow('a.example'), zoneRow('b.example', { action: 'unchanged' })],
      warnings: ['look at this'],
    })
    expect(renderReport(report, look)).toBe(`net, 2026-01-02 03:04:05 UTC: ok, 1 of 2 edges live, 1.23 s

STATE  EDGE       JUDGEMENT         FETCH  WINDOW  AVERAGE  REASON
in     192.0.2.1  pass_threshold    0.100   0.200    0.300  answered
out    192.0.2.2  fail            refused   0.200    0.300  refused

Changes
  + 192.0.2.1 in: it answered
  - 192.0.2.2 out: it was refused

Canaries
  ZONE       CANARY     JUDGEMENT  FETCH  USED
  a.example  192.0.2.9  pass       0.100  in its zone
  b.example  192.0.2.9  fail       0.100  not in its zone

Zones
  ACTION     ZONE       SERIAL  REASON
  published  a.example       7  new zone
  1 unchanged

Warnings
  look at this
`)
  })

  test('names the live edges first, then the others, each by name', () => {
    const edges = [edgeRow('c', { state: 'out' }), edgeRow('b'), edgeRow('d'), edgeRow('a', { state: 'out' })]
    const rows = renderReport(reportWith({ edges }), look).split('\n').slice(3, 7)
    expect(rows.map(row => row.slice(0, 8))).toEqual(['in     b', 'in     d', 'out    a', 'out    c'])
  })

  test('has columns for orders and for addresses where there are any', () => {
    const edges = [edgeRow('edge.example', { address: '192.0.2.1', mode: 'force' })]
    expect(renderReport(reportWith({ edges }), look)).toContain(
      'in     edge.example  192.0.2.1  force  pass_threshold  0.100   0.200    0.300  answered\n',
    )
  })

  test('shows the phases of a probe where they were asked for', () => {
    const phases = { resolve: null, connect: 0.51, tls: null, firstByte: 1.2, body: 0 }
    const text = renderReport(reportWith({ edges: [edgeRow('a', { phases })] }), { ...look, verbose: true })
    expect(text).toContain('RESOLVE  CONNECT  TLS  FIRST   BODY  REASON')
    expect(text).toContain('      -    0.5ms    -  1.2ms  0.0ms  answered')
  })

  test('fits into the width of the terminal', () => {
    const edges = [edgeRow('192.0.2.1', { reason: 'a'.repeat(200) })]
    const zones = [zoneRow('a.example', { reason: 'b'.repeat(200) })]
    const widths = renderReport(reportWith({ edges, zones }), { ...look, width: 90 })
      .split('\n')
      .map(line => line.length)
    expect(Math.max(...widths)).toBe(90)
  })

  test('lists few of many zones, unless everything is asked for', () => {
    const zones = Array.from({ length: 30 }, (_, n) => zoneRow(`zone${n}.example`))
    expect(renderReport(reportWith({ zones }), look)).toContain('  and 10 more (-v lists them all)\n')
    expect(renderReport(reportWith({ zones }), { ...look, verbose: true })).toContain('zone29.example')
  })

  test.each([
    [{ rotationSuppressed: true }, 'held back: the rotation budget is spent'],
    [{ rotationSuppressed: true, frozen: true }, 'held back: the network is frozen'],
  ])('says what was held back: %o', (changes, expected) => {
    expect(renderReport(reportWith(changes), look)).toContain(expected)
  })

  test('of a run that did nothing is its headline and why', () => {
    expect(renderReport(reportWith({ status: 'locked', warnings: ['another run'] }), look)).toBe(
      'net, 2026-01-02 03:04:05 UTC: locked\n\nWarnings\n  another run\n',
    )
  })
})
