import { keptSeconds } from '../config/kept-seconds.ts'
import type { Network } from '../config/network.ts'
import type { ConfigEvent } from '../config/pointer.ts'
import type { Settings } from '../config/settings.ts'
import { keptRotations } from '../domain/limits.ts'
import { entryOf } from '../history/history.ts'
import type { Run } from '../history/run.ts'
import type { Alternative } from './alternatives.ts'
import { createFaithfulness, type Faithfulness } from './faithfulness.ts'
import { createPartings, type Parting, type Partings } from './partings.ts'
import type { Turn } from './policy.ts'
import { type KnownRotations, recordedSteps, type Step } from './recorded.ts'
import { scenesOf, type Today } from './scenes.ts'
import { type RunningSums, runningSums } from './sums.ts'
import { minutesOf } from './tally.ts'
import { createRunner, createTrack, type Outcome, type Runner } from './track.ts'

/** What is replayed. Times in milliseconds. */
export interface ReplayInput {
  /** The network as it is configured now. */
  readonly network: Network
  /** The recorded cycles to go through, and those before them; ascending. */
  readonly runs: readonly Run[]
  readonly earlier: readonly Run[]
  readonly rotations: KnownRotations
  readonly today: Today
  readonly alternatives: readonly Alternative[]
  /** The settings that were in force in a cycle; left out: those of now. */
  readonly settingsOf?: (run: Run) => Settings
  /** The log of configurations, any order, to tell when settings changed; left out: nothing is known. */
  readonly configurations?: readonly ConfigEvent[]
  /** Told after each cycle how many are done. */
  readonly onProgress?: (done: number, total: number) => void
}

/** What another policy would have come to. */
export interface Alternated extends Outcome {
  readonly alternative: Alternative
  /** The first partings of its live sets from the recorded ones, and how many there are. */
  readonly partings: readonly Parting[]
  readonly partingCount: number
  /** In how many cycles its live set differs from the recorded one. */
  readonly differing: number
}

/** What other policies would have done (behaviour §13). */
export interface Replay {
  readonly network: string
  /** The first and the last cycle, milliseconds; null where none is recorded. */
  readonly span: { readonly from: number; readonly to: number } | null
  readonly faithful: Faithfulness
  readonly was: Outcome
  readonly alternatives: readonly Alternated[]
}

/** Goes through the recorded cycles once, with every policy side by side (behaviour §13); the input is unchanged. */
export function replay(input: ReplayInput): Replay {
  const { network, runs } = input
  const steps = recordedSteps(runs, input.earlier.at(-1), input.rotations)
  const start = startOf(input, steps)
  const [faithful, was, unchanged] = [
    createFaithfulness({ events: input.configurations ?? [], runs }),
    createTrack(),
    createRunner(start, null),
  ]
  const rivals = input.alternatives.map((alternative): Rival => {
    const isUnchanged = alternative.isCurrent && input.settingsOf === undefined
    const runner = isUnchanged ? unchanged : createRunner(start, alternative)
    return { alternative, runner, partings: createPartings() }
  })
  forEachCycle(
    input,
    steps,
    [unchanged, ...rivals.map(({ runner }) => runner)],
    (turn, { minutes, expired, known }) => {
      const { recorded: step, settings } = turn
      const { run } = turn.scene
      const isShortOfSamples = known - expired < settings.history.samples - 1
      const move = unchanged.run(turn, minutes, expired)
      faithful.compare({ run, move, step, isShortOfSamples })
      const judgementOf = (edge: string) => entryOf(run, 'edge', edge)?.judgement ?? null
      was.add({ ...step, run, minutes, judgementOf, edgeCount: settings.edge_count })
      for (const { runner, partings } of rivals) {
        const other = runner === unchanged ? move : runner.run(turn, minutes, expired)
        partings.compare(run.time, other, step.after, runner.settingsOf(settings))
      }
    },
  )
  return {
    network: network.name,
    span: runs.length === 0 ? null : { from: Number(runs[0]?.time), to: Number(runs.at(-1)?.time) },
    faithful: faithful.told(),
    was: was.outcome(),
    alternatives: rivals.map(outcomeOf),
  }
}

/** An alternative on its way through the recorded cycles. */
interface Rival {
  readonly alternative: Alternative
  readonly runner: Runner
  readonly partings: Partings
}

function outcomeOf({ alternative, runner, partings: { told, count, cycles } }: Rival): Alternated {
  return { alternative, ...runner.outcome(), partings: told, partingCount: count(), differing: cycles() }
}

/** What held before the first cycle (behaviour §13.3). */
function startOf({ runs, earlier, rotations }: ReplayInput, steps: readonly Step[]) {
  const first = runs[0]?.time ?? 0
  const times = new Set([...rotations.times, ...rotations.told.map(({ time }) => time)])
  const before = [...times].filter(time => time < first).sort((a, b) => a - b)
  return { live: steps[0]?.before ?? [], rotations: before.slice(-keptRotations), runs: earlier }
}

interface Pace {
  /** Until the next recorded cycle, at most two intervals. */
  readonly minutes: number
  /** How many of the earlier cycles had been given up before this one. */
  readonly expired: number
  /** How many earlier cycles there are, those included. */
  readonly known: number
}

function forEachCycle(
  input: ReplayInput,
  steps: readonly Step[],
  runners: readonly Runner[],
  visit: (turn: Turn, pace: Pace) => void,
): void {
  const { network, runs, earlier, today, onProgress, settingsOf = () => network.settings } = input
  const sums = sumsFor([...earlier, ...runs], runners, settingsOf)
  for (const run of earlier) sums.add(run, keptSeconds(settingsOf(run)))
  const scenes = scenesOf(runs, today)
  const times = runs.map(({ time }) => time)
  const minutes = minutesOf(times, network.settings.run_frequency)
  for (const [at, run] of runs.entries()) {
    const settings = settingsOf(run)
    const recorded = steps[at] as Step
    // What was adopted before the first cycle is in its start already.
    const recordedBefore = (steps[at - 1] as Step | undefined)?.after ?? null
    const expired = sums.moveTo(run.time, settings.history.samples - 1)
    const pace = { minutes: Number(minutes[at]), expired, known: earlier.length + at }
    visit({ network, settings, scene: scenes.at(at), recorded, recordedBefore, sums }, pace)
    sums.add(run, keptSeconds(settings))
    onProgress?.(at + 1, runs.length)
  }
}

function sumsFor(runs: readonly Run[], runners: readonly Runner[], settingsOf: (run: Run) => Settings): RunningSums {
  const settings = new Set(runs.map(settingsOf))
  const windows = runners.flatMap(runner => [...settings].map(one => runner.settingsOf(one).history.window))
  const rosters = new Map(runs.map(({ roster }) => [roster.id, roster]))
  return runningSums([...rosters.values()], windows)
}
