import type { Network } from '../config/network.ts'
import { isFailure, isPassing } from '../domain/model.ts'
import { firstOf, printable } from '../domain/printable.ts'
import { spanWords, untilWords, utcWords } from '../domain/time-words.ts'
import { probeWords } from '../history/failure-words.ts'
import { entryOf } from '../history/history.ts'
import type { Run } from '../history/run.ts'
import { passingWords } from '../live-set/live-edges.ts'
import type { Rotation } from '../live-set/rotation.ts'
import type { LogEntry, LogWhat } from './log-entry.ts'

/** What one line of the log tells of. */
export type LogKind = LogWhat | 'rotation' | 'expiry' | 'shortage' | 'shortage-end' | 'gap'

/** One line of what happened; a sentence without its stop. */
export interface LogLine {
  /** Milliseconds. */
  readonly time: number
  readonly kind: LogKind
  readonly text: string
  /** Whether it is trouble that an operator should know about. */
  readonly isTrouble: boolean
}

/** Everything that is kept about a span of time. Times in milliseconds. */
export interface LogFacts {
  readonly network: Network
  /** Oldest first; the last one before `from` is of use. */
  readonly runs: readonly Run[]
  readonly rotations: readonly Rotation[]
  readonly entries: readonly LogEntry[]
  readonly from: number
  readonly now: number
}

/** How many intervals apart recorded cycles may be without leaving a gap. */
const gapIntervals = 3

/** What happened since `from`, oldest first (contract, `log`). */
export function logOf(facts: LogFacts): LogLine[] {
  const { from, now, rotations, entries } = facts
  const lines = [
    ...rotations.flatMap(rotationLines),
    ...entries.map(entryLine),
    ...entries.flatMap(entry => expiryLine(entry, entries)),
    ...shortageLines(facts),
    ...gapLines(facts),
  ]
  const inSpan = lines.filter(({ time }) => time >= from && time <= now)
  return inSpan.sort((a, b) => a.time - b.time)
}

function line(time: number, kind: LogKind, text: string, isTrouble = false): LogLine {
  return { time, kind, text: printable(text), isTrouble }
}

function rotationLines({ time, in: coming, out: going }: Rotation): LogLine[] {
  return [
    ...going.map(({ edge, reason }) => line(time, 'rotation', `- ${edge} out: ${reason}`)),
    ...coming.map(({ edge, reason }) => line(time, 'rotation', `+ ${edge} in: ${reason}`)),
  ]
}

function entryLine(entry: LogEntry): LogLine {
  const { time, what, about, mode, expires, comment, by } = entry
  if (what === 'cycle') return cycleLine(entry)
  if (what === 'deploy') return deployLine(entry)
  const until = untilWords(expires ?? null)
  const said = {
    order: `order for ${about}: ${mode ?? 'unknown'}${until}`,
    'order-end': `the order for ${about} was ended`,
    freeze: `frozen${until}`,
    thaw: 'thawed',
    push: `configuration ${about.slice(0, 12)} was pushed`,
    rollback: `rolled back to configuration ${about.slice(0, 12)}`,
    folder: `the folder was taken up as configuration ${about.slice(0, 12)}`,
  }[what]
  return line(time, what, `${said}, by ${by}${comment === null ? '' : `: "${comment}"`}`, what === 'freeze')
}

function deployLine({ time, about, setAside }: LogEntry): LogLine {
  const text = `a deploy brought configuration ${about.slice(0, 12)}`
  if (setAside === undefined) return line(time, 'deploy', text)
  return line(time, 'deploy', `${text} and set aside ${setAside.hash.slice(0, 12)}, pushed by ${setAside.by}`, true)
}

function cycleLine({ time, about, comment }: LogEntry): LogLine {
  const words: Readonly<Record<string, string>> = {
    blind: 'cycles began to be blind: no reference answered, so nothing is judged or published',
    failed: 'cycles began to fail',
    no_edges: 'cycles began to find no edge that can be live',
  }
  const trouble = words[about]
  if (trouble === undefined) return line(time, 'cycle', 'cycles are well again')
  return line(time, 'cycle', comment === null ? trouble : `${trouble}: ${comment}`, true)
}

/** An order or a freeze that ended by itself: none of the same kind about the same came before it did. */
function expiryLine({ time, what, about, expires, mode }: LogEntry, entries: readonly LogEntry[]): LogLine[] {
  if (typeof expires !== 'number') return []
  const same = what === 'order' ? ['order', 'order-end'] : ['freeze', 'thaw']
  const isReplaced = entries.some(
    other => other.time > time && other.time < expires && other.about === about && same.includes(other.what),
  )
  if (isReplaced) return []
  return [line(expires, 'expiry', what === 'order' ? `the order ${mode} for ${about} expired` : 'the freeze expired')]
}

/** Where fewer live edges began to pass than are wanted (behaviour §8.6), and where that ended. */
function shortageLines({ network, runs }: LogFacts): LogLine[] {
  let wasShort = false
  return runs.flatMap(run => {
    const { edges } = run.roster
    const wanted = Math.min(network.settings.edge_count, edges.length)
    const passing = edges.filter(edge => {
      const entry = entryOf(run, 'edge', edge)
      return entry?.live && isPassing(entry.judgement)
    }).length
    const isShort = passing < wanted
    if (isShort === wasShort) return []
    wasShort = isShort
    const words = passingWords(passing, wanted)
    return isShort
      ? [line(run.time, 'shortage', `shortage: ${words}${failingWords(run)}`, true)]
      : [line(run.time, 'shortage-end', `the shortage is over: ${words}`)]
  })
}

/** This many failing edges are named. */
const maxNames = 3

/** ": edge1 status 503 in 0.65 s, …", of the live edges whose probe failed. */
function failingWords(run: Run): string {
  const failing = run.roster.edges.flatMap(edge => {
    const entry = entryOf(run, 'edge', edge)
    return entry?.live && isFailure(entry.outcome) ? [`${edge} ${probeWords(entry)}`] : []
  })
  const named = firstOf(failing, maxNames, rest => `and ${rest} more`)
  return named.length === 0 ? '' : `: ${named.join(', ')}`
}

/** Times in which no cycle was recorded: none ran, or those that did were blind or failed. */
function gapLines({ network, runs, now }: LogFacts): LogLine[] {
  const maxMs = gapIntervals * network.settings.run_frequency * 1000
  const times = runs.map(({ time }) => time)
  return times.flatMap((time, at) => {
    const next = times[at + 1] ?? now
    if (next - time <= maxMs) return []
    const end = times[at + 1] === undefined ? 'and none since' : `the next was at ${utcWords(next)}`
    return [line(time, 'gap', `no cycle was recorded for ${spanWords(next - time)} after this; ${end}`, true)]
  })
}
