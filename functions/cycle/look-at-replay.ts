import type { Network } from '../core/config/network.ts'
import { keptRotations } from '../core/domain/limits.ts'
import { runsToRead } from '../core/history/history.ts'
import { hourMs } from '../core/history/hour.ts'
import { alternativesOf, type Wanted } from '../core/replay/alternatives.ts'
import { type Replay, type ReplayInput, replay } from '../core/replay/replay.ts'
import type { Journal } from './ports/journal.ts'

/** Cycles of `history.samples` are kept for as long as this at least: none are left from before (behaviour §13). */
const maxCycles = 100_000

/** This many changes of the configuration are looked through for one that explains a difference. */
const maxChanges = 1_000

/** What is to be replayed. */
export interface ReplayWish extends Wanted {
  /** How far back. */
  readonly hours: number
}

/**
 * What other settings would have made of the cycles of the last `hours` hours (behaviour §13); the reasons against it
 * where what is wished for cannot be. Reads only. `now`: milliseconds.
 */
export async function lookAtReplay(
  network: Network,
  journal: Journal,
  wish: ReplayWish,
  now: number,
  onProgress: NonNullable<ReplayInput['onProgress']> = () => {},
): Promise<Replay | readonly string[]> {
  const wanted = alternativesOf(wish, network.settings)
  if ('faults' in wanted) return wanted.faults
  const [runs, { stored }] = await Promise.all([
    journal.runs(network.name, maxCycles, now - wish.hours * hourMs),
    journal.overview(network.name, 1, { zones: false }),
  ])
  const first = runs[0]?.time ?? now
  const [earlier, told, configurations] = await Promise.all([
    journal.runs(network.name, runsToRead(network.settings), 0, first - 1),
    journal.rotations(network.name, runs.length + keptRotations),
    journal.configurations(network.name, maxChanges),
  ])
  const { edges } = network
  const { orders, freeze, addresses } = stored
  return replay({
    network,
    runs,
    earlier,
    rotations: { told, times: stored.rotations },
    today: { edges, orders, freeze, addresses },
    alternatives: wanted.alternatives,
    configurations,
    onProgress,
  })
}
