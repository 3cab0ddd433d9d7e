import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openConfiguration } from '../../functions/app/choose-network.ts'
import type { Network } from '../../functions/core/config/network.ts'
import { alarmRules } from '../../functions/core/operation/alarm-rules.ts'
import type { Report } from '../../functions/core/report/report.ts'
import { signalsOf } from '../../functions/core/report/signals.ts'
import { startCommand } from '../helpers/command.ts'
import { runInside } from '../helpers/in-process.ts'
import { parseMetrics } from '../helpers/prometheus.ts'
import { startTroubledSite, type TroubledSite } from '../helpers/troubled-site.ts'
import { type Troubled, troubledStates } from '../helpers/troubled-states.ts'

// Networks in all kinds of trouble, each brought there by cycles of its own, some ten in a store. Whatever can be asked is
// asked, and no answer may tell of a state better than it is (behaviour §8.6).

/** What is said of all networks of a store at once. */
interface Answers {
  readonly table: string
  readonly page: string
  readonly networks: string
  readonly metrics: string
  readonly health: { readonly status: number; readonly text: string }
  readonly json: ReadonlyMap<string, { readonly headline: { readonly tone: string; readonly text: string } }>
}

/** A store with what it says, and the networks as they are configured. */
interface Asked {
  readonly site: TroubledSite
  readonly answers: Answers
  readonly configured: ReadonlyMap<string, Network>
}

/** Every command reads the whole configuration again: what a hundred of them cost grows with the networks in it. */
const storeCount = 4
const asked: Asked[] = []
/** By the name of a network: the store that it is in. */
const of = (network: string) => asked.find(({ site }) => site.reports.has(network)) as Asked

beforeAll(async () => {
  const states = Object.entries(troubledStates)
  const parts = Array.from({ length: storeCount }, (_, nth) => states.filter((_, at) => at % storeCount === nth))
  asked.push(
    ...(await Promise.all(
      parts.map(async part => {
        const site = await startTroubledSite(Object.fromEntries(part))
        const { networks } = openConfiguration(site.config)
        const configured = new Map(networks.map(network => [network.name, network]))
        return { site, answers: await answersOf(site), configured }
      }),
    )),
  )
}, 240_000)

afterAll(() => Promise.all(asked.map(({ site }) => site.close())))

async function answersOf({ config, storage }: TroubledSite): Promise<Answers> {
  const at = ['-c', config, '--local', storage]
  const file = join(storage, 'status.html')
  const table = await runInside(['status', ...at])
  const networks = await runInside(['query', ...at])
  const metrics = await runInside(['metrics', ...at])
  await runInside(['status', '--html', file, ...at])
  const served = startCommand(['status', '--serve', '0', ...at])
  await served.printed('http://127.0.0.1:')
  const url = served.stdout().trim()
  const health = await fetch(`${url}healthz`)
  const json = (await (await fetch(`${url}status.json`)).json()) as { name: string; headline: never }[]
  const answers = {
    table: table.stdout,
    page: readFileSync(file, 'utf8'),
    networks: networks.stdout,
    metrics: metrics.stdout,
    health: { status: health.status, text: await health.text() },
    json: new Map(json.map(one => [one.name, one])),
  }
  served.child.kill('SIGTERM')
  await served.ended
  return answers
}

/** Asks a command about one network, inside this process: it is what the process would run. */
const ask = (network: string, ...words: string[]) => {
  const { config, storage } = of(network).site
  return runInside([...words, '-A', network, words[0] === 'check' ? '--config' : '-c', config, '--local', storage])
}
/** The part of a text about a network that begins with this, up to the next one. */
const partOf = (text: string, begin: RegExp, next: RegExp) => {
  const from = text.slice(text.search(begin))
  const end = from.slice(1).search(next)
  return end < 0 ? from : from.slice(0, end + 1)
}
const checks = ['integrity', 'latency', 'rotation', 'freshness', 'live', 'all']
/** What an order, a budget or a certificate has to do with is not everybody's to tell. */
const isWellServed = (name: string) => /^(budget-spent)$/.test(name)
const isKnownAll = (name: string) => !/^stopped/.test(name)

test('the catalogue has thirty states and more', () => {
  expect(Object.keys(troubledStates).length).toBeGreaterThanOrEqual(30)
  expect(asked.map(({ answers }) => answers.health.status)).toEqual(Array.from({ length: storeCount }, () => 503))
})

