import { aheadMs } from '../domain/limits.ts'
import { isPassing } from '../domain/model.ts'
import { spanWords, utcWords } from '../domain/time-words.ts'
import { failedWords } from '../history/failure-words.ts'
import { logOf } from '../inspect/log.ts'
import { sinceOf } from '../inspect/since.ts'
import type { CanaryReport } from '../report/report.ts'
import type { Pushed, ZoneRecord } from '../state/network-state.ts'
import { type EdgeRow, edgeRowsOf, sinceWords, type Tone, toneOf, traceSpark } from './edge-rows.ts'
import { type Seen, type StatusFacts, seen } from './facts.ts'
import { type Figure, figuresOf, headlineOf } from './headline.ts'
import { type Notice, noticesOf } from './notices.ts'
import { type SightView, sightOf } from './sight.ts'
import { traceOf } from './trace.ts'
import { counted } from './words.ts'

/** One network as the page shows it. Every text is unescaped, but sparklines, which are markup. */
export interface NetworkView {
  readonly name: string
  readonly headline: Notice
  readonly notices: readonly Notice[]
  readonly figures: readonly Figure[]
  /** Titles of the columns of sparklines. */
  readonly spans: readonly string[]
  readonly edges: readonly EdgeRow[]
  /** Who saw what of edges that fail here; null where nobody was asked. */
  readonly sight: SightView | null
  readonly canaries: readonly CanaryRow[]
  /** Those of the last day, newest first. */
  readonly rotations: readonly RotationRow[]
  /** What else happened in the last day, newest first. */
  readonly log: readonly LogRow[]
  readonly zones: ZonesView
}

export interface CanaryRow {
  readonly zone: string
  readonly address: string
  readonly tone: Tone
  readonly judgement: string
  readonly since: string
  readonly fetch: string
  readonly used: string
  readonly sparks: readonly string[]
}

export interface RotationRow {
  readonly time: string
  readonly ago: string
  readonly changes: readonly { readonly sign: '+' | '−'; readonly edge: string; readonly reason: string }[]
}

export interface LogRow {
  readonly time: string
  readonly tone: Tone
  readonly text: string
}

export interface ZonesView {
  readonly summary: string
  readonly rows: readonly ZoneRow[]
  /** Whether the network pushes to Route 53. */
  readonly hasRecords: boolean
  /** Few enough to be shown at once. */
  readonly isShort: boolean
  /** How many more zones there are; null if none. */
  readonly more: string | null
}

export interface ZoneRow {
  readonly zone: string
  readonly serial: string
  readonly written: string
  readonly tone: Tone
  readonly status: string
  /** What became of its records in Route 53; empty where the network does not push. */
  readonly records: string
}

const dayMs = 86_400_000
/** How many zones a page lists, those that need attention first. */
const maxZones = 200
const fewZones = 12

/** What the status page says of a network (behaviour's words throughout). */
export function networkView(facts: StatusFacts): NetworkView {
  const all = seen(facts)
  return {
    name: facts.network.name,
    headline: headlineOf(all),
    notices: noticesOf(all),
    figures: figuresOf(all),
    spans: facts.spans.map(span => span.title),
    edges: edgeRowsOf(all),
    sight: sightOf(all),
    canaries: canaryRowsOf(all),
    rotations: rotationRows(all),
    log: logRows(all),
    zones: zonesView(all),
  }
}

function canaryRowsOf({ last, network, stored, spans, now }: Seen): CanaryRow[] {
  return (last?.canaries ?? []).map(canary => {
    const { address, judgement, outcome, fetchSeconds } = canary
    const since = sinceOf(stored.history.runs, 'canary', address, entry => isPassing(entry.judgement))
    return {
      zone: canary.zone,
      address,
      tone: toneOf(judgement),
      judgement: judgement ?? 'not judged',
      since: sinceWords(since, now),
      fetch: outcome === 'ok' ? Number(fetchSeconds).toFixed(3) : canaryFailure(canary),
      used: canary.used ? 'in its zone' : 'not in its zone',
      sparks: spans.map(span =>
        traceSpark(traceOf(stored.history.runs, 'canary', address, span), network.settings.goodenough, span),
      ),
    }
  })
}

