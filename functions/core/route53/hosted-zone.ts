import type { Former, Pushed } from '../state/network-state.ts'
import { keyOf } from '../zone/record-set.ts'

/** This many hosted zones that a zone has left are kept in mind. */
const maxFormer = 3

/**
 * What is known of a zone's records in this hosted zone, by what was last recorded. No set of another hosted zone is
 * taken for one of this; which sets are edgemanage's own in the one that is left is kept, and found again on the return.
 */
export function stateIn(hostedZone: string | null, recorded: Pushed): Pushed {
  if (recorded.hostedZone === hostedZone) return recorded
  const left = [...lastOf(recorded), ...(recorded.former ?? [])]
  const keys = left.find(one => one.hostedZone === hostedZone)?.keys ?? []
  const former = left.filter(one => one.hostedZone !== hostedZone).slice(0, maxFormer)
  const state = { hostedZone, sets: [], attempted: keys, due: null }
  return former.length === 0 ? state : { ...state, former }
}

function lastOf({ hostedZone, sets, attempted }: Pushed): Former[] {
  const keys = union(attempted, sets.map(keyOf))
  return hostedZone === null || keys.length === 0 ? [] : [{ hostedZone, keys }]
}

/** Both lists as one, sorted, nothing twice. */
export function union(some: readonly string[], others: readonly string[]): string[] {
  return [...new Set([...some, ...others])].sort()
}
