import type { Network } from '../../functions/core/config/network.ts'
import { decide } from '../../functions/core/decision/decide.ts'
import type { Decision } from '../../functions/core/decision/decision.ts'
import type { Outcome } from '../../functions/core/domain/model.ts'
import { participantsOf } from '../../functions/core/judgement/participants.ts'
import { inquiryOf, verdictsOf } from '../../functions/core/judgement/verdict.ts'
import type { Before } from '../../functions/core/state/network-state.ts'
import { inputOf, now, stateBefore, type Told } from './core.ts'
import { stateAfter } from './state-after.ts'

/** What a vantage point says of an edge in a cycle (from 0), given how it was for the prober. */
export type Voting = (edge: string, cycle: number, told: Told, region: string) => Outcome

/** One cycle of a story. */
export interface Chapter {
  /** By edge; all others answer in 0.1 s. */
  readonly edges?: Record<string, Told>
  readonly canaries?: Record<string, Told>
  readonly blind?: boolean
  /** What an operator does before it. */
  readonly state?: Partial<Pick<Before, 'orders' | 'freeze'>>
  /** The network from this cycle on. */
  readonly network?: Network
}

/** What came of one cycle, and about whom vantage points were asked in it. */
export interface Lived {
  readonly decision: Decision
  readonly asked: readonly string[]
}

/** The cycles of a story, a minute apart, each decided upon what the ones before left. */
export function storyOf(first: Network, chapters: readonly Chapter[], voting: Voting = () => 'skipped'): Lived[] {
  let before = stateBefore()
  let net = first
  return chapters.map((chapter, cycle) => {
    net = chapter.network ?? net
    before = { ...before, ...chapter.state }
    const { edges = {}, canaries = {}, blind = false } = chapter
    const input = inputOf({ network: net, before, edges, canaries, blind, now: now + cycle * 60_000 })
    const { vantages } = net.settings
    const alone = participantsOf(net, before, input.probing, input.now)
    const inquiry = inquiryOf(blind || vantages.length === 0 ? [] : alone.edges, before.history)
    const votesOf = (edge: string) =>
      vantages.map(region => ({ region, outcome: voting(edge, cycle, edges[edge] ?? 0.1, region) }))
    const verdicts = verdictsOf(inquiry, new Map(inquiry.ask.map(edge => [edge, votesOf(edge)])))
    const seen = { ...input, probing: { ...input.probing, verdicts } }
    const decision = decide(seen)
    before = stateAfter(seen, decision)
    return { decision, asked: inquiry.ask }
  })
}
