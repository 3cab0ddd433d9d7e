import type { Network } from '../config/network.ts'
import { inSeconds } from '../domain/micros.ts'
import { isFailure } from '../domain/model.ts'
import { counted, grouped } from '../domain/printable.ts'
import { agoWords, expiryWords, spanWords, utcWords } from '../domain/time-words.ts'
import { entryOf, totalOf } from '../history/history.ts'
import { countPassing, type Participant } from '../judgement/participants.ts'
import type { Rotation } from '../live-set/rotation.ts'
import type { Rule } from '../live-set/select.ts'
import type { EdgeReport } from '../report/report.ts'
import type { Before } from '../state/network-state.ts'
import { freezeWords } from './freeze-words.ts'
import { type Lookback, lookBack } from './lookback.ts'
import { type Outlook, outlookOf } from './outlook.ts'
import { queryRows } from './query-rows.ts'
import { type Since, sinceOf } from './since.ts'

/** What is known of a network, with all kept samples and rotations (newest first). `now`: milliseconds. */
export interface WhyInput {
  readonly network: Network
  readonly stored: Before
  readonly rotations: readonly Rotation[]
  readonly now: number
}

/** The last decision about an edge, told in sentences; `edge` must be in the network's list. */
export interface Why {
  readonly edge: string
  /** Each a whole sentence. */
  readonly sentences: readonly string[]
  /** Whether any one of the changes is enough, or all of them are needed. */
  readonly needs: 'any' | 'all'
  /** What would change it; each a sentence without its stop. */
  readonly changes: readonly string[]
}

/** Why an edge is where it is: the decision, the numbers behind it, since when, and what would change it. */
export function whyOf(name: string, input: WhyInput): Why {
  const { network, stored, now } = input
  const told = lookBack(network, stored, now)
  const row = told?.edges.find(({ edge }) => edge === name)
  const edge = told?.participants.named.get(name)
  if (told === null || row === undefined || edge === undefined) return beforeFirst(name, input)
  const sentences = [
    stateSentence(row, input),
    `Last cycle (${utcWords(told.time)}, ${spanWords(now - told.time)} ago): ${row.reason}.`,
    ...(row.rechecked ? ['It was fetched once more before it was judged.'] : []),
    ...numbers(row, input),
    ...orderSentences(name, input),
    ...lastRotation(name, input),
  ]
  const { needs, changes } = changesFor(edge, told, input)
  return { edge: name, sentences, needs, changes }
}

function changesFor(edge: Participant, told: Lookback, { network, stored, now }: WhyInput): Outlook {
  const livePassing = countPassing(told.liveSet.live, told.participants)
  const rule = told.liveSet.rules.get(edge.name) as Rule
  return outlookOf({ edge, rule, liveSet: told.liveSet, livePassing, settings: network.settings, stored, now })
}

function stateSentence({ edge, state, judgement }: EdgeReport, { stored, now }: WhyInput): string {
  const { runs } = stored.history
  const place = state === 'in' ? 'in rotation' : 'out of rotation'
  const here = sinceOf(runs, 'edge', edge, entry => entry.live)
  const judged = sinceOf(runs, 'edge', edge, entry => entry.judgement)
  const health = judgement === null ? 'it was never judged' : `judged ${judgement}${sinceWords(judged, now)}`
  return `${edge} ${here === null ? 'is' : 'has been'} ${place}${sinceWords(here, now)}; ${health}.`
}

/** " since … (4 m 10 s)"; where no earlier cycle is known, " since at least …". */
function sinceWords(since: Since | null, now: number): string {
  if (since === null) return ''
  return ` since ${since.isOpen ? 'at least ' : ''}${utcWords(since.time)} (${spanWords(now - since.time)})`
}

function numbers(
  { edge, windowAverage, average, fetchSeconds, outcome }: EdgeReport,
  { network, stored }: WhyInput,
): string[] {
  const { goodenough, history } = network.settings
  if (average === null) return []
  const { count } = totalOf(stored.history, 'edge', edge)
  const entries = stored.history.runs.map(run => entryOf(run, 'edge', edge))
  const failed = entries.filter(entry => entry !== null && isFailure(entry.outcome)).length
  const window =
    windowAverage === null ? '' : `${inSeconds(windowAverage)} on average in the last ${history.window} s, `
  // How long a failed probe really took is told above.
  const as = isFailure(outcome) ? 'counted as ' : ''
  const now = fetchSeconds === null ? '' : `${as}${inSeconds(fetchSeconds)} in that cycle, `
  const samples = `${count === 1 ? '' : 'all '}${counted(count, 'sample')}, ${grouped(failed)} failed`
  const all = `${inSeconds(average)} over ${samples}`
  return [`Fetch time: ${now}${window}${all}; goodenough is ${inSeconds(goodenough)}.`]
}

function orderSentences(name: string, { stored, now }: WhyInput): string[] {
  const order = stored.orders.get(name)
  const frozen = freezeWords(stored.freeze, now)
  const freeze = frozen === null ? [] : [`${frozen.charAt(0).toUpperCase()}${frozen.slice(1)}.`]
  if (order === undefined) return freeze
  if (order === 'unreadable') return [`The order for ${name} cannot be read.`, ...freeze]
  const { mode, by, comment, since, expires } = order
  return [`Ordered ${mode} by ${by} at ${utcWords(since)}: "${comment}"; it ${expiryWords(expires, now)}.`, ...freeze]
}

function lastRotation(name: string, { rotations, now }: WhyInput): string[] {
  for (const { time, in: coming, out: going } of rotations) {
    const came = coming.find(({ edge }) => edge === name)
    const change = came ?? going.find(({ edge }) => edge === name)
    if (change === undefined) continue
    return [
      `It ${came === undefined ? 'left' : 'came in'} at ${utcWords(time)} (${agoWords(time, now)}): ${change.reason}.`,
    ]
  }
  return []
}

function beforeFirst(name: string, input: WhyInput): Why {
  const state = queryRows(input.network, input.stored, input.now).find(({ edge }) => edge === name)?.state ?? 'out'
  const place = state === 'in' ? 'in rotation' : 'out of rotation'
  return {
    edge: name,
    sentences: [`${name} is ${place}; no cycle has been recorded yet.`, ...orderSentences(name, input)],
    needs: 'any',
    changes: ['the first cycle: edgemanage manage'],
  }
}
