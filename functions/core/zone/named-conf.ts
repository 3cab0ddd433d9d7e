import { byName } from '../domain/model.ts'
import { renderTemplate } from './render.ts'

/** The `named.conf` of a network: a clause for each zone, sorted (contract, "What lands in the bucket"). */
export function renderNamedConf(template: string, network: string, zones: readonly string[]): string {
  return renderTemplate(template, { network, zones: [...new Set(zones)].sort(byName) })
}
