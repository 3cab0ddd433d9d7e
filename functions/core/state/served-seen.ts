import { type AskingSettings, asksRoute53 } from '../config/asked-servers.ts'

/** What cycles remember of name servers. */
export interface ServedSeen {
  /** By zone that was published lately: when, in milliseconds. */
  readonly published: ReadonlyMap<string, number>
  /** Zones that some server did not have yet when it was asked last. */
  readonly waiting: readonly string[]
  readonly late: readonly ServedRow[]
}

export const nothingServed: ServedSeen = { published: new Map(), waiting: [], late: [] }

/** A name server that does not serve a zone as it was published (behaviour §12, contract "Report"). */
export interface ServedRow {
  /** As the settings have it, or as Route 53 names it. */
  readonly server: string
  /** Only of Route 53's own name servers: the hosted zone. */
  readonly hostedZone?: string
  readonly zone: string
  readonly state: 'stale' | 'unreachable'
  /** What the server has; null where it gave no answer, and for Route 53, whose serials are its own. */
  readonly serial: number | null
  readonly detail: string
}

/** What is remembered of those name servers that the settings still have asked. */
export function lateServers(settings: AskingSettings, { late }: ServedSeen = nothingServed): ServedRow[] {
  const isAsked = ({ server, hostedZone }: ServedRow) =>
    hostedZone === undefined ? settings.served.servers.includes(server) : asksRoute53(settings)
  return late.filter(isAsked)
}
