import { describe, expect, test } from 'vitest'
import type { Network } from '../../functions/core/config/network.ts'
import type { Settings } from '../../functions/core/config/settings.ts'
import { allChecks } from '../../functions/core/inspect/all-check.ts'
import { healthOf } from '../../functions/core/inspect/health.ts'
import { metricsOf } from '../../functions/core/inspect/network-metrics.ts'
import { renderMetrics } from '../../functions/core/inspect/prometheus.ts'
import { whyOf } from '../../functions/core/inspect/why.ts'
import type { Before } from '../../functions/core/state/network-state.ts'
import { seen } from '../../functions/core/status-page/facts.ts'
import { headlineOf } from '../../functions/core/status-page/headline.ts'
import { renderPage } from '../../functions/core/status-page/markup.ts'
import { networkView } from '../../functions/core/status-page/page.ts'
import { freeze, network, now, order, orders, runAgo, stateBefore, zoneRecord } from '../helpers/core.ts'
import { statusTemplates } from '../helpers/status.ts'
import { settingsOf, zoneOf } from '../helpers/world.ts'

/** A state of the system in which something is wrong, and what of it must show. */
interface Troubled {
  readonly settings?: Partial<Settings>
  readonly stored?: Partial<Before>
  readonly edges?: Parameters<typeof runAgo>[1]
  readonly ago?: number
  readonly lastStatus?: string
  readonly network?: Partial<Network>
  /** Fewer live edges pass than are wanted, or nobody knows: nothing that a machine asks may be OK. */
  readonly isShort?: boolean
}

const up = { how: 0.1, live: true } as const
const down = (
  how: 'refused' | 'timeout' | 'bad_status' | 'verify_failed' | 'tls_error' | 'dns_error' | 'connection_error',
) => ({ how, live: true }) as const
const good = zoneRecord({ serial: 1, hash: 'h' })
const https = { testobject: { ...settingsOf().testobject, proto: 'https' as const } }
const ends = (days: number) => ({
  seen: { etags: new Map(), certificates: new Map([['a', now + days * 86_400_000]]) },
})
const spent = { rotations: Array.from({ length: 10 }, (_, at) => now - 60_000 - at).reverse() }

/** Add a state here, and every answer is held against it. */
const catalogue: Readonly<Record<string, Troubled>> = {
  ...Object.fromEntries(
    (
      ['refused', 'timeout', 'bad_status', 'verify_failed', 'tls_error', 'dns_error', 'connection_error'] as const
    ).flatMap(how => [
      [`one live edge ends in ${how}`, { edges: { a: up, b: down(how) }, isShort: true }],
      [`all live edges end in ${how}`, { edges: { a: down(how), b: down(how) }, isShort: true }],
    ]),
  ),
  'one edge alone is live, and fails': {
    settings: { edge_count: 1 },
    stored: { live: ['a'] },
    edges: { a: down('refused'), b: 0.1 },
    isShort: true,
  },
  'no edge is live': { stored: { live: [] }, edges: { a: 'refused', b: 'refused' }, isShort: true },
  'an edge is ordered away': {
    stored: { live: ['a'], orders: orders(order('b', 'unavailable')) },
    edges: { a: up, b: 0.1 },
    isShort: true,
  },
  'all edges are ordered away': {
    stored: { live: ['a'], orders: orders(order('a', 'unavailable'), order('b', 'unavailable')) },
    edges: { a: down('refused'), b: 'refused' },
    isShort: true,
  },
  'a dead edge is ordered live blindly': {
    stored: { orders: orders(order('b', 'blindforce')) },
    edges: { a: up, b: down('refused') },
    isShort: true,
  },
  'an order cannot be read': {
    stored: { live: ['a'], orders: new Map([['b', 'unreadable']]) },
    edges: { a: up, b: 0.1 },
    isShort: true,
  },
  'frozen with a dead edge': { stored: { freeze: freeze() }, edges: { a: up, b: down('refused') }, isShort: true },
  'the budget is spent and an edge dead': { stored: spent, edges: { a: up, b: down('refused') }, isShort: true },
  'cycles stopped an hour ago': { ago: 3600, isShort: true },
  'the last cycle failed': { lastStatus: 'failed', isShort: true },
  'cycles are blind': { lastStatus: 'blind', isShort: true },
  'no edge could be live': { lastStatus: 'no_edges', isShort: true },
  frozen: { stored: { freeze: freeze() } },
  'a freeze that cannot be read': { stored: { freeze: 'unreadable' } },
  'the budget is spent': { stored: spent },
  'a zone is due': { stored: { zones: new Map([['example.org', { ...good, due: true }]]) } },
  'a zone was never published': { stored: { zones: new Map() } },
  'an include is faulty': { network: { zones: [{ ...zoneOf('example.org'), include: null }] } },
  'a certificate ends soon': { settings: https, stored: ends(3) },
  'a certificate has ended': { settings: https, stored: ends(-3) },
  'stored state was lost': { stored: { warnings: ['the samples of an hour cannot be read'] } },
}

