import { byName } from '../domain/model.ts'
import { liveIn } from '../history/history.ts'
import { placeOf, type Run } from '../history/run.ts'
import { isSameSet } from '../live-set/budget.ts'
import type { Rotation } from '../live-set/rotation.ts'

/** What became of the live set in one recorded cycle. */
export interface Step {
  /** Sorted: the recorded live set before the cycle, and after it. */
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly rotated: boolean
  /** The cycle ended before its live set could take effect, or did not know the one before: no policy could act in it. */
  readonly isHeld: boolean
  /** A change since the cycle before that no recorded cycle made; null in general. */
  readonly adopted: Adopted | null
}

/** The live set that an unrecorded cycle left. */
export interface Adopted {
  /** Milliseconds of its rotations, as far as they are known. */
  readonly times: readonly number[]
}

/** Every known rotation: with who came and went, or its time alone (milliseconds). */
export interface KnownRotations {
  readonly told: readonly Rotation[]
  readonly times: readonly number[]
}

/** What the recorded cycles (ascending) say of the live set; `previous`: the one before the first, if it is known. */
export function recordedSteps(runs: readonly Run[], previous: Run | undefined, known: KnownRotations): Step[] {
  const told = new Map(known.told.map(rotation => [rotation.time, rotation]))
  const times = new Set([...known.times, ...told.keys()])
  const sorted = [...times].sort((a, b) => a - b)
  const steps: Step[] = []
  let last: readonly string[] | null = previous === undefined ? null : liveIn(previous)
  let since = previous?.time ?? Number.NEGATIVE_INFINITY
  for (const [at, run] of runs.entries()) {
    const was: readonly string[] = last ?? liveBeforeFirst(runs, told, sorted)
    const between = sorted.filter(time => time > since && time < run.time)
    const step = stepOf(run, was, { next: runs[at + 1], rotation: told.get(run.time), times, between })
    steps.push(step)
    last = step.after
    // What changed before a cycle that could not act is for the next one to find.
    if (!step.isHeld) since = run.time
  }
  return steps
}

/** The set before the first of these cycles: the first rotation among them tells it, or else that nothing changed. */
function liveBeforeFirst(runs: readonly Run[], told: ReadonlyMap<number, Rotation>, times: readonly number[]) {
  const first = runs[0] as Run
  const next = times.find(time => time >= first.time)
  const rotated = runs.find(({ time }) => time === next)
  if (rotated === undefined || (first.circumstances === null && rotated !== first)) return liveIn(first)
  const rotation = told.get(rotated.time)
  if (rotation !== undefined) return undone(liveIn(rotated), rotation)
  return rotated.time === times[0] ? [] : liveIn(first)
}

/** The set before a rotation that led to this one. */
function undone(live: readonly string[], rotation: Rotation): readonly string[] {
  const came = new Set(rotation.in.map(({ edge }) => edge))
  const went = rotation.out.map(({ edge }) => edge)
  return [...new Set([...live.filter(edge => !came.has(edge)), ...went])].sort(byName)
}

interface Surroundings {
  readonly next: Run | undefined
  readonly rotation: Rotation | undefined
  readonly times: ReadonlySet<number>
  /** Times of rotations between the cycle before and this one. */
  readonly between: readonly number[]
}

function stepOf(run: Run, was: readonly string[], around: Surroundings): Step {
  const live = liveIn(run)
  const rotated = around.times.has(run.time)
  const held = { before: was, after: was, rotated: false, isHeld: true, adopted: null }
  // It found nobody who could be live, or could not read the live set: the one that was in force stayed.
  if (live.length === 0) return held
  if (rotated) {
    const before = around.rotation === undefined ? was : undone(live, around.rotation)
    const adopted = isSameSet(before, was) ? null : { times: around.between }
    return { before, after: live, rotated, isHeld: false, adopted }
  }
  // Edges that have left the list leave the live set by a rotation (behaviour §5): one that was not recorded failed.
  if (isSameSet(live, within(was, run))) return { ...held, isHeld: live.length < was.length }
  if (around.between.length > 0) {
    return { before: live, after: live, rotated: false, isHeld: false, adopted: { times: around.between } }
  }
  if (run.circumstances !== null && wasCutShort(was, around)) return held
  // What is recorded of rotations does not go back that far.
  return { before: was, after: live, rotated: true, isHeld: false, adopted: null }
}

/** Whether a set that was decided never took effect: the cycle after it begins with the one before (behaviour §8.4). */
function wasCutShort(was: readonly string[], { next, times }: Surroundings): boolean {
  return next === undefined || times.has(next.time) || isSameSet(liveIn(next), within(was, next))
}

/** Those of the names that are in a cycle's roster. */
function within(names: readonly string[], run: Run): string[] {
  return names.filter(name => placeOf(run.roster, 'edge', name) >= 0)
}
