import type { Network } from '../../core/config/network.ts'
import { askingReserveSeconds } from '../../core/domain/limits.ts'
import { messageOf } from '../../core/domain/message.ts'
import { oneLine } from '../../core/domain/printable.ts'
import type { Verdict, Vote } from '../../core/history/run.ts'
import { type Participant, type Probing, participantsOf } from '../../core/judgement/participants.ts'
import { type Inquiry, inquiryOf, verdictsOf } from '../../core/judgement/verdict.ts'
import type { Sight } from '../../core/report/sight-warnings.ts'
import type { Before } from '../../core/state/network-state.ts'
import { isPublicAddress } from '../../core/zone/addresses.ts'
import type { Ports } from '../ports/ports.ts'
import type { Question, Seen } from '../ports/vantage.ts'
import { requestOf } from './targets.ts'

/** With less time left nobody is asked (behaviour §10.2). */
const minAskingSeconds = 2
/** Characters of why a vantage point abstained. */
const maxReason = 200

/** What vantage points found in a cycle, and how they were asked; `sight` is null where there was no question. */
export interface SecondSight {
  readonly verdicts: ReadonlyMap<string, Verdict>
  readonly sight: Sight | null
}

export interface AskContext {
  readonly network: Network
  readonly before: Before
  readonly probing: Probing
  /** Milliseconds: the cycle's start, and the end of all probing (behaviour §1.9). */
  readonly now: number
  readonly endsAt: number
  readonly dryRun: boolean
}

type AskPorts = Pick<Ports, 'askVantage' | 'clock' | 'sleep'>

const nothing: SecondSight = { verdicts: new Map(), sight: null }

/**
 * Asks every vantage point, side by side, about the live edges that would fall (behaviour §10.2). Never rejects, and waits
 * for nobody beyond the end of probing. A cycle in which no live edge falls asks nobody.
 */
export async function askVantages(context: AskContext, ports: AskPorts): Promise<SecondSight> {
  const { network, before, probing, now, endsAt, dryRun } = context
  const { vantages, timeout } = network.settings
  if (vantages.length === 0 || !isAnyFailing(before, probing)) return nothing
  const { edges } = participantsOf(network, before, probing, now)
  const addresses = new Map(edges.map(({ name, address }) => [name, address]))
  const inquiry = inquiryWithin(edges, before, addresses)
  if (inquiry.ask.length + inquiry.outOfReach.length === 0) return nothing
  const targets = inquiry.ask.map(name => ({ name, address: String(addresses.get(name)) }))
  const { ask, unasked, outOfReach } = inquiry
  const unanswered = { edges: ask, unasked, outOfReach, regions: vantages, abstained: [], unvoted: [] }
  if (dryRun) return { ...nothing, sight: { ...unanswered, asked: 'dry run' } }
  const leftSeconds = (endsAt - ports.clock()) / 1000 - askingReserveSeconds
  if (leftSeconds < minAskingSeconds) return { ...nothing, sight: { ...unanswered, asked: 'no time' } }
  if (ask.length === 0) return { ...nothing, sight: { ...unanswered, asked: 'yes' } }
  const timeoutSeconds = Math.min(timeout, leftSeconds)
  const answers = await askAll(vantages, { request: { ...requestOf(network), timeoutSeconds }, targets }, ports)
  const verdicts = verdictsOf(inquiry, votesIn(answers))
  const unvoted = ask.filter(edge => !verdicts.has(edge))
  return { verdicts, sight: { ...unanswered, abstained: abstentionsIn(answers), unvoted, asked: 'yes' } }
}

/** Whether a live edge's probe failed at all: a look that costs nothing, for all the cycles in which none did. */
function isAnyFailing({ live }: Before, { edges, blind }: Probing): boolean {
  if (blind) return false
  return (live ?? []).some(edge => !['ok', 'skipped', undefined].includes(edges.get(edge)?.outcome))
}

/**
 * Whom to ask about, as far as a vantage point can fetch from them. It refuses a question with addresses that are not public
 * as a whole, so that these are left out where there are others.
 */
function inquiryWithin(
  edges: readonly Participant[],
  { history }: Before,
  addresses: ReadonlyMap<string, string | null>,
): Inquiry {
  const addressOf = (name: string) => addresses.get(name) ?? null
  const open = inquiryOf(edges, history, name => isPublicAddress(addressOf(name) ?? unspecified))
  return open.ask.length > 0 ? open : inquiryOf(edges, history, name => addressOf(name) !== null)
}

/** The address of nobody. */
const unspecified = '0.0.0.0'

/** What a vantage point answered, or why it did not. */
interface Answer {
  readonly region: string
  readonly seen: readonly Seen[]
  readonly why: string
}

/** Asks all regions at once; a region that is later than the deadline, plus what asking takes, abstains. */
async function askAll(regions: readonly string[], question: Question, ports: AskPorts): Promise<Answer[]> {
  const done = new AbortController()
  const limit = new AbortController()
  const waitMs = (question.request.timeoutSeconds + askingReserveSeconds) * 1000
  const late = ports.sleep(waitMs, done.signal).then(() => {
    if (!done.signal.aborted) limit.abort()
    return null
  })
  const answers = regions.map(async (region): Promise<Answer> => {
    if (ports.askVantage === undefined) return { region, seen: [], why: 'it cannot be asked from here' }
    try {
      const seen = await Promise.race([ports.askVantage(region, question, limit.signal), late])
      if (seen === null) return { region, seen: [], why: 'it did not answer in time' }
      return { region, seen, why: seen.find(({ outcome }) => outcome === 'skipped')?.detail || 'it gave no vote' }
    } catch (error) {
      return { region, seen: [], why: oneLine(messageOf(error), maxReason) }
    }
  })
  const all = await Promise.all(answers)
  done.abort()
  return all
}

function votesIn(answers: readonly Answer[]): Map<string, Vote[]> {
  const votes = new Map<string, Vote[]>()
  for (const { region, seen } of answers) {
    for (const { name, outcome } of seen) {
      if (outcome !== 'skipped') votes.set(name, [...(votes.get(name) ?? []), { region, outcome }])
    }
  }
  return votes
}

function abstentionsIn(answers: readonly Answer[]): Sight['abstained'] {
  return answers
    .filter(({ seen }) => seen.every(({ outcome }) => outcome === 'skipped'))
    .map(({ region, why }) => ({ region, why }))
}
