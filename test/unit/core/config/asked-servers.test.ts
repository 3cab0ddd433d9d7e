import { expect, test } from 'vitest'
import { asksRoute53, asksServers } from '../../../../functions/core/config/asked-servers.ts'

const settings = (servers: string[], route53: boolean, enabled = true) => ({
  served: { servers, route53 },
  route53: { enabled },
})

test("Route 53's own name servers are asked where that is wanted and something is pushed there", () => {
  expect(asksRoute53(settings([], true))).toBe(true)
  expect(asksRoute53(settings([], true, false))).toBe(false)
  expect(asksRoute53(settings([], false))).toBe(false)
  expect([settings(['ns1'], false), settings([], true), settings([], false)].map(asksServers)).toEqual([
    true,
    true,
    false,
  ])
})
