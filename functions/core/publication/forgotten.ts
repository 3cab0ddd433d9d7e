import type { Before, Published } from '../state/network-state.ts'
import { renderNamedConf } from '../zone/named-conf.ts'
import { parseManifest, renderManifest } from './manifest.ts'
import { recordedManifest } from './manifest-text.ts'
import { publishedZones } from './published-zones.ts'

/** Where a network stands that forgets a zone; `clauses`: the zones that its published named.conf names. */
export interface NamedConfBefore {
  readonly name: string
  readonly template: string
  readonly records: Before['zones']
  readonly clauses: readonly string[]
  /** The published manifest, for the options that it tells: also of a network that has left the configuration. */
  readonly manifest: string | null
}

/** The text of named.conf without a zone's clause (behaviour §7.6): all others stay, those of lost records too. */
export function namedConfWithout(zone: string, before: NamedConfBefore): string {
  const { name, template, records, clauses, manifest } = before
  const others = [...publishedZones(records), ...clauses].filter(one => one !== zone)
  return renderNamedConf(template, name, others, optionsIn(manifest))
}

/** `dns.zone_options` as a published manifest tells them. */
function optionsIn(manifest: string | null): string {
  const found = manifest === null ? '' : parseManifest(manifest)
  return typeof found === 'string' ? '' : (found.zoneOptions ?? '')
}

/** What a manifest is made again from, where the published one is damaged; `namedConf`: as it was just written. */
export interface ManifestBefore {
  readonly name: string
  readonly records: Before['zones']
  readonly namedConf: Published
}

/** The published manifest without a zone's row (behaviour §7.9); one that is damaged is made again from the records. */
export function manifestWithout(zone: string, published: string, { name, records, namedConf }: ManifestBefore): string {
  const found = parseManifest(published)
  if (typeof found === 'string') {
    const others = new Map([...records].filter(([one]) => one !== zone))
    return recordedManifest(name, { zones: others, namedConf })
  }
  const zones = found.zones.filter(one => one.zone !== zone)
  const file = { key: `zones/${name}/named.conf`, sha256: String(namedConf.hash) }
  return renderManifest({ ...found, network: name, zones, claims: [], namedConf: file })
}
