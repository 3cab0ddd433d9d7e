import { modes, type OrderedMode, type Outcome, outcomes } from '../../core/domain/model.ts'
import {
  type Circumstances,
  noCircumstances,
  placeOf,
  type Roster,
  type Run,
  type Verdict,
} from '../../core/history/run.ts'
import { parseJson } from './chunks.ts'

/** How circumstances are stored: edges by their place in the roster; what there is none of is left out. */
interface Stored {
  readonly orders?: readonly (readonly [place: number, mode: OrderedMode])[]
  readonly frozen?: true
  readonly verdicts?: readonly (readonly [place: number, verdict: Verdict['verdict'], votes: StoredVotes])[]
  readonly rechecked?: readonly number[]
  readonly addresses?: readonly (readonly [place: number, address: string])[]
}
type StoredVotes = readonly (readonly [region: string, outcome: Outcome])[]

/** The circumstances of a run as JSON; null where there are none, as in most cycles. */
export function encodeCircumstances({ circumstances, roster }: Pick<Run, 'circumstances' | 'roster'>): string | null {
  const { orders, frozen, verdicts, rechecked, addresses } = circumstances ?? noCircumstances
  const place = (edge: string) => placeOf(roster, 'edge', edge)
  const votesOf = ({ votes }: Verdict) => votes.map(({ region, outcome }) => [region, outcome] as const)
  const stored: Stored = {
    ...(orders.size > 0 ? { orders: [...orders].map(([edge, mode]) => [place(edge), mode]) } : {}),
    ...(frozen ? { frozen } : {}),
    ...(verdicts.size > 0
      ? { verdicts: [...verdicts].map(([edge, one]) => [place(edge), one.verdict, votesOf(one)]) }
      : {}),
    ...(rechecked.size > 0 ? { rechecked: [...rechecked].map(place) } : {}),
    ...(addresses.size > 0 ? { addresses: [...addresses].map(([edge, address]) => [place(edge), address]) } : {}),
  }
  return Object.keys(stored).length === 0 ? null : JSON.stringify(stored)
}

/** What `encodeCircumstances` stored; nothing stored is none of all, and null is what cannot be read. */
export function decodeCircumstances(text: string | undefined, roster: Roster): Circumstances | null {
  if (text === undefined) return noCircumstances
  return parseJson(text, value => {
    if (!isStored(value)) return null
    const named = <T>(rows: readonly (readonly [number, T])[] = []) =>
      new Map(rows.map(([place, one]) => [roster.edges[place] ?? '', one]))
    const verdicts = (value.verdicts ?? []).map(([place, verdict, votes]) => {
      const told = votes.map(([region, outcome]) => ({ region, outcome }))
      return [place, { verdict, votes: told }] as const
    })
    const circumstances = {
      orders: named(value.orders),
      frozen: value.frozen === true,
      verdicts: named(verdicts),
      rechecked: new Set((value.rechecked ?? []).map(place => roster.edges[place] ?? '')),
      addresses: named(value.addresses),
    }
    const { orders, rechecked, addresses } = circumstances
    return [orders, rechecked, addresses, circumstances.verdicts].some(one => one.has('')) ? null : circumstances
  })
}

function isStored(value: unknown): value is Stored {
  if (typeof value !== 'object' || value === null) return false
  const { orders = [], frozen, verdicts = [], rechecked = [], addresses = [] } = value as Record<string, unknown>
  const isMode = (mode: unknown) => mode !== 'available' && modes.some(one => one === mode)
  const isVote = (vote: unknown) =>
    isRow(vote) && typeof vote[0] === 'string' && outcomes.some(outcome => outcome === vote[1])
  return (
    (frozen === undefined || frozen === true) &&
    areAll(orders, row => isRow(row) && isPlace(row[0]) && isMode(row[1])) &&
    areAll(verdicts, row => isRow(row) && isPlace(row[0]) && isVerdict(row[1]) && areAll(row[2], isVote)) &&
    areAll(rechecked, isPlace) &&
    areAll(addresses, row => isRow(row) && isPlace(row[0]) && typeof row[1] === 'string')
  )
}

function areAll(value: unknown, isOne: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne)
}

function isRow(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

function isPlace(value: unknown): boolean {
  return Number.isSafeInteger(value)
}

function isVerdict(value: unknown): boolean {
  return value === 'disputed' || value === 'confirmed'
}
