import Handlebars from 'handlebars'
import { addressType, sortAddresses } from './addresses.ts'
import { wrapInclude } from './marker.ts'

/** What a zone is made of (behaviour §7.1). Names are as in the settings; times in seconds. */
export interface ZoneData {
  /** Without the trailing dot. */
  readonly zone: string
  readonly serial: number
  readonly ttl: number
  readonly soa: {
    readonly nameserver: string
    readonly mailbox: string
    readonly refresh: number
    readonly retry: number
    readonly expire: number
    readonly minimum: number
  }
  readonly nsRecords: readonly string[]
  readonly rotateLabels: readonly string[]
  /** Canonical, in any order; at least one. */
  readonly addresses: readonly string[]
  /** The zone's include, verbatim. */
  readonly include: string
}

const compiled = new Map<string, Handlebars.TemplateDelegate>()

/** Renders a Handlebars template, unescaped; throws where the template names what `data` does not have. */
export function renderTemplate(template: string, data: object): string {
  const known = compiled.get(template) ?? Handlebars.compile(template, { noEscape: true, strict: true })
  compiled.set(template, known)
  return known(data)
}

/**
 * The zone's full text (behaviour §7.1): the addresses, sorted and each once, stand at `@` and at every rotate label,
 * as `records` of `{ label, type, address }`; everything else goes by the names in `ZoneData`. Throws without addresses.
 */
export function renderZone(template: string, data: ZoneData): string {
  if (data.addresses.length === 0) throw new Error(`zone ${data.zone} has no address: it is not to be published`)
  const addresses = sortAddresses(data.addresses)
  const labels = [...new Set(['@', ...data.rotateLabels])]
  const records = labels.flatMap(label => addresses.map(address => ({ label, type: addressType(address), address })))
  return renderTemplate(template, { ...data, addresses, records, include: wrapInclude(data.zone, data.include) })
}

export interface Templates {
  readonly zone: string
  readonly namedConf: string
}
