import type { Canary, Edge } from '../model.ts'
import { readCanaryMap, type Surroundings } from './canary-map.ts'
import type { ConfigOptions, ConfigSource } from './configuration.ts'
import { doubtsAbout } from './doubts.ts'
import { readEdgeList } from './edge-list.ts'
import type { Network } from './network.ts'
import type { Problem } from './problem.ts'
import type { SettingsFile } from './settings-file.ts'
import { readText } from './source.ts'
import { readTestObject } from './test-object.ts'
import { readZones, type ZoneNames, zonesElsewhere } from './zone-files.ts'

export interface NetworkContext extends ConfigOptions {
  readonly settingsFile: SettingsFile
  readonly zoneNames: ZoneNames
  /** Zones in several networks, with their files. */
  readonly shared: ReadonlyMap<string, readonly string[]>
}

/** One network from its files. Null where its settings or its test object cannot be used; the problems say why. */
export function readNetwork(
  name: string,
  source: ConfigSource,
  context: NetworkContext,
): { network: Network | null; problems: Problem[] } {
  const problems: Problem[] = []
  const edges = readEdges(name, source, problems)
  const settings = context.settingsFile.settings.get(name)
  const draft = settings ?? context.settingsFile.draftFor(name)
  const zones = readZones(name, context.zoneNames, source, draft, context.shared)
  const surroundings = {
    zones: new Set(zones.zones.map(zone => zone.name)),
    edges: new Map(edges.flatMap(edge => (edge.address === null ? [] : [[edge.address, edge.name] as const]))),
  }
  const canaries = readCanaries(name, source, surroundings, problems)
  const object = readTestObject(name, draft, source, context)
  problems.push(...zones.problems, ...object.problems)
  if (settings === undefined || object.object === null) return { network: null, problems }
  const elsewhere = zonesElsewhere(name, context.zoneNames, source)
  const network = { name, settings, edges, canaries, zones: zones.zones, elsewhere, object: object.object }
  problems.push(...doubtsAbout(network, context.settingsFile))
  return { network, problems }
}

function readEdges(network: string, source: ConfigSource, problems: Problem[]): readonly Edge[] {
  const about = { file: `edges/${network}`, network, scope: 'edges' as const, severity: 'error' as const }
  const found = readText(source, about.file)
  if ('fault' in found) {
    problems.push({ ...about, line: 1, column: 1, message: found.fault })
    return []
  }
  const list = readEdgeList(found.text)
  problems.push(...list.faults.map(fault => ({ ...about, ...fault })))
  return list.edges
}

function readCanaries(
  network: string,
  source: ConfigSource,
  surroundings: Surroundings,
  problems: Problem[],
): readonly Canary[] {
  const about = { file: `canaries/${network}`, network, scope: 'canaries' as const }
  if (!source.list('canaries')?.includes(network)) return []
  const found = readText(source, about.file)
  if ('fault' in found) {
    problems.push({ ...about, severity: 'error', line: 1, column: 1, message: found.fault })
    return []
  }
  const map = readCanaryMap(found.text, surroundings)
  problems.push(...map.faults.map(fault => ({ ...about, ...fault })))
  return map.canaries
}
