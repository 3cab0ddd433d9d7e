import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readStatusTemplates } from '../../adapters/files/status-templates.ts'
import { clock } from '../../adapters/time/clock.ts'
import { networksInForce } from '../../app/configuration/choose.ts'
import { exitStatus } from '../../app/exit-status.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { loadStorage, type OpenStorage, storageAt } from '../../app/open-storage.ts'
import { root } from '../../app/package-files.ts'
import { existingPlaceOf } from '../../app/target.ts'
import { withStorage } from '../../app/with-storage.ts'
import type { Network } from '../../core/config/network.ts'
import { UsageError } from '../../core/domain/errors.ts'
import { healthOf } from '../../core/inspect/health.ts'
import { metricsOf } from '../../core/inspect/network-metrics.ts'
import { renderMetrics } from '../../core/inspect/prometheus.ts'
import { defaultSpans, type StatusFacts, seen } from '../../core/status-page/facts.ts'
import { figuresOf, headlineOf } from '../../core/status-page/headline.ts'
import { renderPage } from '../../core/status-page/markup.ts'
import { noticesOf } from '../../core/status-page/notices.ts'
import { networkView } from '../../core/status-page/page.ts'
import { statusFacts } from '../../cycle/status-facts.ts'
import { renderCanaries, renderEdges } from '../output/edges.ts'
import { lines } from '../output/report.ts'
import { wrapped } from '../output/table.ts'
import { leftOutLines, problemTeller, tellLeftOut } from '../output/tell.ts'
import type { Style, Terminal } from '../output/terminal.ts'
import type { Routes } from './status-server.ts'

export interface StatusFlags extends NetworkFlags {
  /** The file to write the page to. */
  readonly html?: string
  /** The port of loopback to serve the page on; 0: any that is free. */
  readonly serve?: number
}

/** How often an open page that is served reloads itself. */
const refreshSeconds = 15

/** `edgemanage status`: a table, or the page as a file or served on loopback. */
export async function status(flags: StatusFlags, terminal: Terminal, env: NodeJS.ProcessEnv): Promise<number> {
  if (flags.html !== undefined && flags.serve !== undefined) {
    throw new UsageError('--html and --serve cannot be used together')
  }
  const place = existingPlaceOf(flags, env)
  const open = storageAt(place, env)
  const { chosen, faults } = await networksInForce(flags, env)
  const networks = chosen.map(({ network }) => network)
  tellLeftOut(faults, terminal)
  if (flags.serve !== undefined) {
    const { serveStatus } = await import('./status-server.ts')
    await loadStorage(place, [])
    // The configuration is read again for each request: it may change meanwhile.
    const tellFaults = problemTeller(terminal)
    const look = async () => {
      const found = await networksInForce(flags, env)
      tellFaults(found.faults)
      const facts = await factsOf(
        found.chosen.map(({ network }) => network),
        open,
      )
      return { facts, faults: leftOutLines(found.faults) }
    }
    return serveStatus(routesOf(look), flags.serve, terminal)
  }
  const facts = await factsOf(networks, open)
  if (flags.html !== undefined) {
    await writeFile(flags.html, pageOf(facts, null))
    terminal.err(`edgemanage: the status page is ${flags.html}\n`)
  } else if (flags.json === true) terminal.out(facts.map(one => `${JSON.stringify(summary(one))}\n`).join(''))
  else terminal.out(facts.map(one => lines(textOf(one, terminal))).join('\n'))
  return exitStatus.success
}

/** What one look found, and what is said of networks that are left out. */
interface Look {
  readonly facts: readonly StatusFacts[]
  readonly faults: readonly string[]
}

function routesOf(look: () => Promise<Look>): Routes {
  const plain = 'text/plain; charset=utf-8'
  return {
    '/': async () => ({ type: 'text/html; charset=utf-8', text: pageOf((await look()).facts, refreshSeconds) }),
    '/metrics': async () => {
      const text = renderMetrics(metricsOf((await look()).facts, clock()))
      return { type: 'text/plain; version=0.0.4; charset=utf-8', text }
    },
    '/healthz': async () => {
      const { facts, faults } = await look()
      const { isWell, text } = healthOf(facts)
      const status = isWell && faults.length === 0 ? 200 : 503
      return { status, type: plain, text: `${text}${faults.map(line => `${line}\n`).join('')}` }
    },
    '/status.json': async () => {
      return { type: 'application/json; charset=utf-8', text: `${JSON.stringify((await look()).facts.map(summary))}\n` }
    },
  }
}

function factsOf(networks: readonly Network[], open: OpenStorage): Promise<StatusFacts[]> {
  const now = clock()
  return withStorage(open, true, ({ journal }) =>
    Promise.all(networks.map(network => statusFacts(network, journal, now, defaultSpans(now)))),
  )
}

function pageOf(facts: readonly StatusFacts[], refresh: number | null): string {
  const templates = readStatusTemplates(join(root, 'templates'))
  return renderPage(templates, facts.map(networkView), { refreshSeconds: refresh })
}

/** The status of a network for programs: the page without its pictures. */
function summary(facts: StatusFacts): object {
  const { edges, canaries, spans: _spans, ...rest } = networkView({ ...facts, spans: [] })
  const withoutPictures = <Row extends { readonly sparks: unknown }>({ sparks: _sparks, ...row }: Row) => row
  return { ...rest, edges: edges.map(withoutPictures), canaries: canaries.map(withoutPictures) }
}

/** The figures are not broken into shorter lines, however narrow the terminal. */
const minLine = 20

const styles = { good: 'green', fair: 'yellow', bad: 'red', quiet: 'dim' } as const satisfies Record<string, Style>

function textOf(facts: StatusFacts, { paint, width }: Terminal): string[] {
  const all = seen(facts)
  const headline = headlineOf(all)
  const look = { paint, width, verbose: false }
  const figures = figuresOf(all)
    .map(({ label, value }) => `${label}: ${value}`)
    .join(', ')
  const edges = all.last?.edges ?? []
  const canaries = all.last?.canaries ?? []
  return [
    `${paint('bold', facts.network.name)}: ${paint(styles[headline.tone], headline.text)}`,
    ...noticesOf(all).map(({ tone, text }) => paint(styles[tone], `! ${text}`)),
    ...wrapped(figures, Math.max(minLine, width)),
    ...(edges.length === 0 ? [] : ['', ...renderEdges(edges, look)]),
    ...(canaries.length === 0 ? [] : ['', ...renderCanaries(canaries, look)]),
  ]
}
