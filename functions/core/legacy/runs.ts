import { byName, type Judgement } from '../domain/model.ts'
import { entryOf, type Kind } from '../history/history.ts'
import { type Entry, keptMicros, packEntry, type Roster, type Run, rosterOf } from '../history/run.ts'
import { cyclesOf, maxPauseMs, type OriginalCycle, type Series } from './cycles.ts'
import type { EdgeStore, OriginalSample } from './edge-store.ts'
import type { Material } from './material.ts'

/** A cycle that is recorded already. */
export interface PresentRun {
  readonly run: Run
  /** It came from an earlier import: samples may be added to it. */
  readonly imported: boolean
}

export interface RunRules {
  readonly goodenoughMicros: number
  /** How many of the newest cycles are of use. */
  readonly keep: number
}

interface Context extends RunRules {
  readonly material: Material
  readonly live: ReadonlySet<string>
}

const skipped: Entry = { outcome: 'skipped', judgement: null, micros: 0, live: false }

/**
 * The original's samples as recorded cycles: those that are new, and those of earlier imports to which samples are
 * added. What is recorded stays. All have one roster, so that few are read back; who has no sample in a cycle was
 * skipped there. Only the newest says who is there now, and what was held of them (behaviour §2.4).
 */
export function runsOf(material: Material, present: readonly PresentRun[], rules: RunRules): Run[] {
  const context: Context = { ...rules, material, live: liveIn(material) }
  const cycles = cyclesOf(seriesOf(material)).slice(-rules.keep)
  const newest = cycles.at(-1)
  const before = cycles.at(-2)
  const all = rosterOf(membersOf(cycles, 'edge'), membersOf(cycles, 'canary'))
  const taken = new Map(present.map(one => [one.run.time, one]))
  const times = new Set(cycles.map(({ time }) => time))
  return cycles.flatMap(cycle => {
    const old = recordedAs(cycle, taken, times)
    if (old !== undefined && !old.imported) return []
    const roster = cycle === newest ? presentRoster(cycle, before, material) : all
    return runOf(cycle, { ...context, isNewest: cycle === newest }, roster, old?.run) ?? []
  })
}

function liveIn({ live, edges }: Material): ReadonlySet<string> {
  return new Set(live ?? [...edges].filter(([, store]) => store.isIn).map(([name]) => name))
}

function seriesOf({ edges, canaries }: Material): Series[] {
  const series = (kind: Kind, stores: ReadonlyMap<string, EdgeStore>): Series[] =>
    [...stores].map(([name, { samples }]) => ({ kind, name, samples }))
  return [...series('edge', edges), ...series('canary', canaries)]
}

const samplesIn = (cycle: OriginalCycle, kind: Kind) => (kind === 'edge' ? cycle.edges : cycle.canaries)

function membersOf(cycles: readonly OriginalCycle[], kind: Kind): string[] {
  return [...new Set(cycles.flatMap(cycle => [...samplesIn(cycle, kind).keys()]))].sort(byName)
}

/**
 * Who was there in the newest cycle: who was fetched in it, or in the one before (the files may have been copied in the
 * middle of a cycle), or never yet.
 */
function presentRoster(cycle: OriginalCycle, before: OriginalCycle | undefined, material: Material): Roster {
  const members = (kind: Kind, stores: ReadonlyMap<string, EdgeStore>) => {
    const unfetched = [...stores].filter(([, store]) => store.samples.length === 0).map(([name]) => name)
    const recent = membersOf(before === undefined ? [cycle] : [before, cycle], kind)
    return [...new Set([...recent, ...unfetched])].sort(byName)
  }
  return rosterOf(members('edge', material.edges), members('canary', material.canaries))
}

/** The cycle as it is recorded already: under its own time, or under a date of a fetch that is missing now. */
function recordedAs(
  cycle: OriginalCycle,
  taken: ReadonlyMap<number, PresentRun>,
  times: ReadonlySet<number>,
): PresentRun | undefined {
  const own = taken.get(cycle.time)
  if (own !== undefined) return own
  return [...taken.values()].find(
    ({ run, imported }) =>
      imported &&
      run.time >= cycle.time - maxPauseMs &&
      run.time <= cycle.last &&
      !times.has(run.time) &&
      isSameCycle(run, cycle),
  )
}

/** Whether nobody was fetched with one result in the run and with another in the cycle. */
function isSameCycle(run: Run, cycle: OriginalCycle): boolean {
  return (['edge', 'canary'] as const).every(kind =>
    [...samplesIn(cycle, kind)].every(([name, { micros }]) => {
      const known = entryOf(run, kind, name)
      return known === null || known.outcome === 'skipped' || known.micros === keptMicros(micros)
    }),
  )
}

/** The cycle as a run; null where an earlier import has recorded all of it. */
function runOf(
  cycle: OriginalCycle,
  context: Context & { readonly isNewest: boolean },
  members: Roster,
  old: Run | undefined,
): Run | null {
  const roster = old === undefined ? members : united(members, old.roster)
  let added = 0
  const entryFor = (kind: Kind, name: string): number => {
    const known = old === undefined ? null : entryOf(old, kind, name)
    if (known !== null && known.outcome !== 'skipped') return packEntry(withoutFailure(known))
    const sample = samplesIn(cycle, kind).get(name)
    if (sample !== undefined) added++
    return packEntry(entryOfSample(kind, name, sample, context))
  }
  const entries = Uint32Array.from([
    ...roster.edges.map(name => entryFor('edge', name)),
    ...roster.canaries.map(name => entryFor('canary', name)),
  ])
  return added === 0 ? null : { ...blank, time: old?.time ?? cycle.time, roster, entries }
}

/** A run of an import says nothing but its samples; those of failed fetches stand in the entries. */
const blank = { killed: false, timeoutMicros: null, configuration: null, circumstances: null } as const

function withoutFailure({ outcome, judgement, micros, live }: Entry): Entry {
  return { outcome, judgement, micros, live }
}

function united(a: Roster, b: Roster): Roster {
  const both = (one: readonly string[], other: readonly string[]) => [...new Set([...one, ...other])].sort(byName)
  return rosterOf(both(a.edges, b.edges), both(a.canaries, b.canaries))
}

function entryOfSample(
  kind: Kind,
  name: string,
  sample: OriginalSample | undefined,
  context: Context & { readonly isNewest: boolean },
): Entry {
  const { material, isNewest, live, goodenoughMicros } = context
  const store = (kind === 'edge' ? material.edges : material.canaries).get(name)
  const health = isNewest ? (store?.health ?? null) : null
  if (sample === undefined)
    return { ...skipped, judgement: health, live: isNewest && kind === 'edge' && live.has(name) }
  const isWrong = isNewest && material.state?.verifyFailed.has(name) === true
  return {
    outcome: sample.failed ? (isWrong ? 'verify_failed' : 'timeout') : 'ok',
    judgement: health ?? judgementOf(sample, goodenoughMicros),
    micros: sample.micros,
    live: isNewest && kind === 'edge' && live.has(name),
  }
}

/** What a sample alone tells; the original kept no judgements but the last one. */
function judgementOf({ failed, micros }: OriginalSample, goodenoughMicros: number): Judgement | null {
  if (failed) return 'fail'
  return micros < goodenoughMicros ? 'pass_threshold' : null
}
