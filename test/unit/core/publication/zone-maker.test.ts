import { expect, test } from 'vitest'
import { zoneMaker } from '../../../../functions/core/publication/zone-maker.ts'
import { zoneTemplate } from '../../../helpers/zones.ts'

test('makes zones that it reads again', () => {
  const soa = { nameserver: 'ns.example.', mailbox: 'm.example.', refresh: 1, retry: 1, expire: 1, minimum: 1 }
  const data = { zone: 'a.example', serial: 7, ttl: 60, soa, nsRecords: ['ns.example.'], rotateLabels: [] }
  const text = zoneMaker.renderZone(zoneTemplate, { ...data, addresses: ['192.0.2.1'], include: 'x A 192.0.2.2\n' })
  expect(zoneMaker.serialOf(text)).toBe(7)
  const context = { zone: 'a.example', rotateLabels: [], nsRecords: ['ns.example.'], ttl: 60 }
  expect(zoneMaker.lastGoodInclude(text, context)).toBe('x A 192.0.2.2\n')
})
