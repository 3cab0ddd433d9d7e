import { orderEvent } from '../core/events.ts'
import type { FreezeAnswer } from '../core/instruction.ts'
import { signature } from '../core/orders.ts'
import { announceEvents } from '../cycle/announce.ts'
import { freezeNetwork } from '../cycle/instruct.ts'
import { type OrderFlags, readInstruction } from './conf.ts'
import { chooseNetwork } from './configuration.ts'
import { exitStatus } from './errors.ts'
import { withStorage } from './patience.ts'
import { existingPlaceOf } from './place.ts'
import { signerOf } from './signer.ts'
import { storageAt } from './storage.ts'
import type { Terminal } from './terminal.ts'

/** `edgemanage freeze` and `thaw`: an operator's order to hold a network's live set, and its end (behaviour §5). */
export async function freezeOrThaw(
  order: 'freeze' | 'thaw',
  flags: OrderFlags,
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const place = existingPlaceOf(flags, env)
  const open = storageAt(place, env)
  const instruction = readInstruction({ ...flags, order, by: signerOf(env, place.kind !== 'local') })
  const { network } = chooseNetwork(flags, env)
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
  return `${network}: frozen, ${expires === null ? '' : `until ${expires}, `}${signature({ by, comment: comment ?? '' })}`
}
