import { expect, test } from 'vitest'
import { type HealthFacts, healthOf } from '../../../../functions/core/inspect/health.ts'
import { network, now, runAgo, stateBefore } from '../../../helpers/core.ts'

const well = { a: { how: 0.1, live: true }, b: { how: 0.1, live: true } }
const facts = (changes: Partial<HealthFacts> = {}): HealthFacts => {
  const stored = stateBefore({ live: ['a', 'b'], runs: [runAgo(30, well)] })
  return { network: network('ab'), stored, lastCycle: now - 30_000, lastStatus: 'ok', now, ...changes }
}

test.each([
  [{}, 'net: ok'],
  [{ lastStatus: null }, 'net: ok'],
  [{ lastCycle: null }, 'net: no cycle has finished yet'],
  [{ lastCycle: now - 181_000 }, 'net: the last cycle started 3 m 1 s ago'],
  [{ lastStatus: 'blind' }, 'net: the last cycle ended as blind'],
  [{ stored: stateBefore({ live: ['a'], runs: [runAgo(30, well)] }) }, 'net: 1 of 2 wanted live edges passes'],
])('%j', (changes, text) => {
  expect(healthOf([facts(changes)])).toEqual({ isWell: text === 'net: ok', text: `${text}\n` })
})

test('one that is not well is enough', () => {
  expect(healthOf([facts(), facts({ lastStatus: 'failed' })])).toMatchObject({ isWell: false })
})
