import { type Network, wantedEdges } from '../config/network.ts'
import { isPassing, type Judgement } from '../domain/model.ts'
import { counted, firstOf, oneLine } from '../domain/printable.ts'
import { entryOf, type History } from '../history/history.ts'
import type { Run } from '../history/run.ts'
import type { Change } from '../live-set/rotation.ts'
import { countServers, servedChanges } from '../publication/served.ts'
import type { Before } from '../state/network-state.ts'
import type { ServedRow } from '../state/served-seen.ts'
import { disputesOf } from './disputes.ts'
import { edgesGone } from './edges-gone.ts'
import { cutTo, type Event, eventVersion, fitted, type Happening, maxEdges, maxReason } from './event.ts'
import type { EdgeReport, Report } from './report.ts'

/** The state of an edge, as far as events tell it. */
interface Stand {
  readonly judgement: Judgement | null
  readonly state: 'in' | 'out'
}

/** What was known before a cycle, as far as its events need it. */
export interface Earlier extends Pick<Before, 'live' | 'history'> {
  /** How the cycle before ended; null if there was none. */
  readonly status: string | null
  /** Name servers that were stale or unreachable; left out: none was. */
  readonly late?: readonly ServedRow[]
}

const maxZones = 1_000
const maxWarnings = 10

/**
 * What a recorded cycle has to tell (issue "Events"): nothing where nothing changed. Shortage, blindness and wrong
 * bodies are told when they begin and when they end, judged by the newest recorded cycle before this one.
 */
export function eventsOf(report: Report, earlier: Earlier, network: Network): Event[] {
  if (report.dryRun) return []
  const event = (happening: Happening, facts: object): Event => ({
    happening,
    detail: fitted(happening, { version: eventVersion, network: report.network, time: report.startedAt, ...facts }),
  })
  const blind = blindness(report, earlier)
  if (report.status === 'blind') return blind.map(facts => event('blind', facts))
  const changed = report.edges.flatMap(edge => stateChange(edge, earlier))
  const published = report.zones.filter(zone => zone.action === 'published')
  return [
    ...(report.rotated || published.length > 0 ? [event('cycle finished with changes', summaryOf(report))] : []),
    ...(report.rotated ? [event('edges rotated', rotationOf(report))] : []),
    ...(published.length > 0 ? [event('zones published', zonesOf(published))] : []),
    ...(changed.length > 0 ? [event('edge state changed', cutTo('edges', changed, maxEdges))] : []),
    ...shortages(report, earlier, network).map(facts => event('shortage', facts)),
    ...blind.map(facts => event('blind', facts)),
    ...verification(report, earlier).map(facts => event('verification failed', facts)),
    ...nameServers(report, earlier).map(facts => event('name servers', facts)),
    ...disputesOf(report, earlier.history, maxEdges).map(facts => event('disputed', facts)),
  ]
}

function summaryOf({ status, durationMs, live, rotated, frozen, zones, warnings }: Report): object {
  const count = (action: string) => zones.filter(zone => zone.action === action).length
  return {
    ...{ status, durationMs, rotated, frozen, liveEdges: live.length },
    zones: { published: count('published'), due: count('due'), invalid: count('invalid') },
    warnings: firstOf(warnings, maxWarnings, rest => `and ${counted(rest, 'more warning')}`),
    warningCount: warnings.length,
  }
}

function rotationOf(report: Report): object {
  const short = (changes: readonly Change[]) =>
    changes.slice(0, maxEdges).map(({ edge, reason }) => ({ edge, reason: oneLine(reason, maxReason) }))
  return {
    live: report.live.slice(0, maxEdges),
    liveEdges: report.live.length,
    in: short(report.in),
    inEdges: report.in.length,
    out: short(report.out),
    outEdges: report.out.length,
  }
}

function zonesOf(published: Report['zones']): object {
  return cutTo(
    'zones',
    published.map(({ zone, serial }) => ({ zone, serial })),
    maxZones,
  )
}

/** A change between passing and failing, or of a place in the live set; an edge never judged begins with its place. */
function stateChange({ edge, judgement, state, reason }: EdgeReport, { live, history }: Earlier): object[] {
  const newest = history.runs.at(-1)
  const was = newest === undefined ? null : entryOf(newest, 'edge', edge)
  const before: Stand = { judgement: was?.judgement ?? null, state: live?.includes(edge) ? 'in' : 'out' }
  const isJudged = before.judgement !== null && judgement !== null
  const isTurn = isJudged && isPassing(before.judgement) !== isPassing(judgement)
  if (!isTurn && before.state === state) return []
  return [{ edge, judgement, state, before, reason: oneLine(reason, maxReason) }]
}

/** A shortage that begins or ends: fewer live edges pass than are wanted. */
function shortages(report: Report, { history }: Earlier, network: Network): object[] {
  const wanted = wantedEdges(network)
  const passing = report.edges.filter(edge => edge.state === 'in' && isPassing(edge.judgement)).length
  const isShort = passing < wanted
  const newest = history.runs.at(-1)
  const wasShort =
    newest !== undefined &&
    newest.roster.edges.filter(name => {
      const entry = entryOf(newest, 'edge', name)
      return entry?.live && isPassing(entry.judgement)
    }).length < Math.min(network.settings.edge_count, newest.roster.edges.length)
  return isShort === wasShort ? [] : [{ began: isShort, passing, wanted }]
}

function blindness(report: Report, { status }: Earlier): object[] {
  const isBlind = report.status === 'blind'
  return isBlind === (status === 'blind') ? [] : [{ began: isBlind }]
}

/** Edges that began to serve a wrong body, or ceased to, be it that they left; a probe that was skipped tells neither. */
function verification(report: Report, { history }: Earlier): object[] {
  const told = report.edges.filter(({ outcome }) => outcome !== 'skipped')
  const isWrong = ({ outcome }: EdgeReport) => outcome === 'verify_failed'
  const wasWrong = (edge: string) => lastOutcome(history, edge) === 'verify_failed'
  const names = (rows: readonly EdgeReport[]) => rows.map(({ edge }) => edge)
  const began = names(told.filter(isWrong)).filter(edge => !wasWrong(edge))
  const fine = names(told.filter(row => !isWrong(row)))
  const ended = [...fine, ...edgesGone(history, report.edges)].filter(wasWrong)
  if (began.length + ended.length === 0) return []
  const counts = { beganCount: began.length, endedCount: ended.length, count: told.filter(isWrong).length }
  return [{ began: began.slice(0, maxEdges), ended: ended.slice(0, maxEdges), ...counts }]
}

/** Name servers that began to be stale or unreachable for a zone, or ceased to (behaviour §12). */
function nameServers({ served }: Report, { late = [] }: Earlier): object[] {
  const { began, ended } = servedChanges(late, served)
  if (began.length + ended.length === 0) return []
  const short = (rows: readonly ServedRow[]) => rows.slice(0, maxEdges)
  return [{ began: short(began), ended: short(ended), count: countServers(served) }]
}

/** How an edge's newest probe before this cycle ended that was not skipped; null if there is none. */
function lastOutcome({ runs }: History, edge: string): string | null {
  for (let at = runs.length - 1; at >= 0; at--) {
    const entry = entryOf(runs[at] as Run, 'edge', edge)
    if (entry === null) return null
    if (entry.outcome !== 'skipped') return entry.outcome
  }
  return null
}
