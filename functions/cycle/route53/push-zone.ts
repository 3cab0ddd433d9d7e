import { messageOf } from '../../core/domain/message.ts'
import { namesOf, next, type Push, startPush } from '../../core/route53/push.ts'
import { outcomeOf } from '../../core/route53/push-outcome.ts'
import { type Answer, hasEnded, type Waiting } from '../../core/route53/push-phase.ts'
import type { RecordOutcome } from '../../core/route53/record-outcome.ts'
import type { RecordPlan } from '../../core/route53/record-plan.ts'
import { RecordsFault } from '../ports/errors.ts'
import type { Calls } from './calls.ts'
import { readSets } from './read-sets.ts'

/**
 * Brings one zone's records to what they are to be, or, in a dry run, says what that would change. Never rejects: what
 * could not be done is in the outcome. What is done next is decided by `core/route53/push.ts`.
 */
export async function pushZone(
  plan: RecordPlan,
  calls: Calls,
  find: (zone: string) => Promise<string>,
  dryRun: boolean,
): Promise<RecordOutcome> {
  let push = startPush(plan, dryRun)
  for (;;) {
    const { phase } = push
    if (hasEnded(phase)) return outcomeOf(push)
    push = next(push, await answerTo(push, phase, calls, find))
  }
}

async function answerTo(
  { plan, hostedZone }: Push,
  phase: Waiting,
  calls: Calls,
  find: (zone: string) => Promise<string>,
): Promise<Answer> {
  try {
    switch (phase.is) {
      case 'finding':
        return { is: 'found', hostedZone: await find(plan.zone) }
      case 'reading':
        return { is: 'read', sets: await readSets(calls, String(hostedZone), namesOf(plan)) }
      case 'sending':
        await calls.change(String(hostedZone), phase.batches[0])
        return { is: 'changed' }
    }
  } catch (error) {
    const why = messageOf(error)
    const kind = error instanceof RecordsFault ? error.kind : 'lost'
    if (phase.is === 'sending' && kind === 'lost') return { is: 'lost' }
    if (phase.is === 'sending' && kind === 'invalid') return { is: 'rejected', why }
    return { is: 'failed', why, isMissing: kind === 'missing' }
  }
}
