import { decodeRun } from '../../../functions/adapters/table/run-item.ts'
import { isFailure, isPassing, type Judgement } from '../../../functions/core/domain/model.ts'
import { type Entry, noCircumstances, unpackEntry } from '../../../functions/core/history/run.ts'
import type { Item } from '../neighbours/dynamodb/expression.ts'
import type { Counts } from '../world/counts.ts'
import type { Regions } from '../world/regions.ts'
import type { Run } from '../world/run.ts'
import type { Scene } from '../world/scene.ts'
import type { Onlooker } from './onlooker.ts'
import type { Fail } from './publishing.ts'
import { rosterOfRun } from './roster.ts'

/** What an onlooker keeps of the edges, to tell what second sight owes them (behaviour §10). */
export interface Sighting {
  readonly eyes: Onlooker
  readonly fail: Fail
  readonly counts: Counts
  readonly scene: Scene
  readonly regions: Regions
  /** By edge: how it was judged last, and in how many recorded cycles in a row it has been `fail`. */
  readonly judged: Map<string, Judgement | null>
  readonly failures: Map<string, number>
  /** Edges that vantage points saw failing, too, and that have not passed since. */
  readonly confirmed: Set<string>
  /** The newest recorded cycle. */
  newest: number
  /** A clock was set, or a cycle was recorded after a later one: nobody can tell any more what came after what. */
  isUnsure: boolean
}

/** Looks at a cycle's samples as they are recorded: what vantage points said decides, and nothing else. */
export function checkSight(run: Run, item: Item, sighting: Sighting): void {
  if (run.startedAt === sighting.newest) return
  sighting.isUnsure ||= run.startedAt < sighting.newest
  sighting.newest = Math.max(sighting.newest, run.startedAt)
  const roster = rosterOfRun(run)
  const decoded = decodeRun(item, roster)
  if (decoded === null) return
  const { verdicts } = decoded.circumstances ?? noCircumstances
  const entries = new Map(
    roster.edges.map((edge, at) => [edge, unpackEntry(decoded.entries[at] ?? 0, decoded.timeoutMicros)] as const),
  )
  checkVotes(run, verdicts, entries, sighting)
  if (!sighting.isUnsure) checkPromise(run, entries, sighting)
  remember(entries, verdicts, sighting)
}

type Entries = ReadonlyMap<string, Entry | null>
type Verdicts = ReadonlyMap<string, { readonly verdict: string }>

/** At least half of the votes, the prober's own among them, dispute a failure; fewer confirm it. */
function checkVotes(run: Run, verdicts: Verdicts, entries: Entries, { counts, fail }: Sighting): void {
  // Whoever was suspended may have heard them too late.
  if (run.process.wasPaused()) return
  for (const edge of run.sight.asked) {
    const entry = entries.get(edge)
    if (!entry || !isFailure(entry.outcome)) fail('nobody is asked about an edge that did not fail', edge)
    const votes = run.sight.votes.get(edge) ?? []
    const ok = votes.filter(({ outcome }) => outcome === 'ok').length
    const expected = votes.length === 0 ? undefined : ok * 2 >= votes.length + 1 ? 'disputed' : 'confirmed'
    const how = `${edge}: ${JSON.stringify({ votes, entry, verdict: verdicts.get(edge) })}`
    if (verdicts.get(edge)?.verdict !== expected) fail('a verdict is what the votes make of it', how)
    if (expected === 'disputed') counts.disputes++
    if (isPassing(entry?.judgement ?? null) !== (expected === 'disputed'))
      fail('a disputed edge keeps its judgement, and no other', how)
  }
  for (const edge of verdicts.keys())
    if (!run.sight.asked.has(edge)) fail('a verdict is given on those who were asked about', edge)
}

/** An edge that answers everywhere but from the prober is not evicted while a majority of vantage points answer. */
function checkPromise(run: Run, entries: Entries, sighting: Sighting): void {
  const { scene, regions, eyes, judged, fail } = sighting
  const { vantages, timeout } = run.network.settings
  const working = vantages.filter(region => regions.moodOf(region) === 'works').length
  const isTroubled = run.process.faults > 0 || run.process.wasPaused() || run.sight.changesAt !== regions.changes()
  if (working * 2 <= vantages.length || isTroubled) return
  for (const edge of eyes.live() ?? []) {
    const entry = entries.get(edge)
    if (entry?.judgement !== 'fail' || !isPassing(judged.get(edge) ?? null)) continue
    const address = run.probes.get(edge)?.address ?? null
    if (regions.isCutOff(edge) && scene.isAnswering(edge, address, timeout))
      fail('an edge that answers everywhere but here is not judged fail', `${edge}: ${JSON.stringify(entry)}`)
  }
}

function remember(entries: Entries, verdicts: Verdicts, { judged, failures, confirmed }: Sighting): void {
  for (const known of [...judged.keys(), ...confirmed]) if (!entries.get(known)) forget(known)
  for (const [edge, entry] of entries) {
    if (entry === null) continue
    judged.set(edge, entry.judgement)
    failures.set(edge, entry.judgement === 'fail' ? (failures.get(edge) ?? 0) + 1 : 0)
    if (entry.outcome === 'ok' && isPassing(entry.judgement)) confirmed.delete(edge)
    if (verdicts.get(edge)?.verdict === 'confirmed') confirmed.add(edge)
  }
  function forget(edge: string): void {
    judged.delete(edge)
    failures.delete(edge)
    confirmed.delete(edge)
  }
}

/**
 * Whether the brake holds this live set, as it is recorded before the rotation of a run: members that have failed for no
 * longer than `brake_cycles` and are not confirmed (behaviour §10.3).
 */
export function isBraked(run: Run, before: readonly string[], sighting: Sighting): boolean {
  const { brake, brake_cycles } = run.network.settings
  const { failures, confirmed, isUnsure, newest } = sighting
  // A run that judged nobody has no say, and nobody else's judgement is its own.
  if (brake === 0 || isUnsure || newest !== run.startedAt) return false
  const fresh = before.filter(edge => {
    const count = failures.get(edge) ?? 0
    return count > 0 && count <= brake_cycles && !confirmed.has(edge)
  })
  return fresh.length >= 2 && fresh.length / before.length > brake
}
