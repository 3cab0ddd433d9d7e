import type { Settings } from '../config/settings.ts'
import { byName, isFailure, isPassing, type Judgement, judgements, type Mode, type Outcome } from '../domain/model.ts'
import { compareMeans, type Total } from '../history/total.ts'
import { addressType } from '../zone/addresses.ts'

/** An edge as the selection sees it. */
export interface Candidate {
  readonly name: string
  /** The address that would be published; null if none is known. */
  readonly address: string | null
  readonly mode: Mode
  readonly outcome: Outcome
  readonly judgement: Judgement | null
  /** `fail` only for want of `up_after`. */
  readonly waitsForUpAfter: boolean
  /** All kept samples, this cycle's included. */
  readonly average: Total
  /** Whether it is in the recorded live set. */
  readonly isLive: boolean
}

/** By which rule of behaviour §4 an edge is in or out. */
export type Rule = RuleIn | RuleOut
export interface RuleIn {
  readonly state: 'in'
  readonly by: 'ordered' | 'incumbent' | 'fill' | 'up_after' | 'last_resort' | 'family'
}
export type RuleOut =
  | {
      readonly state: 'out'
      readonly by: 'unavailable' | 'no_address' | 'places_taken' | 'probe_failed' | 'not_judged' | 'failing'
    }
  /** `as`: the edge that takes part instead, or that has the place so that there is an IPv4 address (§4.7). */
  | { readonly state: 'out'; readonly by: 'same_address' | 'family'; readonly as: string }

export interface Selection {
  /** Sorted names; empty where nobody can be live. */
  readonly live: readonly string[]
  readonly rules: ReadonlyMap<string, Rule>
  readonly warnings: readonly string[]
}

type SelectionSettings = Pick<Settings, 'edge_count' | 'rotation' | 'on_shortage' | 'min_edges'>

/** The live set that these candidates give (behaviour §4.1–§4.7); their order does not matter. */
export function select(candidates: readonly Candidate[], settings: SelectionSettings): Selection {
  const rules = new Map<string, Rule>()
  const warnings: string[] = []
  const eligible = takingPart(candidates, rules, warnings)
  const chosen = eligible.filter(isOrderedLive)
  for (const edge of chosen) rules.set(edge.name, { state: 'in', by: 'ordered' })
  if (chosen.length > settings.edge_count) {
    warnings.push(`${chosen.length} edges are ordered live, more than edge_count (${settings.edge_count})`)
  }
  // Only where a place is left are edges sorted: a thousand of them take longer than all the rest.
  const add = (edges: () => readonly Candidate[], by: RuleIn['by']) => {
    if (chosen.length >= settings.edge_count) return
    for (const edge of edges()) {
      if (chosen.length >= settings.edge_count) return
      if (rules.has(edge.name)) continue
      chosen.push(edge)
      rules.set(edge.name, { state: 'in', by })
    }
  }
  const incumbents = eligible.filter(edge => edge.isLive && edge.judgement === 'pass_threshold')
  const isAfresh = settings.rotation === 'reselect' && new Set([...chosen, ...incumbents]).size < settings.edge_count
  if (!isAfresh) add(() => [...incumbents].sort(byAverage), 'incumbent')
  const passing = () => eligible.filter(mayFill).sort(isAfresh ? byMerit : byMeritIncumbentsFirst)
  add(passing, 'fill')
  if (!mayShrink(chosen, settings)) {
    add(() => eligible.filter(edge => edge.waitsForUpAfter).sort(byIncumbency), 'up_after')
    add(() => eligible.filter(edge => edge.isLive && !isPassing(edge.judgement)).sort(byWrongBytesLast), 'last_resort')
  }
  keepIpv4({ chosen, passing, rules, warnings })
  for (const edge of eligible) if (!rules.has(edge.name)) rules.set(edge.name, { state: 'out', by: whyNotChosen(edge) })
  return { live: chosen.map(edge => edge.name).sort(byName), rules, warnings }
}

/**
 * Rule 4.7: where no chosen edge has an IPv4 address, the best one that has and may be added takes the place of the one
 * chosen last. Ordered edges, which are chosen first, keep theirs.
 */
