import { clock } from '../../adapters/time/clock.ts'
import { signerOf } from '../../app/caller-identity.ts'
import { networkInForce } from '../../app/configuration/choose.ts'
import { exitStatus } from '../../app/exit-status.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { storageAt } from '../../app/open-storage.ts'
import { existingPlaceOf } from '../../app/target.ts'
import { withStorage } from '../../app/with-storage.ts'
import type { Network } from '../../core/config/network.ts'
import { UsageError } from '../../core/domain/errors.ts'
import type { Mode } from '../../core/domain/model.ts'
import { utcWords } from '../../core/domain/time-words.ts'
import { type OrderAnswer, type OrderRequest, type ValidOrder, validOrderOf } from '../../core/orders/order-request.ts'
import { signature } from '../../core/orders/orders.ts'
import { orderEvent } from '../../core/report/event.ts'
import { announceEvents } from '../../cycle/announce.ts'
import { orderEdge } from '../../cycle/give-orders.ts'
import type { Orders } from '../../cycle/ports/orders.ts'
import type { Announce } from '../../cycle/ports/ports.ts'
import { askYesNo, canAsk, type Dialogue } from '../input/ask.ts'
import type { Terminal } from '../output/terminal.ts'
import { type ChosenEdges, chooseEdges } from './choose-edges.ts'

/** The flags with which an order is given. */
export interface OrderFlags extends NetworkFlags {
  readonly comment?: string
  readonly expires?: string
}

export interface ConfFlags extends OrderFlags {
  readonly mode: Mode
  readonly yes?: boolean
}

/** `edgemanage conf EDGE…`: an operator's order for some edges. It waits for no cycle; the next one acts on it. */
export async function conf(
  words: readonly string[],
  flags: ConfFlags,
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
  dialogue: Dialogue = process,
): Promise<number> {
  const place = existingPlaceOf(flags, env)
  const open = storageAt(place, env)
  const instruction = readValidOrder({ ...flags, order: flags.mode, by: signerOf(env, place.kind !== 'local') })
  const { network } = await networkInForce(flags, env)
  const chosen = chooseEdges(network, words, flags.mode === 'available' && words.length === 1)
  if (!(await isConfirmed(chosen, flags, terminal, dialogue))) {
    terminal.err('edgemanage: nothing was ordered\n')
    return exitStatus.failed
  }
  await withStorage(open, false, ({ orders, announceFor }) => {
    const tell = (answer: OrderAnswer, replaced: boolean) =>
      terminal.out(`${flags.json === true ? JSON.stringify(answer) : sentence(answer, replaced)}\n`)
    const warn = (trouble: string) => terminal.err(`edgemanage: ${trouble}\n`)
    return orderEdges(chosen.edges, instruction, { orders, announce: announceFor(network), network, tell, warn })
  })
  return exitStatus.success
}

interface Ordering {
  readonly orders: Orders
  readonly announce: Announce | undefined
  readonly network: Network
  readonly tell: (answer: OrderAnswer, replaced: boolean) => void
  readonly warn: (trouble: string) => void
}

/**
 * Gives the same order to several edges, one after another. Where it fails midway, the orders before that are given all the
 * same: they have been told, and the event names them. Throws what it failed for.
 */
export async function orderEdges(
  edges: readonly string[],
  instruction: ValidOrder,
  { orders, announce, network, tell, warn }: Ordering,
): Promise<void> {
  const given: string[] = []
  try {
    for (const edge of edges) {
      const ordered = await orderEdge(orders, network, edge, instruction)
      if ('fault' in ordered) throw new UsageError(ordered.fault)
      given.push(ordered.answer.edge)
      tell(ordered.answer, ordered.replaced)
    }
  } finally {
    const events = given.length === 0 ? [] : [orderEvent(network.name, given, instruction)]
    const trouble = await announceEvents(announce, events)
    if (trouble !== null) warn(trouble)
  }
}

/** The order that these flags make; throws `UsageError` with every reason against it. */
export function readValidOrder(wish: OrderRequest): ValidOrder {
  const instruction = validOrderOf(wish, clock())
  if ('faults' in instruction) throw new UsageError(instruction.faults.join('; '))
  return instruction
}

/** Shows what several edges are, and asks; without a terminal, only `--yes` is a yes. */
async function isConfirmed(
  { edges, isList }: ChosenEdges,
  { mode, yes }: ConfFlags,
  terminal: Terminal,
  dialogue: Dialogue,
): Promise<boolean> {
  if (!isList) return true
  const count = `${edges.length} ${edges.length === 1 ? 'edge' : 'edges'}`
  terminal.err(`${mode} for ${count}:\n${edges.map(edge => `  ${edge}\n`).join('')}`)
  if (yes === true) return true
  if (!canAsk(dialogue)) throw new UsageError(`not a terminal: pass --yes to give this order to ${count}`)
  return askYesNo(`Order ${mode} for ${count}?`, dialogue)
}

function sentence({ edge, mode, comment, by, expires }: OrderAnswer, replaced: boolean): string {
  if (mode === 'available') return replaced ? `${edge}: available again` : `${edge}: available; there was no order`
  return `${edge}: ${mode}, ${expires === null ? '' : `until ${utcWords(Date.parse(expires))}, `}${signature({ by, comment: comment ?? '' })}`
}
