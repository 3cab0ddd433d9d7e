import type { Canary, Edge } from '../domain/model.ts'
import { byName } from '../domain/model.ts'
import { oncePer } from '../domain/once-per.ts'
import type { Problem } from './problem.ts'
import type { Settings } from './settings.ts'

/** One zone of the configuration with its include, or with what is wrong with it. */
export interface ZoneSource {
  /** Lower case, without the trailing dot. */
  readonly name: string
  /** The include's path, relative to the configuration folder. */
  readonly file: string
  /** The include, verbatim; null where it has errors. */
  readonly include: string | null
  /** Errors of the include and of the zone's name (behaviour §7.5, §7.7). */
  readonly errors: readonly Problem[]
  /** False where a last good include must not stand in: the zone is in two networks, or its name is not one. */
  readonly publishable: boolean
}

/** The local copy of the test object. */
export interface TestObject {
  /** SHA-256, hexadecimal. */
  readonly sha256: string
  readonly bytes: number
}

/** One network, ready for a cycle: overrides merged, lists sorted, everything checked. */
export interface Network {
  readonly name: string
  readonly settings: Settings
  /** Sorted by name. */
  readonly edges: readonly Edge[]
  /** Sorted by zone; only those for zones the network has. */
  readonly canaries: readonly Canary[]
  /** Sorted by name. */
  readonly zones: readonly ZoneSource[]
  /** By zone: the network of the same configuration that has it, the first by name where several do. */
  readonly owners: ReadonlyMap<string, string>
  readonly object: TestObject
}

/** The names of a network's zones; worked out once for a configuration. */
export const zoneNames = oncePer(
  (zones: Network['zones']): ReadonlySet<string> => new Set(zones.map(({ name }) => name)),
)

/** The addresses of a network's canaries, each once, sorted: zones that share one share its probe (behaviour §6). */
export function canaryAddresses(network: Network): string[] {
  return [...new Set(network.canaries.map(canary => canary.address))].sort(byName)
}

/** How many edges of a network are to be live: `edge_count`, or all where there are fewer (behaviour §4). */
export function wantedEdges({ settings, edges }: Pick<Network, 'settings' | 'edges'>): number {
  return Math.min(settings.edge_count, edges.length)
}
