import { keyOf, type RecordChange, type RecordSet } from '../zone/record-set.ts'

/** One change of a record set; `before` is what is there now (null: nothing). `ttl` in seconds. */
export interface RecordChangeReport {
  readonly action: 'UPSERT' | 'DELETE'
  /** With final dot. */
  readonly name: string
  readonly type: 'A' | 'AAAA'
  readonly ttl: number
  readonly values: readonly string[]
  readonly before: { readonly ttl: number; readonly values: readonly string[] } | null
}

/** Planned changes as the report has them, each with what it replaces. */
export function changeRows(changes: readonly RecordChange[], known: readonly RecordSet[]): RecordChangeReport[] {
  const there = new Map(known.map(set => [keyOf(set), set]))
  return changes.map(({ action, set }) => {
    const old = there.get(keyOf(set))
    const before = old === undefined ? null : { ttl: old.ttl, values: old.values }
    return { action, ...set, before }
  })
}
