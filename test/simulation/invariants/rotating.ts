import { decodeRun, rosterIdOf } from '../../../functions/adapters/table/run-item.ts'
import { isPassing, type Judgement } from '../../../functions/core/domain/model.ts'
import { unpackEntry } from '../../../functions/core/history/run.ts'
import type { Run } from '../world/run.ts'
import { modeOf, type Onlooker } from './onlooker.ts'
import type { Fail } from './publishing.ts'
import { rosterOfRun } from './roster.ts'
import { isBraked, type Sighting } from './sighting.ts'

export interface Rotating {
  readonly eyes: Onlooker
  readonly sighting: Sighting
  /** The live set as it was recorded last. */
  live: readonly string[]
  readonly now: () => number
  /** Milliseconds of every rotation since the clock was set last. */
  readonly rotations: number[]
  /** All rotations so far. */
  count: number
  /** Whether operators did something since this run started: then nobody can tell what it knew. */
  readonly ordersChanged: (run: Run) => boolean
  readonly fail: Fail
}

/** Looks at the recorded live set after every change of STATE (behaviour §4, §5, §8.4). */
export function checkRotation(run: Run, scene: Rotating): void {
  const { eyes, fail } = scene
  const after = eyes.live() ?? []
  const before = scene.live
  if (String(after) === String(before)) return
  scene.live = after
  // A run too late to probe anybody has no samples and judges nobody; orders it obeys all the same (behaviour §1.9, §5).
  const isBlank = [...run.probes.values()].every(({ outcome }) => outcome === 'skipped')
  const judgements = judgementsOf(run, eyes) ?? (isBlank ? new Map<string, Judgement | null>() : null)
  if (judgements === null) {
    fail('samples are recorded before a rotation', `at ${run.startedAt}`)
    return
  }
  const how = `${before.join(' ') || 'nobody'} -> ${after.join(' ') || 'nobody'}`
  if (after.length === 0) fail('the live set is never emptied', how)
  if (!eyes.state().rotations?.includes(run.startedAt)) fail('a rotation is recorded before it is published', how)
  const question = { run, before, after, judgements, ...scene }
  if (!scene.ordersChanged(run)) {
    checkEntering(question, how)
    checkHeld(question, how)
    checkHealthy(question, how)
  }
  scene.count++
  if (run.startedAt <= scene.now()) scene.rotations.push(run.startedAt)
}

interface Question extends Rotating {
  readonly run: Run
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly judgements: ReadonlyMap<string, Judgement | null>
}

/** The judgements that a run recorded, by edge; null where it recorded none. */
export function judgementsOf(run: Run, eyes: Onlooker): Map<string, Judgement | null> | null {
  const item = eyes.run(run.startedAt)
  const roster = rosterOfRun(run)
  if (item === undefined || rosterIdOf(item) !== roster.id) return null
  const decoded = decodeRun(item, roster)
  if (decoded === null) return null
  return new Map(
    roster.edges.map(
      (edge, at) => [edge, unpackEntry(decoded.entries[at] ?? 0, decoded.timeoutMicros)?.judgement ?? null] as const,
    ),
  )
}

function checkEntering(question: Question, how: string): void {
  const { after, before, run, eyes, fail } = question
  const entered = after.filter(edge => !before.includes(edge))
  for (const edge of entered) {
    if (modeOf(edge, run, eyes) === 'unavailable') fail('no unavailable edge enters the live set', `${edge}: ${how}`)
    if (!run.network.edges.some(one => one.name === edge))
      fail('only edges of the configuration enter', `${edge}: ${how}`)
  }
}

/** Budget, freeze and brake hold, but for the exceptions (behaviour §5). */
function checkHeld(question: Question, how: string): void {
  const { run, eyes, before, after, judgements, rotations, sighting, fail } = question
  const { dnschange_maxfreq, dnschange_window } = run.network.settings
  const recent = rotations.filter(time => run.startedAt - time <= dnschange_window * 1000).length
  const isSpent = dnschange_maxfreq > 0 && recent >= dnschange_maxfreq
  const freeze = eyes.freeze()
  const isFrozen =
    freeze === 'unreadable' || (freeze !== null && (freeze.expires === null || freeze.expires > run.startedAt))
  const braked = isBraked(run, before, sighting)
  if (!isSpent && !isFrozen && !braked) return
  const isOrdered = (edge: string) => {
    const mode = modeOf(edge, run, eyes)
    return mode === 'blindforce' || (mode === 'force' && isPassing(judgements.get(edge) ?? null))
  }
  const isAskedFor =
    before.some(edge => !judgements.has(edge) || modeOf(edge, run, eyes) === 'unavailable') ||
    after.some(edge => isOrdered(edge) && !before.includes(edge))
  const isDead = !before.some(edge => isPassing(judgements.get(edge) ?? null))
  if (isAskedFor) return
  if (braked) fail('the brake holds the live set', how)
  else if (!isDead) fail(isSpent ? 'the budget of rotations is kept' : 'a frozen network holds its live set', how)
}

/**
 * No rotation while the live set is healthy, whole and nobody has ordered anything (behaviour §4.2), unless an IPv4 edge comes
 * into a set that has none (§4.7).
 */
function checkHealthy({ run, before, after, judgements, eyes, fail }: Question, how: string): void {
  const { edge_count } = run.network.settings
  const isHealthy = before.every(edge => judgements.get(edge) === 'pass_threshold')
  const hosts = run.network.edges.some(edge => edge.address === null)
  const isFamily = before.every(isIpv6) && !after.every(isIpv6)
  if (isHealthy && !isFamily && before.length === edge_count && !hosts && !eyes.anyOrder())
    fail('no rotation while the live set is healthy and unordered', how)
}

function isIpv6(edge: string): boolean {
  return edge.includes(':')
}