/** "bad_status: status 503 in 0.65 s". */
function canaryFailure({ outcome, ...failed }: CanaryReport): string {
  const words = failedWords({ detail: outcome, ...failed })
  return words === outcome ? outcome : `${outcome}: ${words}`
}

function rotationRows({ rotations, now }: Seen): RotationRow[] {
  return rotations
    .filter(({ time }) => now - time <= dayMs && time <= now + aheadMs)
    .map(rotation => ({
      time: utcWords(rotation.time),
      ago: `${spanWords(now - rotation.time)} ago`,
      changes: [
        ...rotation.in.map(change => ({ sign: '+' as const, ...change })),
        ...rotation.out.map(change => ({ sign: '−' as const, ...change })),
      ],
    }))
}

/** How many lines a page lists. */
const maxLines = 100

function logRows({ network, stored, entries = [], now }: Seen): LogRow[] {
  const { runs } = stored.history
  const lines = logOf({ network, runs, rotations: [], entries, from: now - dayMs, now })
  const shown = lines.reverse().slice(0, maxLines)
  return shown.map(({ time, text, isTrouble }) => ({ time: utcWords(time), tone: isTrouble ? 'fair' : 'quiet', text }))
}

function zonesView({ network, stored, now }: Seen): ZonesView {
  const hasRecords = network.settings.route53.enabled
  const configured = new Set(network.zones.map(zone => zone.name))
  const faulty = new Set(network.zones.filter(zone => zone.include === null).map(zone => zone.name))
  const all = [...new Set([...configured, ...stored.zones.keys()])].map(zone => {
    const record = stored.zones.get(zone)
    const serial = record?.serial ?? 0
    return {
      zone,
      serial: serial === 0 ? '–' : String(serial),
      // A serial that a wrong clock gave out, or that was counted on from there, tells no time.
      written: serial === 0 || serial * 1000 > now + aheadMs ? '' : utcWords(serial * 1000),
      ...zoneStatus(record, configured.has(zone), faulty.has(zone)),
      records: hasRecords ? recordWords(stored.pushed.get(zone), now) : '',
    }
  })
  const rows = all.sort((a, b) => urgency(a.tone) - urgency(b.tone) || (a.zone < b.zone ? -1 : 1))
  const due = rows.filter(row => row.status.startsWith('due')).length
  const orphaned = rows.filter(({ zone }) => !configured.has(zone) && stored.zones.get(zone)?.unclaimed !== true).length
  const counts = [counted(configured.size, 'zone'), `${due} due`, `${faulty.size} with a faulty include`]
  return {
    summary: [...counts, ...(orphaned > 0 ? [`${orphaned} orphaned`] : [])].join(', '),
    rows: rows.slice(0, maxZones),
    hasRecords,
    isShort: rows.length <= fewZones,
    more: rows.length > maxZones ? counted(rows.length - maxZones, 'more zone') : null,
  }
}

function zoneStatus(
  record: ZoneRecord | undefined,
  isConfigured: boolean,
  isFaulty: boolean,
): { tone: Tone; status: string } {
  if (record?.due === true) return { tone: 'bad', status: 'due: a write was not confirmed' }
  if (isFaulty) return { tone: 'bad', status: 'its include is faulty' }
  if (!isConfigured && record?.unclaimed === true) return { tone: 'fair', status: 'handed over to another network' }
  if (!isConfigured) return { tone: 'fair', status: 'orphaned: gone from the configuration' }
  return record?.hash ? { tone: 'good', status: 'published' } : { tone: 'fair', status: 'not published yet' }
}

function recordWords(pushed: Pushed | undefined, now: number): string {
  if (pushed === undefined) return 'not pushed yet'
  if (pushed.due !== null) return `due for ${spanWords(now - pushed.due)}`
  return pushed.sets.length === 0 ? 'not pushed yet' : 'published'
}

function urgency(tone: Tone): number {
  return ['bad', 'fair', 'good', 'quiet'].indexOf(tone)
}
