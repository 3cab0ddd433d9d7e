import { signerOf } from '../../app/caller-identity.ts'
import { networkInForce } from '../../app/configuration/choose.ts'
import { exitStatus } from '../../app/exit-status.ts'
import { storageAt } from '../../app/open-storage.ts'
import { existingPlaceOf } from '../../app/target.ts'
import { withStorage } from '../../app/with-storage.ts'
import { utcWords } from '../../core/domain/time-words.ts'
import type { FreezeAnswer } from '../../core/orders/order-request.ts'
import { signature } from '../../core/orders/orders.ts'
import { orderEvent } from '../../core/report/event.ts'
import { announceEvents } from '../../cycle/announce.ts'
import { freezeNetwork } from '../../cycle/give-orders.ts'
import type { Terminal } from '../output/terminal.ts'
import { type OrderFlags, readValidOrder } from './conf.ts'

/** `edgemanage freeze` and `thaw`: an operator's order to hold a network's live set, and its end (behaviour §5). */
export async function freezeOrThaw(
  order: 'freeze' | 'thaw',
  flags: OrderFlags,
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const place = existingPlaceOf(flags, env)
  const open = storageAt(place, env)
  const instruction = readValidOrder({ ...flags, order, by: signerOf(env, place.kind !== 'local') })
  const { network } = await networkInForce(flags, env)
  const { answer, replaced, trouble } = await withStorage(open, false, async ({ orders, announceFor }) => {
    const ordered = await freezeNetwork(orders, network, instruction)
    const event = orderEvent(network.name, [], instruction)
    return { ...ordered, trouble: await announceEvents(announceFor(network), [event]) }
  })
  const text = flags.json === true ? JSON.stringify(answer) : sentence(network.name, answer, replaced)
  terminal.out(`${text}\n`)
  if (trouble !== null) terminal.err(`edgemanage: ${trouble}\n`)
  return exitStatus.success
}

function sentence(network: string, { freeze, comment, by, expires }: FreezeAnswer, replaced: boolean): string {
  if (!freeze) return replaced ? `${network}: thawed` : `${network}: it was not frozen`
  return `${network}: frozen, ${expires === null ? '' : `until ${utcWords(Date.parse(expires))}, `}${signature({ by, comment: comment ?? '' })}`
}
