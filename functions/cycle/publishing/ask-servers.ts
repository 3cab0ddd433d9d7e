import {
  type Answers,
  type Asking,
  type Expected,
  type ServedAnswer,
  zonesToAsk,
} from '../../core/publication/served.ts'
import type { ServedSeen } from '../../core/state/served-seen.ts'
import { withinTime } from '../flow/asking-time.ts'
import { inParallel } from '../flow/pool.ts'
import type { Ports } from '../ports/ports.ts'

const askedAtOnce = 64
/** A server that gave no answer so often in a row is not asked again in this cycle. */
const patience = 8

/**
 * Asks every name server for the zones whose turn it is, in at most 5 s. Never rejects; what was not asked, or not
 * answered when time ran out, is missing. `leftMs`: what is left of the cycle's time.
 */
export async function askServers(
  expected: readonly Expected[],
  seen: ServedSeen,
  asking: Asking,
  leftMs: number,
  { ask, sleep }: Pick<Ports, 'ask' | 'sleep'>,
): Promise<Answers> {
  const answers = new Map(asking.servers.map(server => [server, new Map<string, ServedAnswer>()] as const))
  const inRow = new Map<string, number>()
  const pairs = zonesToAsk(expected, seen, asking).flatMap(({ zone }) =>
    asking.servers.map(server => ({ server, zone })),
  )
  if (ask === undefined || pairs.length === 0 || leftMs <= 0) return answers
  await withinTime(leftMs, { sleep }, signal =>
    inParallel(
      pairs,
      askedAtOnce,
      () => signal.aborted,
      async ({ server, zone }) => {
        if ((inRow.get(server) ?? 0) >= patience) return
        const answer = await ask(server, zone, signal)
        if (signal.aborted) return
        answers.get(server)?.set(zone, answer)
        inRow.set(server, 'trouble' in answer ? (inRow.get(server) ?? 0) + 1 : 0)
      },
    ),
  )
  return answers
}
