import type { Network } from '../../functions/core/config/network.ts'
import { decide } from '../../functions/core/decision/decide.ts'
import type { Decision } from '../../functions/core/decision/decision.ts'
import type { OrderedMode } from '../../functions/core/domain/model.ts'
import { appendRun, emptyHistory } from '../../functions/core/history/history.ts'
import type { Run, Verdict } from '../../functions/core/history/run.ts'
import type { Rotation } from '../../functions/core/live-set/rotation.ts'
import type { Alternative } from '../../functions/core/replay/alternatives.ts'
import { alternativesOf } from '../../functions/core/replay/alternatives.ts'
import type { ReplayInput } from '../../functions/core/replay/replay.ts'
import { freeze, inputOf, now, order, orders, stateBefore, type Told } from './core.ts'

/** A cycle to record: how the probes went (`.`: 0.1 s; a number of tenths; `x`: refused; `-`: skipped), by edge. */
export interface Script {
  /** By edge: a letter for each cycle. */
  readonly probes: Readonly<Record<string, string>>
  /** By cycle (from 0): the orders in force. */
  readonly orders?: Readonly<Record<number, Readonly<Record<string, OrderedMode>>>>
  /** By cycle (from 0): what vantage points found of edges that would fall. */
  readonly verdicts?: Readonly<Record<number, Readonly<Record<string, Verdict['verdict']>>>>
  /** Cycles (from 0) in which a freeze held. */
  readonly frozen?: readonly number[]
  /** By edge: the cycle (from 0) from which on it is not in the list any more. */
  readonly gone?: Readonly<Record<string, number>>
  readonly intervalSeconds?: number
}

/** What cycles of a network recorded: they decide by their own rules. */
export interface Recorded {
  readonly runs: readonly Run[]
  readonly rotations: readonly Rotation[]
  readonly decisions: readonly Decision[]
}

/** A letter of a script as a probe. */
function toldBy(letter: string): Told {
  if (letter === '.') return 0.1
  if (letter === 'x') return 'refused'
  return letter === '-' ? 'skipped' : Number(letter) / 10
}

function verdictOf(verdict: Verdict['verdict']): Verdict {
  return { verdict, votes: [{ region: 'eu-west-1', outcome: verdict === 'disputed' ? 'ok' : 'refused' }] }
}

/** Runs a network through a script; the last cycle is at `now`. */
export function recordedOf(network: Network, script: Script): Recorded {
  const { intervalSeconds = 60 } = script
  const count = Math.max(...Object.values(script.probes).map(letters => letters.length))
  const runs: Run[] = []
  const rotations: Rotation[] = []
  const decisions: Decision[] = []
  let [live, times, history]: [readonly string[], readonly number[], typeof emptyHistory] = [[], [], emptyHistory]
  for (let at = 0; at < count; at++) {
    const time = now - (count - 1 - at) * intervalSeconds * 1000
    const probes = Object.fromEntries(
      Object.entries(script.probes).map(([edge, letters]) => [edge, toldBy(letters[at] ?? '.')]),
    )
    const given = Object.entries(script.orders?.[at] ?? {}).map(([edge, mode]) => order(edge, mode, { since: time }))
    const isFrozen = script.frozen?.includes(at) === true
    const held = { orders: orders(...given), freeze: isFrozen ? freeze({ since: time }) : null }
    const before = stateBefore({ live, rotations: times, history, ...held })
    const edges = network.edges.filter(({ name }) => at < (script.gone?.[name] ?? count))
    const input = inputOf({ network: { ...network, edges }, before, edges: probes, now: time })
    const found = Object.entries(script.verdicts?.[at] ?? {}).map(
      ([edge, verdict]) => [edge, verdictOf(verdict)] as const,
    )
    const decision = decide({ ...input, probing: { ...input.probing, verdicts: new Map(found) } })
    decisions.push(decision)
    live = decision.liveSet.live
    times = decision.rotations
    if (decision.rotation !== null) rotations.push(decision.rotation)
    if (decision.run === null) continue
    runs.push(decision.run)
    history = appendRun(history, decision.run, 2000)
  }
  return { runs, rotations, decisions }
}

/** What is to be replayed of them, with these policies (`KEY=VALUE`, or `KEY=V1,V2,…`). */
export function replayInput(network: Network, { runs, rotations }: Recorded, ...sweep: string[]): ReplayInput {
  const found = alternativesOf({ set: [], sweep }, network.settings)
  if ('faults' in found) throw new Error(found.faults.join('; '))
  const alternatives: readonly Alternative[] = found.alternatives
  const { edges } = network
  const today = { edges, orders: new Map(), freeze: null, addresses: new Map() }
  return { network, runs, earlier: [], rotations: { told: rotations, times: [] }, today, alternatives }
}
