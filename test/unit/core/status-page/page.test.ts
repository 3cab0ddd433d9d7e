import { expect, test } from 'vitest'
import { packEntry } from '../../../../functions/core/history/run.ts'
import type { LogEntry } from '../../../../functions/core/inspect/log-entry.ts'
import { networkView } from '../../../../functions/core/status-page/page.ts'
import { network, now, runAgo, stateBefore, zoneRecord } from '../../../helpers/core.ts'
import { factsOf } from '../../../helpers/status.ts'
import { zoneOf } from '../../../helpers/world.ts'

test('a network at a glance', () => {
  const view = networkView(factsOf(20, {}, 150))
  expect(view).toMatchObject({ name: 'mynet', spans: ['last 2 h', 'last 33 h'] })
  expect(view.edges).toHaveLength(20)
  expect(view.canaries).toMatchObject([
    { zone: 'example.com', address: '192.0.2.201', used: 'in its zone', judgement: 'pass_threshold' },
  ])
  expect(view.canaries[0]?.sparks).toHaveLength(2)
})

test('rotations of the last day only, with who came and went and why', () => {
  const facts = factsOf(1, {}, 10)
  const [rotation] = facts.rotations
  const old = { ...rotation, time: facts.now - 86_400_001, in: [], out: [] }
  expect(networkView({ ...facts, rotations: [...facts.rotations, old] }).rotations).toMatchObject([
    {
      time: '2026-01-01 10:30:30 UTC',
      ago: '1 h 30 m ago',
      changes: [{ sign: '+' }, { sign: '−', edge: 'edge9.example.net' }],
    },
  ])
})

test('zones: what wants attention comes first', () => {
  const { zones } = networkView(
    factsOf(
      1,
      {
        zones: [
          zoneOf('example.com'),
          zoneOf('example.net'),
          zoneOf('new.example'),
          { ...zoneOf('bad.example'), include: null },
        ],
      },
      5,
    ),
  )
  expect(zones.rows.map(({ zone, tone, status }) => [zone, tone, status.split(':')[0]])).toEqual([
    ['bad.example', 'bad', 'its include is faulty'],
    ['example.net', 'bad', 'due'],
    ['new.example', 'fair', 'not published yet'],
    ['old.example', 'fair', 'orphaned'],
    ['example.com', 'good', 'published'],
  ])
  expect(zones).toMatchObject({
    summary: '4 zones, 1 due, 1 with a faulty include, 1 orphaned',
    isShort: true,
    more: null,
  })
  expect(zones.rows[2]).toMatchObject({ serial: '–', written: '' })
})

test('a zone that another network has now is no orphan', () => {
  const facts = factsOf(1, {}, 5)
  const record = zoneRecord({ serial: 1, hash: 'h', unclaimed: true })
  const stored = { ...facts.stored, zones: new Map([['left.example', record]]) }
  const { zones } = networkView({ ...facts, stored })
  expect(zones.rows.find(({ zone }) => zone === 'left.example')?.status).toBe('handed over to another network')
  expect(zones.summary).not.toContain('orphaned')
})

test('many zones are counted, not listed', () => {
  const names = Array.from({ length: 250 }, (_, at) => `zone${at}.example`)
  const records = new Map(names.map(name => [name, zoneRecord({ serial: 1_767_268_800, hash: 'h' })]))
  const stored = stateBefore({ zones: records })
  const facts = {
    network: network('a', {}, { zones: names.map(name => zoneOf(name)) }),
    stored,
    lastCycle: null,
    lastStatus: null,
    rotations: [],
    now,
    spans: [],
  }
  expect(networkView(facts).zones).toMatchObject({
    isShort: false,
    more: '50 more zones',
    summary: '250 zones, 0 due, 0 with a faulty include',
  })
})

