import { createHash } from 'node:crypto'
import type { Network } from '../config/network.ts'
import type { Pushed } from '../state/network-state.ts'
import { changesBetween, desiredSets, keyOf, type RecordChange, type RecordSet } from '../zone/record-set.ts'
import { stateIn } from './hosted-zone.ts'

/** What is to happen to one zone's records. */
export interface RecordPlan {
  readonly zone: string
  /** `verify`: read back and put right; `push`: changes, or an earlier push that was not confirmed. */
  readonly action: 'keep' | 'verify' | 'push'
  readonly reason: string
  /** Configured or remembered; null: to be looked up by the zone's name. */
  readonly hostedZone: string | null
  readonly desired: readonly RecordSet[]
  /** What was last pushed and confirmed. */
  readonly known: readonly RecordSet[]
  /** What makes `known` into `desired`. */
  readonly changes: readonly RecordChange[]
  /** Keys of the sets that this system published, or may have. */
  readonly owned: ReadonlySet<string>
  /** Keys of the sets that an earlier push may have changed: nobody knows until they are read. */
  readonly unsure: readonly string[]
  /** The record sets have to be read before anything is changed: in its turn, a first push, or after a lost answer. */
  readonly readFirst: boolean
  /** It is this zone's turn to be read back: what is not as it was confirmed is told. */
  readonly isTurn: boolean
  /** What is recorded before pushing (behaviour §7.4): due, and possibly carried out. */
  readonly announced: Pushed
}

export interface RecordPlanContext {
  readonly network: Network
  readonly pushed: ReadonlyMap<string, Pushed>
  /** How many cycles ended before this one. */
  readonly cycle: number
  /** Milliseconds. */
  readonly now: number
  /** Reads every zone back and puts it right. */
  readonly forceUpdate: boolean
  /** The addresses that a zone is to have; never empty. */
  readonly addresses: (zone: string) => readonly string[]
}

/** What is to happen to the records of every zone that may be published; nothing where Route 53 is not enabled. */
export function planRecords(context: RecordPlanContext): RecordPlan[] {
  const { network } = context
  if (!network.settings.route53.enabled) return []
  return network.zones.filter(zone => zone.publishable).map(zone => planZoneRecords(zone.name, context))
}

const nothing: Pushed = { hostedZone: null, sets: [], attempted: [], due: null }

function planZoneRecords(zone: string, context: RecordPlanContext): RecordPlan {
  const { settings } = context.network
  const { ttl, zones, verify_every } = settings.route53
  const remembered = context.pushed.get(zone)
  const hostedZone = configuredId(zones, zone) ?? remembered?.hostedZone ?? null
  const state = stateIn(hostedZone, remembered ?? nothing)
  const desired = desiredSets(zone, settings.dns.rotate_zones, ttl, context.addresses(zone))
  const owned = new Set([...state.sets.map(keyOf), ...state.attempted])
  const changes = changesBetween(desired, state.sets, owned)
  const confirmed = new Set(state.sets.map(keyOf))
  const isFirst = changes.some(({ action, set }) => action === 'UPSERT' && !confirmed.has(keyOf(set)))
  const attempted = [...new Set([...state.attempted, ...changes.map(({ set }) => keyOf(set))])].sort()
  const isTurn = context.forceUpdate || isTurnOf(zone, context.cycle, verify_every)
  const plan = { zone, hostedZone, desired, known: state.sets, changes, owned, unsure: state.attempted, isTurn }
  // A push that a wrong clock dated ahead would wait behind all others until then.
  const due = Math.min(remembered?.due ?? context.now, context.now)
  const announced = { ...state, attempted, due }
  const readFirst = isTurn || isFirst || state.attempted.length > 0
  const push = (reason: string) => ({ ...plan, action: 'push' as const, reason, readFirst, announced })
  if (state.due !== null) return push('an earlier push was not confirmed')
  if (isFirst && state.sets.length === 0) {
    return push(state.attempted.length === 0 ? 'not pushed before' : 'what is there is not known')
  }
  if (changes.length > 0) return push('its addresses changed')
  const reason = isTurn ? 'it is its turn to be read back' : 'nothing changed'
  return { ...plan, action: isTurn ? 'verify' : 'keep', reason, readFirst, announced }
}

/** The hosted zone that the settings name; zones may be written there in any case and with a final dot. */
export function configuredId(zones: Readonly<Record<string, string>>, zone: string): string | null {
  const found = Object.entries(zones).find(([name]) => name.toLowerCase().replace(/\.$/, '') === zone)
  return found?.[1] ?? null
}

/** Whether a zone is read back in this cycle: once in `every` cycles, spread over them by the zone's name; 0 is never. */
export function isTurnOf(zone: string, cycle: number, every: number): boolean {
  if (every === 0) return false
  const spread = createHash('sha256').update(zone).digest().readUInt32BE(0)
  return (cycle + spread) % every === 0
}

/** The plans in the order in which they are carried out: who has waited longest comes first, then the name. */
export function inTurn(plans: readonly RecordPlan[]): RecordPlan[] {
  const rank = (plan: RecordPlan) => (plan.action === 'push' ? Number(plan.announced.due) : Number.POSITIVE_INFINITY)
  return [...plans].sort((a, b) => {
    const [first, second] = [rank(a), rank(b)]
    return first === second ? 0 : first - second
  })
}
