import { byName } from '../domain/model.ts'
import { renderTemplate } from './render.ts'

/** The `named.conf` of a network: a clause for each zone, sorted (contract, "What lands in the bucket"); `options`: of `dns.zone_options`. */
export function renderNamedConf(template: string, network: string, zones: readonly string[], options = ''): string {
  return renderTemplate(template, { network, zones: [...new Set(zones)].sort(byName), options: optionLines(options) })
}

/** `dns.zone_options` for a clause, behind its `file`: on lines of their own, as a comment may end them; empty if none. */
export function optionLines(options: string): string {
  return options.trim() === '' ? '' : `\n  ${options.trim()}\n`
}
