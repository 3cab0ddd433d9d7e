import { clock } from '../adapters/time/clock.ts'
import { openConfiguration } from '../app/choose-network.ts'
import { networksInForce } from '../app/configuration/choose.ts'
import { configDirOf } from '../app/naming.ts'
import { isPlaceNamed } from '../app/target.ts'
import type { OrderFacts } from '../core/inspect/query-rows.ts'
import type { EdgeReport } from '../core/report/report.ts'
import { lookAtEdges } from '../cycle/look.ts'
import { folderNetwork, onSite, siteInForce, type Where } from './place.ts'

/** An edge as the newest recorded cycle left it, with the order that counts for it. */
export type EdgeRow = EdgeReport & OrderFacts

/**
 * The names of the networks as they are in force (behaviour §11), sorted. Where neither `where` nor the environment says what place
 * that is, those of the folder whose files have no errors. Throws `UsageError`.
 */
export async function networks(where: Omit<Where, 'network'> | string = {}): Promise<string[]> {
  const flags = typeof where === 'string' ? { config: where } : where
  // All of them, whichever the environment names.
  const { EDGEMANAGE_NETWORK: _, ...env } = process.env
  if (!isPlaceNamed(flags, env)) return openConfiguration(configDirOf(flags.config, env)).networks.map(nameOf)
  return (await networksInForce(flags, env)).chosen.map(({ network }) => network.name)
}

/**
 * The names of a network's edges as they are in force (behaviour §11), sorted; of the folder where no place is named. Throws
 * `UsageError` or `ConfigurationFault`.
 */
export async function edges(where: Where = {}): Promise<string[]> {
  const network = isPlaceNamed(where, process.env) ? (await siteInForce(where)).network : folderNetwork(where)
  return network.edges.map(nameOf)
}

const nameOf = ({ name }: { readonly name: string }) => name

/** The edges of a network as the newest recorded cycle left them. Reads only. */
export function query(where: Where): Promise<EdgeRow[]> {
  return onSite(where, true, async ({ journal }, { network }) => {
    return (await lookAtEdges(network, journal, {}, clock())).edges
  })
}
