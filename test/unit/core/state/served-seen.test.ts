import { expect, test } from 'vitest'
import { lateServers, nothingServed, type ServedRow } from '../../../../functions/core/state/served-seen.ts'

test('nothing is known of name servers at first', () => {
  expect(nothingServed).toEqual({ published: new Map(), waiting: [], late: [] })
})

const settings = (servers: string[], route53: boolean, enabled = true) => ({
  served: { servers, route53 },
  route53: { enabled },
})

test('only what is known of those that are asked counts', () => {
  const own: ServedRow = { server: 'ns1', zone: 'a.example', state: 'stale', serial: 1, detail: 'old' }
  const theirs: ServedRow = { ...own, server: 'ns-1.awsdns-1.org', hostedZone: 'Z1', serial: null }
  const seen = { ...nothingServed, late: [own, theirs] }
  expect(lateServers(settings(['ns1'], true), seen)).toEqual([own, theirs])
  expect(lateServers(settings(['ns1'], false), seen)).toEqual([own])
  expect(lateServers(settings(['ns2'], true), seen)).toEqual([theirs])
  expect(lateServers(settings(['ns1'], true))).toEqual([])
})
