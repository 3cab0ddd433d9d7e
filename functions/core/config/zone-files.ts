import { byName } from '../domain/model.ts'
import type { IncludeContext } from '../zone/draft-zone.ts'
import { checkInclude } from '../zone/include.ts'
import { parseName } from '../zone/names.ts'
import { checkZoneName, normaliseName } from '../zone/zone-name.ts'
import type { ZoneSource } from './network.ts'
import type { Problem } from './problem.ts'
import type { Settings } from './settings.ts'
import type { ConfigSource } from './source.ts'
import { readText } from './source.ts'

/** A name and its zone are too long together at no fewer characters: dots and the final octet come to them. */
const nearlyTooLong = 250

/** How many files of a zone are named that is in the folders of several networks. */
const maxFilesNamed = 3

/** By network: the names of its zone files. */
export type ZoneNames = ReadonlyMap<string, readonly string[]>

/** The zone that a file is about. */
export function zoneOfFile(file: string): string {
  return normaliseName(file.slice(0, -'.zone'.length))
}

/** The zones of other networks, for a configuration reduced to one network: JSON, the network by zone. */
export const elsewherePath = 'zones/.elsewhere.json'

/** By zone: the network that has it, the first by name where several do (behaviour §7.6). */
export function ownersOf(names: ZoneNames, elsewhere: ReadonlyMap<string, string>): Map<string, string> {
  const owners = new Map(elsewhere)
  for (const [network, files] of names) {
    for (const zone of files.map(zoneOfFile)) {
      const other = owners.get(zone)
      if (other === undefined || byName(network, other) < 0) owners.set(zone, network)
    }
  }
  return owners
}

/** By zone: the network that has it, as a configuration reduced to one network says; empty where it says nothing. */
export function zonesElsewhere(source: ConfigSource): Map<string, string> {
  const found = readText(source, elsewherePath)
  if ('fault' in found) return new Map()
  try {
    return new Map(Object.entries(JSON.parse(found.text) as Record<string, string>))
  } catch {
    return new Map()
  }
}

/** Zones that stand in more than one file, with all those files (behaviour §7.7); `elsewhere`: zones of other networks. */
export function zonesInTwoNetworks(
  names: ZoneNames,
  elsewhere: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, readonly string[]> {
  const files = new Map([...elsewhere].map(([zone, network]) => [zone, [`zones/${network}/${zone}.zone`]]))
  for (const [network, own] of names) {
    for (const file of own) {
      const zone = zoneOfFile(file)
      files.set(zone, [...(files.get(zone) ?? []), `zones/${network}/${file}`])
    }
  }
  return new Map([...files].filter(([, paths]) => paths.length > 1))
}

/** A network's zones by name, each with what is wrong with it (behaviour §7.5). */
export function readZones(
  network: string,
  names: ZoneNames,
  source: ConfigSource,
  settings: Settings,
  shared: ReadonlyMap<string, readonly string[]>,
): { zones: ZoneSource[]; problems: Problem[] } {
  const problems: Problem[][] = []
  const zones = new Map<string, ZoneSource>()
  for (const fileName of names.get(network) ?? []) {
    const file = `zones/${network}/${fileName}`
    const name = zoneOfFile(fileName)
    const found = readInclude(name, file, source, settings)
    const others = (shared.get(name) ?? []).filter(path => path !== file)
    const faults = [
      checkZoneName(name),
      others.length > 0 ? `zone ${name} is also in ${fewOf(others)}` : null,
      ...tooLong(name, settings.dns),
    ]
    const about = { file, network, scope: 'zone' as const }
    const unfit = faults.flatMap(message =>
      message === null ? [] : [{ ...about, severity: 'error' as const, line: 1, column: 1, message }],
    )
    const all = [...unfit, ...found.findings.map(finding => ({ ...about, ...finding }))]
    const errors = all.filter(problem => problem.severity === 'error')
    problems.push(all)
    const include = errors.length === 0 ? found.text : null
    if (!zones.has(name)) zones.set(name, { name, file, include, errors, publishable: unfit.length === 0 })
  }
  return { zones: [...zones.values()].sort((a, b) => byName(a.name, b.name)), problems: problems.flat() }
}

/** The first few of some files, and how many more there are. */
function fewOf(files: readonly string[]): string {
  const shown = files.slice(0, maxFilesNamed).join(' and ')
  return files.length <= maxFilesNamed ? shown : `${shown} and ${files.length - maxFilesNamed} other files`
}

/** Names of the settings that belong to every zone and are too long in this one: no include could make it load. */
function tooLong(zone: string, dns: Settings['dns']): string[] {
  const { rotate_zones, ns_records, soa_nameserver, soa_mailbox } = dns
  const named = { rotate_zones, ns_records, soa_nameserver: [soa_nameserver], soa_mailbox: [soa_mailbox] }
  return Object.entries(named).flatMap(([key, texts]) =>
    texts
      .filter(text => zone.length + text.length > nearlyTooLong)
      .flatMap(text => parseName(text, `${zone}.`).fault ?? [])
      .map(fault => `dns.${key}: with a zone of this length, ${fault}`),
  )
}

/** What a zone's include is checked against. */
export function includeContext(zone: string, { dns }: Settings): IncludeContext {
  const { rotate_zones, ns_records, ttl, unchecked_types } = dns
  return { zone, rotateLabels: rotate_zones, nsRecords: ns_records, ttl, uncheckedTypes: unchecked_types }
}

function readInclude(zone: string, file: string, source: ConfigSource, settings: Settings) {
  const found = readText(source, file)
  if ('fault' in found) {
    return { text: null, findings: [{ severity: 'error' as const, line: 1, column: 1, message: found.fault }] }
  }
  const context = includeContext(zone, settings)
  return { text: found.text, findings: checkZoneName(zone) === null ? checkInclude(found.text, context) : [] }
}