function stateOf({
  settings = {},
  stored = {},
  edges = { a: up, b: up },
  ago = 30,
  lastStatus = 'ok',
  ...rest
}: Troubled) {
  const net = network('ab', { edge_count: 2, ...settings }, rest.network)
  const zones = new Map([['example.org', good]])
  const state = stateBefore({ live: ['a', 'b'], zones, ...stored, runs: [runAgo(ago + 60, edges), runAgo(ago, edges)] })
  const lastCycle = now - ago * 1000
  return { network: net, stored: state, lastCycle, lastStatus, rotations: [], entries: [], now, spans: [] }
}

test('the catalogue has thirty states, and a sound one is green everywhere', () => {
  expect(Object.keys(catalogue).length).toBeGreaterThanOrEqual(30)
  const sound = stateOf({})
  expect(headlineOf(seen(sound)).tone).toBe('good')
  expect(healthOf([sound]).isWell).toBe(true)
  expect(allChecks({ ...sound, all: false })).toMatchObject({ status: 'OK' })
})

describe.each(Object.entries(catalogue))('%s', (name, troubled) => {
  const facts = stateOf(troubled)

  test('the page shows no green sign at its head', () => {
    const view = networkView(facts)
    const isQuietKind = /never published|certificate/.test(name)
    if (!isQuietKind) expect(view.headline.tone).not.toBe('good')
    const tones = view.notices.map(({ tone }) => tone)
    if (tones.includes('bad')) expect(['bad', 'fair']).toContain(view.headline.tone)
    expect(renderPage(statusTemplates(), [view], { refreshSeconds: null })).toContain(view.headline.tone)
  })

  test('what machines ask is not OK', () => {
    const checked = allChecks({ ...facts, all: false })
    const isSpoken = !/budget is spent$|state was lost/.test(name)
    if (isSpoken) expect(checked.status).not.toBe('OK')
    if (troubled.isShort === true) expect(healthOf([facts]).isWell).toBe(false)
  })

  test('metrics do not count more live edges as passing than do, and why tells of every edge', () => {
    const text = renderMetrics(metricsOf([facts], now))
    const passing = Number(/live_edges_passing\{[^}]*\} (\d+)/.exec(text)?.[1])
    const wanted = Number(/wanted_edges\{[^}]*\} (\d+)/.exec(text)?.[1])
    const isOld = (troubled.ago ?? 0) > 0 || troubled.lastStatus !== undefined
    if (troubled.isShort === true && !isOld) expect(passing).toBeLessThan(wanted)
    for (const edge of ['a', 'b']) {
      const { sentences, changes } = whyOf(edge, facts)
      expect(sentences.length * changes.length).toBeGreaterThan(0)
    }
  })
})
