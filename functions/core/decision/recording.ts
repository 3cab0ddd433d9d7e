import type { Network } from '../config/network.ts'
import { causeOf } from '../domain/failure-causes.ts'
import { microsOf } from '../domain/micros.ts'
import { isFailure, type Probe } from '../domain/model.ts'
import { type Hour, startOfHour } from '../history/hour.ts'
import { type Circumstances, type Failure, noCircumstances, packEntry, type Run, rosterOf } from '../history/run.ts'
import type { Assessed } from '../judgement/assess.ts'
import type { Participants, Probing } from '../judgement/participants.ts'
import { isFrozen } from '../live-set/live-set.ts'
import type { Before, KnownAddress } from '../state/network-state.ts'
import type { DecidedEdge } from './decided-edges.ts'

/** This many hexadecimal digits of a configuration's hash are recorded with a cycle. */
const recordedDigits = 16

/** What a cycle is recorded from. */
export interface RunFacts {
  readonly network: Network
  readonly before: Before
  readonly participants: Participants<DecidedEdge>
  readonly probing: Pick<Probing, 'killed' | 'rechecked' | 'verdicts'>
  /** Milliseconds: the cycle's start. */
  readonly now: number
  /** The hash of the configuration in force; left out: it is not known. */
  readonly configuration?: string | null
}

/** The cycle as it is recorded: one entry for every edge and canary, with the judgement as if no killer had fired. */
export function runOf(facts: RunFacts): Run {
  const { network, participants, probing, now, configuration = null } = facts
  const { edges, canaries } = participants
  const pack = (assessed: Assessed, isLive: boolean) =>
    packEntry({
      outcome: assessed.probe.outcome,
      judgement: assessed.judgement,
      micros: assessed.micros ?? 0,
      live: isLive,
      ...failureOf(assessed.probe),
    })
  return {
    time: now,
    timeoutMicros: microsOf(network.settings.timeout),
    configuration: configuration === null ? null : configuration.slice(0, recordedDigits),
    circumstances: circumstancesOf(facts),
    roster: rosterOf(
      edges.map(edge => edge.name),
      canaries.map(canary => canary.name),
    ),
    entries: Uint32Array.from([
      ...edges.map(edge => pack(edge.assessed, edge.isLive)),
      ...canaries.map(canary => pack(canary, false)),
    ]),
    killed: probing.killed,
  }
}

function failureOf(probe: Probe): { failure?: Failure } {
  if (!isFailure(probe.outcome)) return {}
  return { failure: { cause: causeOf(probe.detail), tookMs: Math.round((probe.tookSeconds ?? 0) * 1000) } }
}

function circumstancesOf({ before, participants, probing, now }: RunFacts): Circumstances {
  const ordered = participants.edges.flatMap(({ name, order }) =>
    order.mode === 'available' ? [] : [[name, order.mode] as const],
  )
  // A run that was killed may have told of an address that was not saved any more.
  const newest = before.history.runs.at(-1)?.circumstances?.addresses
  const moved = participants.edges.flatMap(({ name, isHostName, address, saved }) => {
    const told = newest?.get(name) ?? saved?.known ?? null
    return isHostName && address !== null && address !== told ? [[name, address] as const] : []
  })
  return {
    ...noCircumstances,
    orders: new Map(ordered),
    frozen: isFrozen(before.freeze, now),
    verdicts: probing.verdicts ?? noCircumstances.verdicts,
    rechecked: probing.rechecked ?? noCircumstances.rechecked,
    addresses: new Map(moved),
  }
}

/** The hour's averages, if this is its first recorded cycle; else null. */
export function hourOf(participants: Participants, before: Before, now: number): Hour | null {
  const newest = before.history.runs.at(-1)?.time
  const time = startOfHour(now)
  if (newest !== undefined && startOfHour(newest) === time) return null
  const totals = (all: readonly Assessed[]) =>
    new Map(all.filter(one => one.all.count > 0).map(one => [one.name, one.all]))
  return {
    time,
    edges: totals(participants.edges.map(edge => edge.assessed)),
    canaries: totals(participants.canaries),
  }
}

/**
 * Known and published addresses of the edges that are host names; null where nothing changed (behaviour §1.3).
 * `isPublishing`: whether this cycle publishes what is known of live edges.
 */
export function addressesOf(
  { edges }: Pick<Participants<DecidedEdge>, 'edges'>,
  isPublishing: boolean,
): ReadonlyMap<string, KnownAddress> | null {
  const addresses = new Map<string, KnownAddress>()
  let changed = false
  for (const { name, isHostName, address, saved, isLive } of edges) {
    if (!isHostName) continue
    const published = isPublishing && isLive ? address : (saved?.published ?? null)
    addresses.set(name, { known: address, published })
    changed ||= address !== (saved?.known ?? null) || published !== (saved?.published ?? null)
  }
  return changed ? addresses : null
}

/** What the report says of live edges that are published under another address than before. */
export function movesOf({ edges }: Pick<Participants<DecidedEdge>, 'edges'>): string[] {
  return edges.flatMap(({ name, address, saved, isLive }) => {
    const old = saved?.published ?? null
    if (old === null || address === null || address === old || !isLive) return []
    return [`${name} moved from ${old} to ${address}`]
  })
}
