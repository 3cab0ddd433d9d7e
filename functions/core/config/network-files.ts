import type { Canary, Edge } from '../domain/model.ts'
import { readCanaryMap, type Surroundings } from './canary-map.ts'
import { readEdgeList } from './edge-list.ts'
import type { Network } from './network.ts'
import { doubtsAbout } from './plausibility.ts'
import type { Problem } from './problem.ts'
import type { SettingsFile } from './settings-file.ts'
import type { ConfigOptions, ConfigSource } from './source.ts'
import { readText } from './source.ts'
import { readTestObject } from './test-object.ts'
import { readZones, type ZoneNames } from './zone-files.ts'

export interface NetworkContext extends ConfigOptions {
  readonly settingsFile: SettingsFile
  readonly zoneNames: ZoneNames
  /** Zones in several networks, with their files. */
  readonly shared: ReadonlyMap<string, readonly string[]>
  /** By zone: the network that has it. */
  readonly owners: ReadonlyMap<string, string>
}

/** One network from its files. Null where its settings or its test object cannot be used; the problems say why. */
export function readNetwork(
  name: string,
  source: ConfigSource,
  context: NetworkContext,
): { network: Network | null; problems: Problem[] } {
  const { edges, problems: edgeProblems } = readEdges(name, source)
  const settings = context.settingsFile.settings.get(name)
  const draft = settings ?? context.settingsFile.draftFor(name)
  const zones = readZones(name, context.zoneNames, source, draft, context.shared)
  const surroundings = {
    zones: new Set(zones.zones.map(zone => zone.name)),
    edges: new Map(edges.flatMap(edge => (edge.address === null ? [] : [[edge.address, edge.name] as const]))),
  }
  const { canaries, problems: canaryProblems } = readCanaries(name, source, surroundings)
  const object = readTestObject(name, draft, source, context)
  const problems = [edgeProblems, canaryProblems, zones.problems, object.problems].flat()
  if (settings === undefined || object.object === null) return { network: null, problems }
  const { owners } = context
  const network = { name, settings, edges, canaries, zones: zones.zones, owners, object: object.object }
  return { network, problems: [problems, doubtsAbout(network, context.settingsFile)].flat() }
}

function readEdges(network: string, source: ConfigSource): { edges: readonly Edge[]; problems: Problem[] } {
  const about = { file: `edges/${network}`, network, scope: 'edges' as const, severity: 'error' as const }
  const found = readText(source, about.file)
  if ('fault' in found) return { edges: [], problems: [{ ...about, line: 1, column: 1, message: found.fault }] }
  const list = readEdgeList(found.text)
  return { edges: list.edges, problems: list.faults.map(fault => ({ ...about, ...fault })) }
}

function readCanaries(
  network: string,
  source: ConfigSource,
  surroundings: Surroundings,
): { canaries: readonly Canary[]; problems: Problem[] } {
  const about = { file: `canaries/${network}`, network, scope: 'canaries' as const }
  if (!source.list('canaries')?.includes(network)) return { canaries: [], problems: [] }
  const found = readText(source, about.file)
  if ('fault' in found) {
    return { canaries: [], problems: [{ ...about, severity: 'error', line: 1, column: 1, message: found.fault }] }
  }
  const map = readCanaryMap(found.text, surroundings)
  return { canaries: map.canaries, problems: map.faults.map(fault => ({ ...about, ...fault })) }
}
