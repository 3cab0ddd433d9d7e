/** Settings of one network, named as in `edgemanage.yaml` (contract, "Settings"); times in seconds. */
export interface Settings {
  readonly testobject: {
    readonly host: string
    readonly uri: string
    readonly local: string
    readonly proto: 'http' | 'https'
    readonly port: number
    readonly verify: boolean
    /** Sent with every probe (behaviour §14.4). */
    readonly headers: Readonly<Record<string, string>>
  }
  readonly dns: {
    readonly ns_records: readonly string[]
    readonly soa_nameserver: string
    readonly soa_mailbox: string
    readonly rotate_zones: readonly string[]
    /** Record types that nobody checks and that includes may hold all the same, in capitals. */
    readonly unchecked_types: readonly string[]
    /** Statements for named, put into the clause of every zone as they are (behaviour §12.4). */
    readonly zone_options: string
    readonly ttl: number
    readonly soa: {
      readonly refresh: number
      readonly retry: number
      readonly expire: number
      readonly minimum: number
    }
  }
  readonly goodenough: number
  readonly edge_count: number
  readonly workers: number
  readonly retry: number
  readonly timeout: number
  readonly down_after: number
  readonly up_after: number
  readonly stay_factor: number
  readonly rotation: 'minimal' | 'reselect'
  readonly on_shortage: 'keep' | 'shrink'
  readonly min_edges: number
  readonly dnschange_maxfreq: number
  readonly dnschange_window: number
  readonly canary_killer: number
  /** Cycles from one look at what is published to the next (behaviour §7.8); 0: never. */
  readonly verify_every: number
  /** Seconds after which a live edge that would fail is fetched once more (behaviour §10.1); 0: never. */
  readonly recheck: number
  /** AWS regions with a vantage point (behaviour §10.2). */
  readonly vantages: readonly string[]
  /** The share of the live set above which edges that fail at once do not leave it (behaviour §10.3); 0: off. */
  readonly brake: number
  /** For how many recorded cycles a failure is fresh. */
  readonly brake_cycles: number
  readonly references: readonly string[]
  readonly run_frequency: number
  readonly history: { readonly samples: number; readonly window: number }
  readonly route53: {
    readonly enabled: boolean
    readonly ttl: number
    readonly zones: Readonly<Record<string, string>>
    readonly rate: number
    readonly verify_every: number
  }
  /** Name servers that are asked whether they serve what was published (behaviour §12); none: nobody is asked. */
  readonly served: { readonly servers: readonly string[]; readonly grace: number; readonly sample: number }
  /** Fetched after every cycle that was saved as `ok` (behaviour §14.1); null: none. */
  readonly heartbeat: string | null
  /** To which the events of cycles are posted (behaviour §14.2). */
  readonly notify: readonly string[]
  /** A certificate that ends within that many days is a warning (behaviour §14.3); 0: never. */
  readonly certificate_days: number
  readonly events: { readonly enabled: boolean | null }
  readonly metrics: { readonly per_edge: boolean }
  readonly alarms: { readonly email: string | null; readonly slow_seconds: number | null }
}
