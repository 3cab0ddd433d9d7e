import type { Settings } from '../config/settings.ts'
import { byName } from '../domain/model.ts'
import { entryOf, withoutNewest } from '../history/history.ts'
import { lastingDispute } from '../judgement/verdict.ts'
import { brakeWords, brakingOf } from '../live-set/brake.ts'
import type { Before } from '../state/network-state.ts'

/** What the newest recorded cycle made of failures that one prober saw once (behaviour §10). */
export interface SecondSight {
  /** Why the brake held the live set; null where it did not. */
  readonly braked: string | null
  /** Edges that fail here and answer elsewhere, by name. */
  readonly disputed: readonly string[]
}

/** As many recorded cycles as brake and disputes reach back, skipped probes included. */
const sightRuns = 12

/** How many recorded cycles a look at the newest one needs: one, unless brake or vantage points are in use. */
export function runsToLookAt({ brake, vantages }: Pick<Settings, 'brake' | 'vantages'>): number {
  return brake > 0 || vantages.length > 0 ? sightRuns : 1
}

/** The same as it is recorded; `runsToLookAt` cycles of the history are enough. */
export function secondSightOf({ history }: Pick<Before, 'history'>, settings: Settings): SecondSight {
  const newest = history.runs.at(-1)
  const previous = history.runs.at(-2)
  if (newest === undefined) return { braked: null, disputed: [] }
  const wasIn = new Set(previous?.roster.edges.filter(edge => entryOf(previous, 'edge', edge)?.live))
  const edges = newest.roster.edges.map(name => ({
    name,
    wasIn: wasIn.has(name),
    assessed: { judgement: entryOf(newest, 'edge', name)?.judgement ?? null },
    verdict: newest.circumstances?.verdicts.get(name) ?? null,
  }))
  const braking = brakingOf(edges, [...wasIn], withoutNewest(history), settings)
  const isExcepted = newest.roster.edges.some(edge => Boolean(entryOf(newest, 'edge', edge)?.live) !== wasIn.has(edge))
  const disputed = newest.roster.edges.filter(edge => lastingDispute(history, edge) !== null)
  return {
    braked: braking.isBraked ? brakeWords(braking, wasIn.size, settings, { isExcepted }) : null,
    disputed: [...disputed].sort(byName),
  }
}

/** What is said of it beside other things: "braked: …; disputed: edge2 fails here, answers elsewhere"; null: nothing. */
export function secondSightWords({ braked, disputed }: SecondSight): string | null {
  const fails = disputed.length === 1 ? 'fails here, answers elsewhere' : 'fail here, answer elsewhere'
  const words = [
    ...(braked === null ? [] : [`braked: ${braked}`]),
    ...(disputed.length === 0 ? [] : [`disputed: ${disputed.join(', ')} ${fails}`]),
  ]
  return words.length === 0 ? null : words.join('; ')
}
