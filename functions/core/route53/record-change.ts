/** One change of a record set; `before` is what stands there now (null: nothing). `ttl` in seconds. */
export interface RecordChangeReport {
  readonly action: 'UPSERT' | 'DELETE'
  /** With final dot. */
  readonly name: string
  readonly type: 'A' | 'AAAA'
  readonly ttl: number
  readonly values: readonly string[]
  readonly before: { readonly ttl: number; readonly values: readonly string[] } | null
}
