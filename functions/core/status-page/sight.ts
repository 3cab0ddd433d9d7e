import { byName } from '../domain/model.ts'
import type { EdgeReport } from '../report/report.ts'
import { type Tone, toneOf } from './edge-rows.ts'
import type { Seen } from './facts.ts'

/** Who saw what of edges that fail here (behaviour §10.2). */
export interface SightView {
  /** Titles of the columns. */
  readonly regions: readonly string[]
  readonly rows: readonly SightRow[]
}

export interface SightRow {
  readonly edge: string
  readonly verdict: string
  readonly tone: Tone
  /** How the prober's own probe ended. */
  readonly here: string
  /** For each region; a dash where it did not vote. */
  readonly seen: readonly { readonly text: string; readonly tone: Tone }[]
}

/** What vantage points saw of the edges that they had a say about in the last cycle; null where there are none. */
export function sightOf({ last, network }: Pick<Seen, 'last' | 'network'>): SightView | null {
  const told = (last?.edges ?? []).filter(({ disputed, votes }) => disputed === true || votes !== undefined)
  if (told.length === 0) return null
  const voted = told.flatMap(({ votes = [] }) => votes.map(({ region }) => region))
  const regions = [...new Set([...network.settings.vantages, ...voted])].sort(byName)
  return { regions, rows: told.map(row => rowOf(row, regions)) }
}

function rowOf({ edge, disputed, outcome, judgement, votes = [] }: EdgeReport, regions: readonly string[]): SightRow {
  const byRegion = new Map(votes.map(vote => [vote.region, vote.outcome]))
  return {
    edge,
    verdict: disputed === true ? 'disputed: it stays' : 'confirmed: it fails elsewhere, too',
    tone: disputed === true ? 'fair' : toneOf(judgement),
    here: outcome,
    seen: regions.map(region => {
      const text = byRegion.get(region)
      if (text === undefined) return { text: '–', tone: 'quiet' }
      return { text, tone: text === 'ok' ? 'good' : 'bad' }
    }),
  }
}
