import type { Edge, Freeze, Order, OrderedMode, Probe } from '../domain/model.ts'
import { oncePer } from '../domain/once-per.ts'
import { entryOf } from '../history/history.ts'
import type { Roster, Run } from '../history/run.ts'
import { probeBehind } from '../inspect/lookback.ts'
import type { Probing } from '../judgement/participants.ts'
import type { Before, KnownAddress } from '../state/network-state.ts'
import { canonicalAddress } from '../zone/addresses.ts'
import { addressesByCycle } from './addresses.ts'

/** What a recorded cycle found, in the form in which a cycle decides. The same for every policy. */
export interface Scene {
  readonly run: Run
  readonly edges: readonly Edge[]
  readonly probing: Probing
  readonly given: Pick<Before, 'orders' | 'freeze' | 'addresses'>
}

/** What is known today in addition to the recorded cycles: it lends its words to what they only name. */
export interface Today {
  readonly edges: readonly Edge[]
  readonly orders: Before['orders']
  readonly freeze: Before['freeze']
  readonly addresses: ReadonlyMap<string, KnownAddress>
}

/** The scenes of these cycles (ascending), each made when it is asked for. */
export function scenesOf(runs: readonly Run[], today: Today): { readonly at: (place: number) => Scene } {
  const edgesOf = edgesByRoster(today.edges)
  const fixed = new Map<string, boolean>()
  const isHost = (name: string) => {
    const known = fixed.get(name) ?? addressOf(name, today.edges) === null
    fixed.set(name, known)
    return known
  }
  const known = addressesByCycle(runs, isHost, today.addresses)
  return {
    at: place => {
      const run = runs[place] as Run
      const edges = edgesOf(run.roster)
      return {
        run,
        edges,
        probing: probingOf(run, edges),
        given: { ...standing(run, today), addresses: knownAddresses(known[place] as ReadonlyMap<string, string>) },
      }
    },
  }
}

function addressOf(name: string, edges: readonly Edge[]): string | null {
  return edges.find(edge => edge.name === name)?.address ?? canonicalAddress(name)
}

function edgesByRoster(today: readonly Edge[]): (roster: Roster) => readonly Edge[] {
  const byRoster = new Map<string, readonly Edge[]>()
  const addresses = new Map(today.map(({ name, address }) => [name, address]))
  return ({ id, edges }) => {
    const known = byRoster.get(id)
    if (known !== undefined) return known
    const made = edges.map(name => ({ name, address: addresses.get(name) ?? canonicalAddress(name) }))
    byRoster.set(id, made)
    return made
  }
}

/** Cycles share what did not change. */
const knownAddresses = oncePer(
  (known: ReadonlyMap<string, string>): ReadonlyMap<string, KnownAddress> =>
    new Map([...known].map(([edge, address]) => [edge, { known: address, published: null }])),
)

function probingOf(run: Run, edges: readonly Edge[]): Probing {
  const probes = new Map<string, Probe>()
  for (const { name } of edges) {
    const entry = entryOf(run, 'edge', name)
    if (entry !== null) probes.set(name, probeBehind(entry))
  }
  const common = { edges: probes, canaries: new Map(), killed: false, blind: false }
  const verdicts = run.circumstances?.verdicts
  return verdicts === undefined ? common : { ...common, verdicts }
}

/** The orders and the freeze that held in a cycle; none where that is not known. */
function standing({ circumstances, time }: Run, today: Today): Pick<Before, 'orders' | 'freeze'> {
  if (circumstances === null) return { orders: new Map(), freeze: null }
  const orders = [...circumstances.orders].map(([edge, mode]) => [edge, orderOf(edge, mode, time, today)] as const)
  return { orders: new Map(orders), freeze: circumstances.frozen ? freezeOf(time, today) : null }
}

/** Who gave an order and why is not kept with a cycle: only of one that still holds it is known. */
const signed = { comment: 'recorded with the cycle', by: 'an operator', expires: null }

function orderOf(edge: string, mode: OrderedMode, time: number, { orders }: Today): Order {
  const order = orders.get(edge)
  const isSame = order !== undefined && order !== 'unreadable' && order.mode === mode && order.since <= time
  return { ...(isSame ? order : { edge, mode, since: time, ...signed }), expires: null }
}

function freezeOf(time: number, { freeze }: Today): Freeze {
  const isSame = freeze !== null && freeze !== 'unreadable' && freeze.since <= time
  return { ...(isSame ? freeze : { since: time, ...signed }), expires: null }
}
