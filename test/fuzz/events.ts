import { InvalidInput } from '../../functions/core/domain/errors.ts'
import { parseDryRunEvent, parseManageEvent } from '../../functions/lambda/events.ts'
import type { Random } from '../simulation/world/random.ts'
import { anyValue, createBook, type Fuzzed } from './garbage.ts'

/** Events of the functions: understood, or refused with `InvalidInput` and a reason. */
export async function fuzzEvents(random: Random, inputs: number): Promise<Fuzzed> {
  const book = createBook()
  for (let count = 0; count < inputs; count++) {
    const event = anyValue(random)
    const parse = random.chance(0.5) ? parseManageEvent : parseDryRunEvent
    try {
      const parsed = parse(event)
      if (Object.values(parsed).some(flag => typeof flag !== 'boolean')) book.fault('a flag is no flag', event)
      book.end('understood')
    } catch (error) {
      if (!(error instanceof InvalidInput) || error.message === '') book.fault(String(error), event)
      book.end('refused')
    }
  }
  return book.read()
}
