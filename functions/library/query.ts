import { clock } from '../adapters/clock.ts'
import { configDirOf, openConfiguration } from '../cli/configuration.ts'
import { lookBack } from '../core/lookback.ts'
import { isoTime, modeOf } from '../core/orders.ts'
import type { EdgeReport } from '../core/report.ts'
import { onSite, siteOf, type Where } from './place.ts'

/** An edge as the newest recorded cycle left it, and the order that counts now; null where there is none. */
export interface EdgeRow extends EdgeReport {
  /** ISO 8601, UTC: when the order was given. */
  readonly since: string | null
  readonly comment: string | null
  readonly by: string | null
  readonly expires: string | null
}

/** The networks of a configuration folder whose files have no errors, sorted. */
export function networks(config?: string): string[] {
  return openConfiguration(configDirOf(config, process.env)).networks.map(({ name }) => name)
}

/** The edges of a network's list, sorted. Throws `UsageError` or `ConfigurationFault`. */
export function edges(where: Pick<Where, 'config' | 'network'>): string[] {
  // Nothing is opened: where its state lies does not matter.
  return siteOf({ ...where, local: '.' }).network.edges.map(({ name }) => name)
}

/** The edges of a network as the newest recorded cycle left them; empty where none is recorded. Reads only. */
export function query(where: Where): Promise<EdgeRow[]> {
  return onSite(where, true, async ({ journal }, { network }) => {
    const { stored } = await journal.overview(network.name, network.settings.history.samples)
    const now = clock()
    return (lookBack(network, stored, now)?.edges ?? []).map(row => {
      const { order } = modeOf(row.edge, stored.orders.get(row.edge), row.state === 'in', now)
      if (order === null) return { ...row, since: null, comment: null, by: null, expires: null }
      const { since, comment, by, expires } = order
      return { ...row, since: isoTime(since), comment, by, expires: expires === null ? null : isoTime(expires) }
    })
  })
}
