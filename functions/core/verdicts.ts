import { entryOf, type History } from './history.ts'
import { byName, isFailure, isPassing } from './model.ts'
import type { Participant } from './participants.ts'
import type { Verdict, Vote } from './run.ts'

/** How many edges vantage points are asked about in one cycle, at most (behaviour §10.2). */
export const maxAskedEdges = 16

/** A verdict stands for so many recorded cycles; then the vantage points are asked again (behaviour §10.2). */
const cyclesBetweenQuestions = 5

/** A verdict of an earlier cycle about an edge that has not passed since. */
export interface StandingVerdict extends Verdict {
  /** How many recorded cycles ago it was given; the newest recorded cycle is 1. */
  readonly cyclesAgo: number
}

/** What there is to ask the vantage points in a cycle. */
export interface Inquiry {
  /** Edges to ask about, by name, at most 16. */
  readonly ask: readonly string[]
  /** Edges that would fall and are not asked about, as there are too many; by name. */
  readonly unasked: readonly string[]
  /** By edge that would fall: the verdict that stands, without asking anybody. */
  readonly standing: ReadonlyMap<string, Verdict>
}

/**
 * The verdict that still holds for an edge from earlier cycles, null if there is none: the last one of this streak of
 * failures. A probe that succeeded ends it, and so does leaving the list (behaviour §10.2, §2.4).
 */
export function standingVerdict(history: History, edge: string): StandingVerdict | null {
  for (let cyclesAgo = 1; cyclesAgo <= history.runs.length; cyclesAgo++) {
    const run = history.runs[history.runs.length - cyclesAgo]
    const entry = run === undefined ? null : entryOf(run, 'edge', edge)
    if (run === undefined || entry === null || entry.outcome === 'ok') return null
    const found = run.circumstances?.verdicts.get(edge)
    if (found !== undefined) return { ...found, cyclesAgo }
  }
  return null
}

/**
 * Members of the recorded live set that turn from a passing judgement to `fail` in this cycle because their probe failed,
 * by name (behaviour §10.2). `edges` are assessed as if there were no vantage points.
 */
export function fallingEdges(edges: readonly Participant[]): string[] {
  return edges
    .filter(({ wasIn, assessed: { judgement, probe, standing } }) => {
      return wasIn && isFailure(probe.outcome) && judgement === 'fail' && isPassing(standing.judgement)
    })
    .map(({ name }) => name)
    .sort(byName)
}

/**
 * Whom to ask about, where these edges would fall: all whose last verdict is missing or five recorded cycles old, the first
 * 16 by name (behaviour §10.2).
 */
export function inquiryOf(falling: readonly string[], history: History): Inquiry {
  const standing = new Map<string, Verdict>()
  const open: string[] = []
  for (const edge of falling) {
    const found = standingVerdict(history, edge)
    if (found === null || found.cyclesAgo >= cyclesBetweenQuestions) open.push(edge)
    else standing.set(edge, { verdict: found.verdict, votes: found.votes })
  }
  open.sort(byName)
  return { ask: open.slice(0, maxAskedEdges), unasked: open.slice(maxAskedEdges), standing }
}

/**
 * What the votes make of the edges that were asked about: `disputed` where at least half of them, the prober's own `fail`
 * included, are `ok`; otherwise `confirmed`. An edge nobody voted on has no verdict. Where there were more than 16 and half
 * of those asked about are disputed, all are (behaviour §10.2). `votes`: by edge, without abstentions.
 */
export function verdictsOf(inquiry: Inquiry, votes: ReadonlyMap<string, readonly Vote[]>): Map<string, Verdict> {
  const verdicts = new Map<string, Verdict>()
  for (const edge of inquiry.ask) {
    const cast = votes.get(edge) ?? []
    if (cast.length > 0) verdicts.set(edge, { verdict: isDisputed(cast) ? 'disputed' : 'confirmed', votes: cast })
  }
  const disputed = [...verdicts.values()].filter(({ verdict }) => verdict === 'disputed').length
  if (inquiry.unasked.length === 0 || disputed * 2 < inquiry.ask.length) return verdicts
  for (const edge of [...inquiry.ask, ...inquiry.unasked]) {
    verdicts.set(edge, { verdict: 'disputed', votes: verdicts.get(edge)?.votes ?? [] })
  }
  return verdicts
}

function isDisputed(votes: readonly Vote[]): boolean {
  const ok = votes.filter(({ outcome }) => outcome === 'ok').length
  const proberItself = 1
  return ok * 2 >= votes.length + proberItself
}
