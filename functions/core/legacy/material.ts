import { canonicalEdge } from '../config/edge-name.ts'
import type { Network } from '../config/network.ts'
import { byName } from '../domain/model.ts'
import { type EdgeStore, readEdgeStore } from './edge-store.ts'
import { type OriginalState, readStateFile } from './state-file.ts'

/** The original's files as they were found: by edge, and the network's state; null where there is no such file. */
export interface OriginalFiles {
  readonly stores: ReadonlyMap<string, string>
  /** By edge: files that are there but could not be read, and why. */
  readonly unreadable?: ReadonlyMap<string, string>
  readonly state: string | null
}

/** What the original's files say about one network. */
export interface Material {
  readonly edges: ReadonlyMap<string, EdgeStore>
  /** By address. */
  readonly canaries: ReadonlyMap<string, EdgeStore>
  /** Edges of which nothing can be read though there is a file, so that their mode is not known; sorted. */
  readonly unknown: readonly string[]
  readonly state: OriginalState | null
  /** The last live set, sorted; null where no state file was named. */
  readonly live: readonly string[] | null
  /** What was left out and why: one line each. */
  readonly faults: readonly string[]
  /** Files about edges that the network does not have: the original keeps those of all networks in one folder. */
  readonly strangers: readonly string[]
}

const unreadableWords = 'cannot be read (empty, cut off or damaged)'

/**
 * Sorts out what concerns this network: its edges and canaries, and edges that were live last. Of damaged files what is
 * whole in them counts, and the damage is told. `now` in milliseconds.
 */
export function materialOf(files: OriginalFiles, network: Network, now: number): Material {
  const state = files.state === null ? null : readStateFile(files.state, now)
  const known = namesOf(network)
  const told = (state?.live ?? []).map(name => known.edges.get(canonicalEdge(name)) ?? canonicalEdge(name))
  for (const name of told) known.edges.set(canonicalEdge(name), name)
  const { edges, canaries, ...found } = storesOf(files, known, now)
  const isLiveKnown = files.state === null || state?.isLiveKnown === true
  const inByStores = isLiveKnown ? [] : [...edges].filter(([, { isIn }]) => isIn).map(([name]) => name)
  const live = [...new Set([...told, ...inByStores])].sort(byName)
  return {
    edges,
    canaries,
    unknown: found.unknown,
    state,
    live: files.state === null ? null : live,
    faults: [
      ...(files.state === null ? [] : stateFaults(state, inByStores)),
      ...found.faults,
      ...canaryOrders(canaries),
    ],
    strangers: found.strangers,
  }
}

interface Known {
  readonly edges: Map<string, string>
  readonly canaries: Map<string, string>
}

function namesOf(network: Network): Known {
  return {
    edges: new Map(network.edges.map(({ name }) => [canonicalEdge(name), name])),
    canaries: new Map(network.canaries.map(({ address }) => [canonicalEdge(address), address])),
  }
}

/** A file with its edge or canary; null: it could not be read. */
interface Found {
  readonly fileName: string
  readonly text: string | null
}

function storesOf(files: OriginalFiles, known: Known, now: number) {
  const stores = { edges: new Map<string, EdgeStore>(), canaries: new Map<string, EdgeStore>() }
  const faults: string[] = []
  const strangers: string[] = []
  const unknown: string[] = []
  const all: Found[] = [
    ...[...files.stores].map(([fileName, text]) => ({ fileName, text })),
    ...[...(files.unreadable ?? [])].map(([fileName]) => ({ fileName, text: null })),
  ]
  const groups = new Map<string, Found[]>()
  for (const found of all.sort((a, b) => byName(a.fileName, b.fileName))) {
    const key = canonicalEdge(found.fileName)
    if (known.canaries.has(key) || known.edges.has(key)) groups.set(key, [...(groups.get(key) ?? []), found])
    else strangers.push(found.fileName)
  }
  for (const [key, group] of groups) {
    const kind = known.canaries.has(key) ? 'canaries' : 'edges'
    const name = String(known[kind].get(key))
    const read = readGroup(name, group, files.unreadable, now)
    faults.push(...read.faults)
    if (read.store !== null) stores[kind].set(name, read.store)
    else if (kind === 'edges') unknown.push(name)
  }
  return { ...stores, faults, strangers, unknown: unknown.sort(byName) }
}

/** What the files of one edge say: the one that is spelled as the edge is counts; where modes differ, none does. */
function readGroup(name: string, group: readonly Found[], reasons: OriginalFiles['unreadable'], now: number) {
  const read = group
    .map(({ fileName, text }) => ({ fileName, store: text === null ? null : readEdgeStore(text, now) }))
    .sort((a, b) => Number(b.fileName === name) - Number(a.fileName === name))
  const [{ fileName, store }, ...others] = read as [(typeof read)[number], ...typeof read]
  const isSame = others.every(other => other.store?.mode === store?.mode)
  const faults = [
    ...faultsOf(`${fileName}.edgestore`, store, reasons?.get(fileName)),
    ...others.map(other => `${other.fileName}.edgestore: left out, as ${name} has another file`),
    ...(isSame ? [] : [`${name}: its files do not say the same mode`]),
  ]
  return { store: store === null || isSame ? store : { ...store, mode: null }, faults }
}

function faultsOf(file: string, read: { readonly faults: readonly string[] } | null, reason?: string): string[] {
  return (read?.faults ?? [`${reason ?? unreadableWords}: left out`]).map(fault => `${file}: ${fault}`)
}

function stateFaults(state: OriginalState | null, inByStores: readonly string[]): string[] {
  const faults = faultsOf('the state file', state)
  if (inByStores.length === 0) return faults
  return [
    ...faults,
    'the state file: the live set is not whole in it: edges whose own files say that they are in count',
  ]
}

function canaryOrders(canaries: ReadonlyMap<string, EdgeStore>): string[] {
  return [...canaries].flatMap(([address, { mode }]) =>
    mode === null || mode === 'available'
      ? []
      : [`${address}.edgestore: canaries take no orders, so ${mode} was left out`],
  )
}
