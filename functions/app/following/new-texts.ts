import { renderCatalog } from '../../core/following/catalog.ts'
import { renderClauses } from '../../core/following/clauses.ts'
import type { Plan } from '../../core/following/plan.ts'
import type { Waiting } from '../../core/following/state.ts'
import { serialOf } from '../../core/zone/published.ts'
import type { FollowerPorts } from '../../cycle/ports/following.ts'
import { judgeClauses } from './judge-zones.ts'
import type { Look } from './look.ts'

/** Texts that are about to be written; null where one stays as it is. */
export interface NewTexts {
  readonly clauses: string | null
  readonly catalog: string | null
  readonly serial: number | null
  readonly changes: Waiting
  /** Zones that have no clause from now on. */
  readonly left: readonly string[]
  readonly faults: readonly string[]
}

/** The clauses and the catalog that this plan makes, judged before they go anywhere. */
export async function newTexts(
  { sighted, clausesText }: Look,
  { members, leaving, isBlind }: Plan,
  catalog: string | null,
  now: number,
  ports: FollowerPorts,
): Promise<NewTexts> {
  const { networks, named, state } = sighted
  const none = { clauses: null, catalog: null, serial: null, changes: { reconfig: false, zones: [] }, left: [] }
  if (isBlind)
    return { ...none, faults: ['what the server has is not known, and nothing can be fetched: it stays as it is'] }
  const optionsOf = (network: string) => networks.get(network)?.options ?? ''
  const clauses = [...members].map(([zone, network]) => {
    return { zone, file: ports.folder.pathOf(zone), options: optionsOf(network) }
  })
  const [first] = networks.values()
  if (catalog !== null) clauses.push({ zone: catalog, file: ports.folder.catalogPath, options: first?.options ?? '' })
  const text = renderClauses(clauses)
  const fault = text === clausesText ? null : await judgeClauses(clauses, ports)
  if (fault !== null) return { ...none, faults: [`edgemanage.conf stays as it was: ${fault}`] }
  const before = catalog === null ? null : await ports.folder.read('catalog')
  const after = catalog === null ? null : renderCatalog(catalog, [...members.keys()], before, now)
  const isLoaded = catalog !== null && (named === null || named.includes(catalog) || state.waiting.reconfig)
  return {
    clauses: text === clausesText ? null : text,
    catalog: after === before ? null : after,
    serial: after === null ? null : serialOf(after),
    changes: { reconfig: text !== clausesText, zones: after !== before && isLoaded ? [String(catalog)] : [] },
    left: leaving,
    faults: [],
  }
}
