/** Names that Route 53's name servers are asked for in each zone: its own, and the first of its rotate labels. */
export const maxAskedNames = 10

/** The settings of a network that say which name servers it asks. */
export interface AskingSettings {
  readonly served: { readonly servers: readonly string[]; readonly route53: boolean }
  readonly route53: { readonly enabled: boolean }
}

/** Whether Route 53's own name servers are asked: only for zones whose records are pushed there. */
export function asksRoute53({ served, route53 }: AskingSettings): boolean {
  return served.route53 && route53.enabled
}

/** Whether any name server is asked. */
export function asksServers(settings: AskingSettings): boolean {
  return settings.served.servers.length > 0 || asksRoute53(settings)
}