test('a canary that failed or was never probed', () => {
  const canaries = [
    { zone: 'example.org', address: '192.0.2.9' },
    { zone: 'new.example', address: '192.0.2.8' },
  ]
  const stored = stateBefore({ live: ['a'], runs: [runAgo(0, { a: 0.1 }, { '192.0.2.9': 'refused' })] })
  const facts = {
    network: network('a', {}, { canaries }),
    stored,
    lastCycle: now,
    lastStatus: 'ok',
    rotations: [],
    now,
    spans: [],
  }
  expect(networkView(facts).canaries).toMatchObject([
    { fetch: 'refused', judgement: 'fail', since: 'for at least 0 s', used: 'not in its zone' },
    { fetch: 'skipped', judgement: 'not judged', since: '', used: 'not in its zone' },
  ])
})

test('a canary that failed in a known way has its status code and its time', () => {
  const canaries = [{ zone: 'example.org', address: '192.0.2.9' }]
  const run = runAgo(0, { a: 0.1 }, { '192.0.2.9': 'bad_status' })
  const failed = { outcome: 'bad_status', judgement: 'fail', micros: 10_000_000, live: false } as const
  const entries = Uint32Array.from([
    run.entries[0] ?? 0,
    packEntry({ ...failed, failure: { cause: 503, tookMs: 650 } }),
  ])
  const stored = stateBefore({ live: ['a'], runs: [{ ...run, entries }] })
  const rest = { stored, lastCycle: now, lastStatus: 'ok', rotations: [], now, spans: [] }
  const view = networkView({ network: network('a', {}, { canaries }), ...rest })
  expect(view.canaries).toMatchObject([{ fetch: 'bad_status: status 503 in 0.65 s' }])
})

test('what became of the records in Route 53, where the network pushes', () => {
  const zones = ['due.example', 'new.example', 'none.example', 'sound.example'].map(name => zoneOf(name))
  const sets = [{ name: 'sound.example.', type: 'A' as const, ttl: 60, values: ['192.0.2.1'] }]
  const record = { hostedZone: 'Z1', sets: [], attempted: [], due: null }
  const stored = stateBefore({
    pushed: new Map([
      ['due.example', { ...record, due: now - 120_000 }],
      ['none.example', record],
      ['sound.example', { ...record, sets }],
    ]),
  })
  const { route53 } = network('a').settings
  const pushing = network('a', { route53: { ...route53, enabled: true } }, { zones })
  const facts = { stored, lastCycle: null, lastStatus: null, rotations: [], now, spans: [] }
  const view = networkView({ ...facts, network: pushing })
  expect(view.zones.hasRecords).toBe(true)
  expect(view.zones.rows.map(({ records }) => records)).toEqual([
    'due for 2 m',
    'not pushed yet',
    'not pushed yet',
    'published',
  ])
  expect(networkView({ ...facts, network: network('a', {}, { zones }) }).zones.rows[0]?.records).toBe('')
})

test('the last day has pushes, rollbacks and deploys among all else, the newest first; older ones are left out', () => {
  const facts = factsOf(1, {}, 10)
  const ago = (minutes: number) => facts.now - minutes * 60_000
  const hash = '0123456789abcdef'.repeat(4)
  const entry = { by: 'ann', comment: null }
  const entries: LogEntry[] = [
    { ...entry, time: ago(24 * 60 + 1), what: 'push', about: hash },
    { ...entry, time: ago(90), what: 'push', about: hash, comment: 'two more edges' },
    { ...entry, time: ago(60), what: 'order', about: 'edge1.example.net', mode: 'unavailable' },
    { ...entry, time: ago(30), what: 'rollback', about: 'f'.repeat(64), comment: 'too slow' },
    { ...entry, time: ago(20), what: 'folder', about: hash },
    { ...entry, time: ago(10), what: 'deploy', by: 'deploy', about: hash },
  ]
  const { log } = networkView({ ...facts, entries })
  expect(log.map(({ text }) => text).filter(text => !/shortage|^no cycle/.test(text))).toEqual([
    'a deploy brought configuration 0123456789ab',
    'the folder was taken up as configuration 0123456789ab, by ann',
    'rolled back to configuration ffffffffffff, by ann: "too slow"',
    'order for edge1.example.net: unavailable, by ann',
    'configuration 0123456789ab was pushed, by ann: "two more edges"',
  ])
})