describe.each(Object.entries(troubledStates))('%s', (name, { passing, isShort }: Troubled) => {
  test('it is the state that it is called', () => {
    const report = of(name).site.reports.get(name) as Report
    if (passing !== null && isKnownAll(name)) expect([name, report.passing]).toEqual([name, passing])
    if (isShort && passing !== null) expect(report.passing).toBeLessThan(report.wanted)
  })

  test('the page, its table and its JSON show nothing green at the head, and say no good word alone', () => {
    const { answers } = of(name)
    const { headline } = answers.json.get(name) ?? { headline: { tone: 'missing', text: '' } }
    expect([name, headline.tone]).not.toEqual([name, 'good'])
    expect(['fair', 'bad']).toContain(headline.tone)
    const section = partOf(answers.page, new RegExp(`<section[^>]*data-network="${name}"`), /<section/)
    expect(section).toContain(`<p class="headline ${headline.tone}"`)
    expect(answers.table.split('\n')).toContain(`${name}: ${headline.text}`)
    if (isShort) expect(headline.text).not.toMatch(/^(All \d+ live edges pass|The live edge passes)\.$/)
  })

  test('the checks that are asked about it are not all well', async () => {
    const all = await ask(name, 'check', 'all')
    if (!isWellServed(name)) expect([name, all.status, all.stdout]).not.toEqual([name, 0, all.stdout])
    expect(all.status === 0).toBe(/^EDGE_ALL OK/.test(all.stdout))
  })

  test('why tells of every edge how it stands, and never that a dead one is well', async () => {
    const report = of(name).site.reports.get(name) as Report
    for (const { edge, outcome, judgement } of report.edges) {
      const { status, stdout } = await ask(name, 'why', edge)
      expect([name, edge, status]).toEqual([name, edge, 0])
      expect(stdout).toMatch(/\nWhat would change it/)
      expect(stdout).not.toMatch(/undefined|NaN|null/)
      if (outcome !== 'ok' && judgement === 'fail' && isKnownAll(name)) expect(stdout).toContain('judged fail')
      if (name === 'all-ordered-away') expect(stdout).toContain('no edge can be live')
    }
  })
})

describe.each(Object.entries(troubledStates).filter(([, { isShort }]) => isShort))(
  'too few: %s',
  (name, { passing }) => {
    test('check live, healthz and the list of networks tell of the shortage, or that nobody knows', async () => {
      expect((await ask(name, 'check', 'live')).status).not.toBe(0)
      const { answers } = of(name)
      expect(answers.health.text).not.toMatch(new RegExp(`^${name}: ok$`, 'm'))
      const row = new RegExp(`^${name}\\t\\d+\\t\\d+\\t(\\d+)\\t\\d+$`, 'm').exec(answers.networks)
      if (passing !== null) expect(Number(row?.[1])).toBe(passing)
      else expect(row).not.toBeNull()
    })

    test('metrics count fewer passing edges than wanted, or show the age of what they tell', () => {
      const series = parseMetrics(of(name).answers.metrics)
      const sampleOf = (family: string) =>
        series.find(one => one.name === `edgemanage_${family}`)?.series.find(({ labels }) => labels.network === name)
          ?.value
      if (passing !== null)
        expect(Number(sampleOf('live_edges_passing'))).toBeLessThan(Number(sampleOf('wanted_edges')))
      else expect(Number(sampleOf('last_cycle_age_seconds'))).toBeGreaterThan(name.startsWith('stopped') ? 3000 : -1)
    })

    test('an alarm goes off if it lasts', () => {
      const report = of(name).site.reports.get(name) as Report
      const network = (of(name).configured.get(name) ?? of('one-refuse').configured.get('one-refuse')) as Network
      const signals = name.startsWith('stopped') ? {} : signalsOf(report, network.settings.certificate_days)
      const isGoing = alarmRules(network).filter(({ metric, statistic, when, threshold, missing }) => {
        if (metric === 'Errors') return report.status === 'failed'
        const value = statistic === 'SampleCount' ? Number(metric in signals) : signals[metric]
        if (value === undefined) return missing === 'breaching'
        return when === '<' ? value < threshold : value >= threshold
      })
      expect([name, isGoing.length]).not.toEqual([name, 0])
    })

    test('a quiet cycle is not silent about it, and the log has a line of trouble', async () => {
      const isCycle = !name.startsWith('stopped')
      if (isCycle) expect(of(name).site.quiet).toMatch(new RegExp(`(^|\\s)${name}[,:]`, 'm'))
      const { stdout } = await ask(name, 'log', '--since', '3h')
      expect([name, stdout]).toEqual([name, expect.stringMatching(/shortage|no cycle was recorded|cycles began to/)])
    })
  },
)

describe.each(Object.entries(troubledStates).filter(([, { passing }]) => passing === 0))('an outage: %s', name => {
  test('in an outage no check is OK that looks at edges', async () => {
    for (const check of checks) {
      const { status, stdout } = await ask(name, 'check', check)
      expect([name, check, status, stdout]).not.toEqual([name, check, 0, stdout])
    }
  })
})
