import { describe, expect, test } from 'vitest'
import { renderPlan } from '../../../../functions/cli/output/plan.ts'
import { type Paint, unpainted } from '../../../../functions/cli/output/terminal.ts'
import { reportWith, zoneRow } from '../../../helpers/reports.ts'

const zoneText = (serial: number, address: string) =>
  `$TTL 300\n@ 300 IN SOA ns.example. zone.example. ${serial} 1 2 3 4\n@ 300 IN NS ns.example.\n@ 300 IN A ${address}\n`

describe('the plan of a dry run', () => {
  test('names edges in and out, and shows each zone against the published one', () => {
    const report = reportWith({
      dryRun: true,
      in: [{ edge: 'b', reason: 'fast' }],
      out: [{ edge: 'a', reason: 'failed' }],
      zones: [
        zoneRow('new.example', { action: 'planned', serial: 8, text: zoneText(8, '192.0.2.2') }),
        zoneRow('old.example', { action: 'planned', serial: 9, text: zoneText(9, '192.0.2.2'), reason: 'live set' }),
        zoneRow('quiet.example', { action: 'unchanged' }),
      ],
    })
    const published = new Map([
      ['new.example', null],
      ['old.example', zoneText(5, '192.0.2.1')],
    ])
    expect(renderPlan(report, published, unpainted)).toBe(`
  + b in: fast
  - a out: failed

  + zone new.example serial 8: new zone
      +$TTL 300
      +@ 300 IN SOA ns.example. zone.example. 8 1 2 3 4
      +@ 300 IN NS ns.example.
      +@ 300 IN A 192.0.2.2

  ~ zone old.example serial 5 → 9: live set
       $TTL 300
      -@ 300 IN SOA ns.example. zone.example. 5 1 2 3 4
      +@ 300 IN SOA ns.example. zone.example. 9 1 2 3 4
       @ 300 IN NS ns.example.
      -@ 300 IN A 192.0.2.1
      +@ 300 IN A 192.0.2.2

Plan: 1 in, 1 out, 2 zones to write. Nothing was written.
`)
  })

  test('shows what would change in Route 53, record set by record set', () => {
    const set = { name: 'www.example.org.', type: 'A' as const, ttl: 60, values: ['192.0.2.2', '192.0.2.3'] }
    const before = { ttl: 30, values: ['192.0.2.1'] }
    const six = { action: 'DELETE' as const, name: 'example.org.', type: 'AAAA' as const, ttl: 60, values: ['::1'] }
    const changes = [
      { action: 'UPSERT' as const, ...set, before },
      { action: 'UPSERT' as const, ...set, name: 'new.example.org.', before: null },
      { ...six, before: { ttl: 60, values: ['::1'] } },
    ]
    const route53 = [
      { zone: 'example.org', action: 'planned' as const, reason: 'its addresses changed', changes },
      { zone: 'example.net', action: 'unchanged' as const, reason: 'nothing changed' },
    ]
    expect(renderPlan(reportWith({ dryRun: true, route53 }), new Map(), unpainted)).toBe(`
  ~ records of example.org in Route 53: its addresses changed
      -www.example.org 30 IN A 192.0.2.1
      +www.example.org 60 IN A 192.0.2.2 192.0.2.3
      +new.example.org 60 IN A 192.0.2.2 192.0.2.3
      -example.org 60 IN AAAA ::1

Plan: 0 in, 0 out, 0 zones to write, records of 1 zone to push. Nothing was written.
`)
  })

  test('without changes says so', () => {
    expect(renderPlan(reportWith({ dryRun: true }), new Map(), unpainted)).toBe('\nPlan: nothing to change.\n')
  })

  test('counts one zone as one, and knows a published file that is no zone', () => {
    const zones = [zoneRow('a.example', { action: 'planned', text: 'x\n' })]
    const plan = renderPlan(reportWith({ zones }), new Map([['a.example', 'rubbish\n']]), unpainted)
    expect(plan).toContain('~ zone a.example serial unknown → 7: new zone\n')
    expect(plan).toContain('Plan: 0 in, 0 out, 1 zone to write.')
  })

  test('marks far-apart differences, in colours', () => {
    const paint: Paint = (style, text) => `<${style}>${text}</>`
    const lines = Array.from({ length: 12 }, (_, n) => `line ${n}`)
    const before = `${lines.join('\n')}\n`
    const text = before.replace('line 0', 'first').replace('line 11', 'last')
    const zones = [zoneRow('a.example', { action: 'planned', text })]
    const plan = renderPlan(reportWith({ zones }), new Map([['a.example', before]]), paint)
    expect(plan).toContain('<green>+first</>')
    expect(plan).toContain('<red>-line 11</>')
    expect(plan).toContain('<dim>…</>')
  })
})
