import { clock } from '../adapters/time/clock.ts'
import { UsageError } from '../core/domain/errors.ts'
import { defaultHours, keptHours } from '../core/domain/limits.ts'
import { textsOf } from '../core/replay/alternatives.ts'
import { answerOf, type ReplayAnswer } from '../core/replay/answer.ts'
import { lookAtReplay } from '../cycle/look-at-replay.ts'
import { onSite, type Where } from './place.ts'

export interface ReplayOptions {
  /** How far back, 1 to 2000; 24 where it is left out. */
  readonly hours?: number
  /** Settings to replay with, by key: `{down_after: 2, 'history.window': 600}`. */
  readonly set?: Readonly<Record<string, string | number>>
  /** By key, values to try; of two keys every combination. */
  readonly sweep?: Readonly<Record<string, readonly (string | number)[]>>
}

/**
 * What other settings would have made of the cycles that a network recorded. Reads only. Throws `UsageError` with every
 * reason where a setting cannot be replayed or a value is impossible.
 */
export async function replay(where: Where, options: ReplayOptions = {}): Promise<ReplayAnswer> {
  const { hours = defaultHours, set = {}, sweep = {} } = options
  if (!(Number.isInteger(hours) && hours >= 1 && hours <= keptHours)) {
    throw new UsageError(`hours is a whole number from 1 to ${keptHours}`)
  }
  return onSite(where, true, async ({ journal }, { network }) => {
    const wish = { hours, set: textsOf(set), sweep: textsOf(sweep) }
    const found = await lookAtReplay(network, journal, wish, clock())
    if (!('faithful' in found)) throw new UsageError(found.join('; '))
    return answerOf(found)
  })
}