function keepIpv4({
  chosen,
  passing,
  rules,
  warnings,
}: {
  chosen: Candidate[]
  passing: () => readonly Candidate[]
  rules: Map<string, Rule>
  warnings: string[]
}): void {
  if (chosen.some(isIpv4)) return
  const best = passing().find(isIpv4)
  if (best === undefined) return
  const last = chosen.at(-1) as Candidate
  if (isOrderedLive(last)) {
    warnings.push(
      `only ordered edges are live, none with an IPv4 address: zones have no A records, though ${best.name} passes`,
    )
    return
  }
  chosen.splice(-1, 1, best)
  rules.set(best.name, { state: 'in', by: 'family' })
  rules.set(last.name, { state: 'out', by: 'family', as: best.name })
}

function isIpv4({ address }: Candidate): boolean {
  return address !== null && addressType(address) === 'A'
}

/** Whether rule 4.1 makes this edge live: `blindforce`, or `force` with any `pass…`. */
export function isOrderedLive(edge: Pick<Candidate, 'mode' | 'judgement'>): boolean {
  return edge.mode === 'blindforce' || (edge.mode === 'force' && isPassing(edge.judgement))
}

function whyNotChosen(edge: Candidate): 'not_judged' | 'failing' | 'places_taken' | 'probe_failed' {
  if (edge.judgement === null) return 'not_judged'
  if (!isPassing(edge.judgement)) return 'failing'
  return mayFill(edge) ? 'places_taken' : 'probe_failed'
}

/** Those that may be live at all, sorted by name; `rules` learns why the others must not. */
function takingPart(candidates: readonly Candidate[], rules: Map<string, Rule>, warnings: string[]): Candidate[] {
  const byAddress = new Map<string, Candidate>()
  const ranked = [...candidates].sort(
    (a, b) =>
      Number(isOrderedLive(b)) - Number(isOrderedLive(a)) ||
      Number(b.isLive) - Number(a.isLive) ||
      byName(a.name, b.name),
  )
  for (const edge of ranked) {
    const twin = byAddress.get(edge.address ?? '')
    if (edge.mode === 'unavailable') rules.set(edge.name, { state: 'out', by: 'unavailable' })
    else if (edge.address === null) {
      rules.set(edge.name, { state: 'out', by: 'no_address' })
      if (edge.mode !== 'available')
        warnings.push(`${edge.name} is ordered ${edge.mode}, but no address of it is known`)
    } else if (twin !== undefined) rules.set(edge.name, { state: 'out', by: 'same_address', as: twin.name })
    else byAddress.set(edge.address, edge)
  }
  return [...byAddress.values()].sort((a, b) => byName(a.name, b.name))
}

/** Rule 4.3: any passing edge, but none from outside whose probe failed in this cycle. */
function mayFill(edge: Candidate): boolean {
  return isPassing(edge.judgement) && (edge.isLive || !isFailure(edge.outcome))
}

/** Rule 4.4, `shrink`: whether the edges chosen so far may stand alone. */
function mayShrink(chosen: readonly Candidate[], settings: SelectionSettings): boolean {
  const passing = chosen.filter(edge => isPassing(edge.judgement)).length
  return settings.on_shortage === 'shrink' && passing >= settings.min_edges
}

function byAverage(a: Candidate, b: Candidate): number {
  return compareMeans(a.average, b.average) || byName(a.name, b.name)
}

/** An edge that serves wrong bytes does more harm than one that serves none. */
function byWrongBytesLast(a: Candidate, b: Candidate): number {
  return Number(a.outcome === 'verify_failed') - Number(b.outcome === 'verify_failed') || byAverage(a, b)
}

function byIncumbency(a: Candidate, b: Candidate): number {
  return Number(b.isLive) - Number(a.isLive) || byAverage(a, b)
}

/** Only passing edges are ranked. */
function rank(edge: Candidate): number {
  return judgements.indexOf(edge.judgement as Judgement)
}

function byMerit(a: Candidate, b: Candidate): number {
  return rank(a) - rank(b) || byAverage(a, b)
}

function byMeritIncumbentsFirst(a: Candidate, b: Candidate): number {
  return rank(a) - rank(b) || byIncumbency(a, b)
}
