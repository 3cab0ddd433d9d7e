import { without } from '../decision/changes.ts'
import type { Judgement } from '../domain/model.ts'
import { entryOf } from '../history/history.ts'
import { placeOf, type Run } from '../history/run.ts'
import { isSameSet } from '../live-set/budget.ts'
import { type ConfigurationHistory, configurationChange } from './configuration-change.ts'
import type { Move } from './policy.ts'
import type { Step } from './recorded.ts'

/** Whether unchanged settings gave what is recorded (behaviour §13.2). */
export interface Faithfulness {
  /** How many cycles were replayed, and in how many of them live set and rotation came out as recorded. */
  readonly cycles: number
  readonly alike: number
  /** The first cycle (milliseconds) that came out otherwise, and why; null where none did. */
  readonly first: { readonly time: number; readonly why: string } | null
  /** Of how many cycles orders and freeze are not known. */
  readonly unknownOrders: number
}

/** One cycle as it was recorded, and as unchanged settings make it. */
export interface Compared {
  readonly run: Run
  readonly move: Move
  readonly step: Step
  /** Whether fewer earlier cycles are known than its averages were made of. */
  readonly isShortOfSamples: boolean
}

/** Compares cycle by cycle. `configurations`: what was in force when, as far as it is known. */
export function createFaithfulness(configurations: ConfigurationHistory): {
  readonly compare: (compared: Compared) => void
  readonly told: () => Faithfulness
} {
  let [cycles, alike, unknownOrders] = [0, 0, 0]
  let first: Faithfulness['first'] = null
  return {
    compare: compared => {
      const { run, move, step } = compared
      cycles++
      if (run.circumstances === null) unknownOrders++
      if (isAlike(run, move, step)) alike++
      else first ??= { time: run.time, why: `${differenceWords(move, step)}: ${causeWords(compared, configurations)}` }
    },
    told: () => ({ cycles, alike, first, unknownOrders }),
  }
}

/** Whether live set and rotation came out as they are recorded; edges that had left the list are told of by neither. */
function isAlike(run: Run, move: Move, step: Step): boolean {
  const inRoster = (names: readonly string[]) => names.filter(name => placeOf(run.roster, 'edge', name) >= 0)
  return move.rotated === step.rotated && isSameSet(inRoster(move.after), inRoster(step.after))
}

function differenceWords(move: Move, step: Step): string {
  const more = without(move.after, step.after)
  const less = without(step.after, move.after)
  const words = [
    ...(more.length > 0 ? [`${listed(more)} would have been live`] : []),
    ...(less.length > 0 ? [`${listed(less)} would not have been live`] : []),
  ]
  return words.length > 0 ? words.join(', ') : 'the live set would have changed in a different cycle'
}

function causeWords({ run, move, isShortOfSamples }: Compared, configurations: ConfigurationHistory): string {
  if (run.circumstances === null) return 'the orders and the freeze of that cycle are not known'
  const change = configurationChange(run, configurations)
  if (change !== null) return change
  const other = move.judged.participants.edges.find(
    ({ name, assessed }) => entryOf(run, 'edge', name)?.judgement !== assessed.judgement,
  )
  if (other === undefined) return isShortOfSamples ? `${goneSamples}, or its settings differed` : unknownCause
  const was = entryOf(run, 'edge', other.name)?.judgement ?? null
  const is = other.assessed.judgement
  const words = `${other.name} was judged ${was ?? 'not at all'}, and would be judged ${is ?? 'not at all'}`
  const isAverage = isByAverage(was) && isByAverage(is)
  return `${words}: ${isShortOfSamples && isAverage ? goneSamples : 'its settings differed from the current ones'}`
}

const goneSamples = 'samples that its averages were based on are no longer kept'
const unknownCause = 'its settings, or the addresses of its edges, differed from what is known'

/** Whether averages bear on whether a judgement is this one. */
function isByAverage(judgement: Judgement | null): boolean {
  return judgement === 'pass_window' || judgement === 'pass_average' || judgement === 'pass'
}

/** "edge1, edge2, edge3 and 2 more". */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ')
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown
}
