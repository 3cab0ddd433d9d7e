import { expect, test } from 'vitest'
import { certificateCheck } from '../../../../functions/core/inspect/certificate-check.ts'
import type { Thresholds } from '../../../../functions/core/inspect/check.ts'
import { checks, thresholdsOf } from '../../../../functions/core/inspect/checks.ts'
import { network, now, stateBefore } from '../../../helpers/core.ts'
import { settingsOf } from '../../../helpers/world.ts'

const dayMs = 86_400_000
const https = { testobject: { ...settingsOf().testobject, proto: 'https' as const } }

function check(days: Record<string, number>, settings = {}) {
  const net = network('abc', { ...https, ...settings })
  const certificates = new Map(Object.entries(days).map(([edge, left]) => [edge, now + left * dayMs]))
  const stored = stateBefore({ seen: { etags: new Map(), certificates } })
  const thresholds = thresholdsOf(checks.certificate, net, {}) as Thresholds
  return certificateCheck({ network: net, stored, lastCycle: now, lastStatus: 'ok', now, thresholds, all: false })
}

test('the first to end is told, and those that end soon are', () => {
  expect(check({ a: 90, b: 60.5 })).toMatchObject({
    status: 'OK',
    text: 'net: the first certificate to end is that of b, expires in 60 days',
    figures: [{ name: 'days', value: 60 }],
  })
  expect(check({ a: 90, b: 13, c: 1 })).toMatchObject({
    status: 'WARN',
    text: 'net: c expires in 1 day, b expires in 13 days',
  })
  expect(check({ a: -1, b: -1 })).toMatchObject({ status: 'CRIT', text: 'net: a has expired, b has expired' })
})

test('the days are a setting, and 0 is off', () => {
  expect(check({ a: 20 }, { certificate_days: 30 }).status).toBe('WARN')
  expect(check({ a: -1 }, { certificate_days: 0 }).status).toBe('OK')
  expect(checks.certificate.defaults(null)).toEqual({ warn: '14:', crit: '0:' })
})

test('where none was seen nobody knows; without TLS there are none', () => {
  expect(check({}).status).toBe('UNKNOWN')
  expect(check({ z: 1 }).status).toBe('UNKNOWN')
  expect(check({}, { testobject: settingsOf().testobject })).toMatchObject({ status: 'OK', figures: [] })
})
