import { expect, test } from 'vitest'
import { checks } from '../../../../functions/core/inspect/checks.ts'
import type { ServedRow } from '../../../../functions/core/state/served-seen.ts'
import { nothingServed } from '../../../../functions/core/state/served-seen.ts'
import { stateBefore } from '../../../helpers/core.ts'
import { networkOf, settingsOf } from '../../../helpers/world.ts'

const row: ServedRow = { server: 'ns1', zone: 'a.example', state: 'stale', serial: 1, detail: 'old' }

function check(servers: string[], late: ServedRow[] | null, isAskingRoute53 = false, enabled = true) {
  const { route53 } = settingsOf()
  const served = { servers, grace: 300, sample: 20, route53: isAskingRoute53 }
  const settings = settingsOf({ served, route53: { ...route53, enabled } })
  const seen = late === null ? {} : { seen: { etags: new Map(), served: { ...nothingServed, late } } }
  const thresholds = { warn: { text: '0', from: 0, to: 0, isInside: false }, crit: null } as never
  const about = { network: networkOf([], { settings }), stored: stateBefore(seen), now: 0, thresholds, all: false }
  return checks.served.work({ ...about, lastCycle: null, lastStatus: null })
}

test('the check tells what cycles found, of the servers that are asked now', () => {
  expect(check(['ns1'], []).text).toContain('none was found')
  expect(check(['ns1'], null).text).toContain('none was found')
  expect(check(['ns1', 'ns2'], [row])).toMatchObject({
    text: expect.stringContaining('ns1 is stale'),
    figures: [{ value: 1 }],
  })
  expect(check(['ns2'], [row]).text).toContain('none was found')
  expect(check([], [row])).toMatchObject({ status: 'UNKNOWN' })
})

test("Route 53's own name servers are told of where they are asked", () => {
  const theirs: ServedRow = { ...row, server: 'ns-1.awsdns-1.org', hostedZone: 'Z1', serial: null }
  expect(check([], [theirs], true)).toMatchObject({
    text: expect.stringContaining(
      "1 of the name servers of Route 53 for net: Route 53's name server ns-1.awsdns-1.org is stale",
    ),
    figures: [{ value: 1 }],
  })
  expect(check(['ns1'], [], true).text).toContain('1 name server of net and those of Route 53: none was found')
  expect(check(['ns1'], [theirs]).text).toContain('none was found')
  expect(check([], [theirs], true, false)).toMatchObject({ status: 'UNKNOWN' })
})
