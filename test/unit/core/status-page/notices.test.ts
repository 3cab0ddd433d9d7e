import { describe, expect, test } from 'vitest'
import type { Settings } from '../../../../functions/core/config/settings.ts'
import type { Before } from '../../../../functions/core/state/network-state.ts'
import { seen } from '../../../../functions/core/status-page/facts.ts'
import { noticesOf } from '../../../../functions/core/status-page/notices.ts'
import { freeze, network, now, runAgo, stateBefore } from '../../../helpers/core.ts'
import { settingsOf } from '../../../helpers/world.ts'

interface Told {
  readonly settings?: Partial<Settings>
  readonly before?: Partial<Before>
  readonly lastCycle?: number | null
  readonly lastStatus?: string
}

const edges = { a: { how: 0.1, live: true }, b: { how: 0.1, live: true } }
const texts = ({ settings, before, lastCycle = now, lastStatus = 'ok' }: Told) => {
  const stored = stateBefore({ runs: [runAgo(0, edges)], live: ['a', 'b'], ...before })
  const facts = { network: network('ab', settings), stored, lastCycle, lastStatus, rotations: [], now, spans: [] }
  return noticesOf(seen(facts)).map(({ text }) => text)
}

describe('notices', () => {
  test('a quiet network has none, nor one that never ran', () => {
    expect(texts({})).toEqual([])
    expect(texts({ lastCycle: null })).toEqual([])
  })

  test('three missed cycles are loud', () => {
    expect(texts({ lastCycle: now - 180_000 })).toEqual([])
    expect(texts({ lastCycle: now - 181_000 })).toEqual([
      expect.stringMatching(/^Stale: the last cycle started 3 m 1 s ago/),
    ])
  })

  test('a freeze is loud, with who and why and until when', () => {
    const [held] = texts({ before: { freeze: freeze({ expires: now + 7_200_000 }) } })
    expect(held).toBe('Frozen for another 2 h, by root: "launch". The live set is held.')
    expect(texts({ before: { freeze: freeze() } })).toEqual([expect.stringContaining('Frozen without end')])
    expect(texts({ before: { freeze: freeze({ expires: now }) } })).toEqual([
      expect.stringContaining('expired at 2026-01-01 '),
    ])
    expect(texts({ before: { freeze: 'unreadable' } })).toEqual([expect.stringContaining('cannot be read')])
  })

  test.each([
    ['failed', 'The last cycle failed'],
    ['blind', 'Blind: no reference answered'],
    ['no_edges', 'No edge could be live'],
  ])('a cycle that ended %s', (lastStatus, words) => {
    expect(texts({ lastStatus })).toEqual([expect.stringContaining(words)])
  })

  test('a spent budget and damaged items', () => {
    const rotations = [now - 1000]
    expect(texts({ settings: { dnschange_maxfreq: 1 }, before: { rotations } })).toEqual([
      'The budget of 1 rotation in 600 s is spent: the live set is held.',
    ])
    expect(texts({ before: { warnings: ['stored item X cannot be read'] } })).toEqual(['stored item X cannot be read.'])
  })

  test('name servers that lag, of those that are asked', () => {
    const late = (server: string) =>
      ({ server, zone: 'example.org', state: 'unreachable', serial: null, detail: 'no answer' }) as const
    const served = { published: new Map(), waiting: [], late: [late('192.0.2.53'), late('192.0.2.54')] }
    const before = { seen: { etags: new Map(), served } }
    expect(
      texts({ settings: { served: { servers: ['192.0.2.53'], grace: 300, sample: 20, route53: false } }, before }),
    ).toEqual(['Name server 192.0.2.53 gives no answer for example.org: no answer.'])
    expect(texts({ before })).toEqual([])
  })

  test('certificates that end soon, where there are any', () => {
    const before = { seen: { etags: new Map(), certificates: new Map([['a', now + 86_400_000]]) } }
    const testobject = { ...settingsOf().testobject, proto: 'https' as const }
    expect(texts({ settings: { testobject }, before })).toEqual([
      'The certificate of a expires in 1 day (2026-01-02 12:00:30 UTC).',
    ])
    expect(texts({ settings: { testobject, certificate_days: 0 }, before })).toEqual([])
    expect(texts({ settings: { testobject: { ...testobject, proto: 'http' } }, before })).toEqual([])
  })
})
