import { clock } from '../adapters/time/clock.ts'
import { openConfiguration } from '../app/choose-network.ts'
import { configDirOf } from '../app/naming.ts'
import type { OrderFacts } from '../core/inspect/query-rows.ts'
import type { EdgeReport } from '../core/report/report.ts'
import { lookAtEdges } from '../cycle/look.ts'
import { onSite, siteOf, type Where } from './place.ts'

/** An edge as the newest recorded cycle left it, with the order that counts for it. */
export type EdgeRow = EdgeReport & OrderFacts

/** The networks of a configuration folder whose files have no errors, sorted. */
export function networks(config?: string): string[] {
  return openConfiguration(configDirOf(config, process.env)).networks.map(({ name }) => name)
}

/** The edges of a network's list, sorted. Throws `UsageError` or `ConfigurationFault`. */
export function edges(where: Pick<Where, 'config' | 'network'>): string[] {
  // Nothing is opened: where its state lies does not matter.
  return siteOf({ ...where, local: '.' }).network.edges.map(({ name }) => name)
}

/** The edges of a network as the newest recorded cycle left them. Reads only. */
export function query(where: Where): Promise<EdgeRow[]> {
  return onSite(where, true, async ({ journal }, { network }) => {
    return (await lookAtEdges(network, journal, {}, clock())).edges
  })
}
