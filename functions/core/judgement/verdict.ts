import { byName, isFailure, isPassing } from '../domain/model.ts'
import { entryOf, type History } from '../history/history.ts'
import type { Run, Verdict, Vote } from '../history/run.ts'
import type { Assessed } from './assess.ts'

/** How many edges vantage points are asked about in one cycle, at most (behaviour §10.2). */
export const maxAskedEdges = 16

/** How many recorded cycles a dispute lasts before the vantage points are asked again (behaviour §10.2). */
const cyclesBetweenQuestions = 5

/** An edge as far as vantage points have to do with it. */
export interface Judged {
  readonly name: string
  /** Member of the recorded live set. */
  readonly wasIn: boolean
  /** As the prober alone would have it. */
  readonly assessed: Assessed
}

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
  /** Edges that would fall and that no vantage point can fetch from; by name. */
  readonly outOfReach: readonly string[]
}

/**
 * The newest verdict about an edge that still counts, null if there is none. A probe that succeeded ends a dispute, and a
 * judgement `pass…` on such a probe ends a confirmation; leaving the list ends both (behaviour §10.2, §2.4).
 */
export function standingVerdict(history: History, edge: string): StandingVerdict | null {
  let answered = false
  for (let cyclesAgo = 1; cyclesAgo <= history.runs.length; cyclesAgo++) {
    const run = history.runs[history.runs.length - cyclesAgo] as Run
    const entry = entryOf(run, 'edge', edge)
    if (entry === null) return null
    if (entry.outcome === 'ok' && isPassing(entry.judgement)) return null
    answered ||= entry.outcome === 'ok'
    const found = run.circumstances?.verdicts.get(edge)
    if (found !== undefined) return answered && found.verdict === 'disputed' ? null : { ...found, cyclesAgo }
  }
  return null
}

/**
 * The dispute about an edge that lasts after the newest recorded cycle, null if there is none: between two questions the
 * verdict stays (behaviour §10.2). `history`: up to and including that cycle.
 */
export function lastingDispute(history: History, edge: string): Verdict | null {
  const newest = history.runs.at(-1)
  const entry = newest === undefined ? null : entryOf(newest, 'edge', edge)
  if (entry === null || !isPassing(entry.judgement)) return null
  const found = standingVerdict(history, edge)
  return found?.verdict === 'disputed' ? { verdict: found.verdict, votes: found.votes } : null
}

/**
 * Whether an edge would fall: a member of the recorded live set that turns from a passing judgement to `fail` in this cycle
 * because its probe failed (behaviour §10.2).
 */
export function isFalling({ wasIn, assessed: { judgement, probe, standing } }: Judged): boolean {
  return wasIn && isFailure(probe.outcome) && judgement === 'fail' && isPassing(standing.judgement)
}

/**
 * What counts of an edge that would fall: what was found in this cycle, else the dispute that lasts; null where the prober
 * decides alone. `found`: by edge, in this cycle.
 */
export function verdictOn(
  edge: Judged,
  found: ReadonlyMap<string, Verdict>,
  history: History,
  isAsking: boolean,
): Verdict | null {
  if (!isFalling(edge)) return null
  return found.get(edge.name) ?? (isAsking ? disputeBetweenQuestions(history, edge.name) : null)
}

function disputeBetweenQuestions(history: History, edge: string): Verdict | null {
  const standing = standingVerdict(history, edge)
  const holds = standing !== null && standing.verdict === 'disputed' && standing.cyclesAgo < cyclesBetweenQuestions
  return holds ? { verdict: standing.verdict, votes: standing.votes } : null
}

/** What is held of an edge in view of the verdict: a disputed one keeps the judgement it had (behaviour §10.2). */
export function withVerdict(assessed: Assessed, verdict: Verdict | null): Assessed {
  return verdict?.verdict === 'disputed' ? { ...assessed, judgement: assessed.standing.judgement } : assessed
}

/**
 * Whom to ask about: all edges that would fall without a dispute that lasts, the first 16 by name of those within reach
 * (behaviour §10.2). `edges`: as the prober alone would have them; `isInReach`: whether a vantage point can fetch from an edge.
 */
export function inquiryOf(
  edges: readonly Judged[],
  history: History,
  isInReach: (edge: string) => boolean = () => true,
): Inquiry {
  const open = edges
    .filter(edge => isFalling(edge) && disputeBetweenQuestions(history, edge.name) === null)
    .map(({ name }) => name)
    .sort(byName)
  const inReach = open.filter(isInReach)
  return {
    ask: inReach.slice(0, maxAskedEdges),
    unasked: inReach.slice(maxAskedEdges),
    outOfReach: open.filter(name => !isInReach(name)),
  }
}

/**
 * What the votes make of the edges that were asked about: `disputed` where at least half of them, the prober's own `fail`
 * included, are `ok`; otherwise `confirmed`. An edge nobody voted on has no verdict. Where more than 16 would fall and half
 * of those asked about are disputed, all are (behaviour §10.2). `votes`: by edge; skipped probes are abstentions.
 */
export function verdictsOf(
  { ask, unasked, outOfReach }: Inquiry,
  votes: ReadonlyMap<string, readonly Vote[]>,
): Map<string, Verdict> {
  const verdicts = new Map<string, Verdict>()
  for (const edge of ask) {
    const cast = (votes.get(edge) ?? []).filter(({ outcome }) => outcome !== 'skipped')
    if (cast.length > 0) verdicts.set(edge, { verdict: isDisputed(cast) ? 'disputed' : 'confirmed', votes: cast })
  }
  const disputed = [...verdicts.values()].filter(({ verdict }) => verdict === 'disputed').length
  const falling = [...ask, ...unasked, ...outOfReach]
  if (falling.length <= maxAskedEdges || disputed === 0 || disputed * 2 < ask.length) return verdicts
  for (const edge of falling) verdicts.set(edge, { verdict: 'disputed', votes: verdicts.get(edge)?.votes ?? [] })
  return verdicts
}

function isDisputed(votes: readonly Vote[]): boolean {
  const ok = votes.filter(({ outcome }) => outcome === 'ok').length
  const proberItself = 1
  return ok * 2 >= votes.length + proberItself
}
