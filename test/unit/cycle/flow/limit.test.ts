import { expect, test } from 'vitest'
import { signalAfter } from '../../../../functions/cycle/flow/limit.ts'

test.each([2.5, 0, -3, Number.NEGATIVE_INFINITY])(
  'a signal after %s ms fires, as a time limit that is no whole number is one',
  async ms => {
    const signal = signalAfter(ms)
    await new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }))
    expect(signal.aborted).toBe(true)
  },
)
