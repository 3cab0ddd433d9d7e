import { clock } from '../adapters/time/clock.ts'
import type { Network } from '../core/config/network.ts'
import { InvalidInput } from '../core/domain/errors.ts'
import { textsOf } from '../core/replay/alternatives.ts'
import { answerOf, type ReplayAnswer } from '../core/replay/answer.ts'
import { lookAtReplay } from '../cycle/look-at-replay.ts'
import type { Journal } from '../cycle/ports/journal.ts'

/** A replay is given up so long before the platform ends the function, so that there is still time to say so. */
const reserveMs = 3000

/**
 * The answer to `{replay: {set, hours}}`. `remainingMs` tells when the platform ends the function; undefined: never. Throws
 * `InvalidInput` with every reason for settings that cannot be replayed, and where the time does not suffice.
 */
export async function replayInTime(
  { set, hours }: { readonly set: Readonly<Record<string, unknown>>; readonly hours: number },
  { network, journal }: { readonly network: Network; readonly journal: Journal },
  remainingMs: () => number | undefined,
): Promise<ReplayAnswer> {
  const keepTime = (done: number, total: number) => {
    if ((remainingMs() ?? Number.POSITIVE_INFINITY) > reserveMs) return
    throw new InvalidInput(
      `only ${done} of ${total} cycles could be replayed in time: ask for fewer hours than ${hours}`,
    )
  }
  const found = await lookAtReplay(network, journal, { set: textsOf(set), sweep: [], hours }, clock(), keepTime)
  if (!('faithful' in found)) throw new InvalidInput(found.join('; '))
  return answerOf(found)
}
