import type { Network } from '../config/network.ts'
import { canonicalEdge } from '../edge-name.ts'
import { byName, type Mode, type Order } from '../model.ts'
import { type EdgeStore, readEdgeStore } from './edge-store.ts'
import { type OriginalState, readStateFile } from './state-file.ts'

/** The original's files as they were found: by edge, and the network's state; null where there is no such file. */
export interface OriginalFiles {
  readonly stores: ReadonlyMap<string, string>
  readonly state: string | null
}

/** What the original's files say about one network. */
export interface Material {
  readonly edges: ReadonlyMap<string, EdgeStore>
  /** By address. */
  readonly canaries: ReadonlyMap<string, EdgeStore>
  readonly state: OriginalState | null
  /** What was left out and why: one line each. */
  readonly faults: readonly string[]
  /** Files about edges that the network does not have: the original keeps those of all networks in one folder. */
  readonly strangers: readonly string[]
}

/**
 * Sorts out what concerns this network: its edges and canaries, and edges that were live last. Damaged files are told
 * and left out. `now` in milliseconds.
 */
export function materialOf(files: OriginalFiles, network: Network, now: number): Material {
  const state = files.state === null ? null : readStateFile(files.state, now)
  const faults = files.state === null ? [] : faultsOf('the state file', state)
  const known = namesOf(network)
  const live = (state?.live ?? []).map(name => known.edges.get(canonicalEdge(name)) ?? canonicalEdge(name))
  for (const name of live) known.edges.set(canonicalEdge(name), name)
  const found = { edges: new Map<string, EdgeStore>(), canaries: new Map<string, EdgeStore>() }
  const strangers: string[] = []
  for (const [fileName, text] of [...files.stores].sort(([a], [b]) => byName(a, b))) {
    const kind = known.canaries.has(canonicalEdge(fileName)) ? 'canaries' : 'edges'
    const name = known[kind].get(canonicalEdge(fileName))
    if (name === undefined) {
      strangers.push(fileName)
      continue
    }
    const store = readEdgeStore(text, now)
    const isTwice = found[kind].has(name)
    faults.push(
      ...(isTwice ? [`${fileName}.edgestore: ${name} has another file`] : faultsOf(`${fileName}.edgestore`, store)),
    )
    if (store !== null && !isTwice) found[kind].set(name, store)
  }
  faults.push(...canaryOrders(found.canaries))
  return {
    ...found,
    state: state === null ? null : { ...state, live: [...new Set(live)].sort(byName) },
    faults,
    strangers,
  }
}

function namesOf(network: Network) {
  return {
    edges: new Map(network.edges.map(({ name }) => [canonicalEdge(name), name])),
    canaries: new Map(network.canaries.map(({ address }) => [canonicalEdge(address), address])),
  }
}

function faultsOf(file: string, read: { readonly faults: readonly string[] } | null): string[] {
  return (read?.faults ?? ['cannot be read (empty, truncated or damaged): left out']).map(fault => `${file}: ${fault}`)
}

function canaryOrders(canaries: ReadonlyMap<string, EdgeStore>): string[] {
  return [...canaries]
    .filter(([, store]) => store.mode !== 'available')
    .map(([address, { mode }]) => `${address}.edgestore: canaries take no orders, so ${mode} was left out`)
}

/** An operator's order of the original, and what tells it from an earlier or later one for the same edge. */
export interface OriginalOrder {
  readonly order: Order
  readonly mark: string
}

/** The orders in the original's files (a comment is written `[user] text`); one without a date is given `now`. */
export function ordersIn(material: Material, now: number): OriginalOrder[] {
  return [...material.edges].flatMap(([edge, { mode, since, comment }]) => {
    if (!isOrder(mode)) return []
    const [, user = '', text = ''] = /^(?:\[([^\]]*)\])?\s*(.*)$/s.exec(comment) as RegExpExecArray
    const order = {
      edge,
      mode,
      comment: text.trim() || 'imported from edgemanage, where no reason was given',
      by: user.trim() || 'unknown',
      since: since ?? now,
      expires: null,
    }
    return [{ order, mark: JSON.stringify([mode, since, comment]) }]
  })
}

function isOrder(mode: Mode): mode is Order['mode'] {
  return mode !== 'available'
}
