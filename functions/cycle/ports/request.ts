/** What every probe of a cycle asks for (behaviour §1.2–§1.7). */
export interface Request {
  readonly proto: 'http' | 'https'
  readonly host: string
  readonly port: number
  readonly uri: string
  readonly verify: boolean
  readonly timeoutSeconds: number
  readonly attempts: number
  /** Sent in addition to the probe's own (behaviour §14.4); their values appear in no report and no log. */
  readonly headers?: Readonly<Record<string, string>>
  readonly sha256: string
  readonly bytes: number
}
