import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { extractInclude, lastGoodInclude, serialOf } from '../../../../functions/core/zone/published.ts'
import { renderZone } from '../../../../functions/core/zone/render.ts'
import { sampleContext, sampleZone, zoneTemplate, zoneWith } from '../../../helpers/zones.ts'

test('a published zone gives back its serial and its include', () => {
  const include = fc.oneof(fc.string(), fc.constantFrom('', '; end include example.org.zone', 'a SOA b c 5 6 7 8 9\n'))
  void fc.assert(
    fc.property(fc.nat({ max: 2 ** 32 - 1 }), include, (serial, text) => {
      const zone = renderZone(zoneTemplate, sampleZone({ serial, include: text }))
      expect(serialOf(zone)).toBe(serial)
      expect(extractInclude(zone)).toBe(text)
    }),
    { numRuns: 1000 },
  )
})

test('whatever the template', () => {
  const template =
    '; SOA 1 2 3\n{{include}}\n@ IN SOA {{soa.nameserver}} {{soa.mailbox}} (\n  {{serial}} ; serial\n 1 2 3 4 )\n'
  const zone = renderZone(template, sampleZone({ include: 'm TXT "a SOA b c 5"' }))
  expect(serialOf(zone)).toBe(1_790_000_000)
  expect(extractInclude(zone)).toBe('m TXT "a SOA b c 5"')
})

test.each([
  ['the original’s line', '@ 300 IN SOA dns0.example.com. z.example.com. 1472 43200 10800 1209600 300', 1472],
  ['lower case, no TTL', 'example.org. soa a. b. 7 1 1 1 1', 7],
  ['an owner named soa', 'SOA SOA a. b. 8 1 1 1 1', 8],
  ['a blank owner', ' SOA a. b. 9 1 1 1 1', 9],
  ['the largest serial', '@ SOA a. b. 4294967295 1 1 1 1', 4_294_967_295],
])('reads the serial of %s', (_what, text, serial) => {
  expect(serialOf(text)).toBe(serial)
})

test.each([
  ['nothing', ''],
  ['a zone without SOA', '@ A 192.0.2.1\n'],
  ['a SOA cut short', '@ SOA a. b.'],
  ['a serial in words', '@ SOA a. b. soon 1 1 1 1'],
  ['a serial too large', '@ SOA a. b. 4294967296 1 1 1 1'],
  ['an owner named soa', 'soa A 192.0.2.1 7 7 7'],
])('reads no serial from %s', (_what, text) => {
  expect(serialOf(text)).toBeNull()
})

test('an include is gone on with as long as it fits the settings', () => {
  const zone = zoneWith('m CNAME www\n')
  expect(lastGoodInclude(zone, sampleContext)).toBe('m CNAME www\n')
  expect(lastGoodInclude(zone, { ...sampleContext, rotateLabels: ['www', 'm'] })).toBeNull()
  expect(lastGoodInclude('@ SOA a. b. 1 2 3 4 5\n', sampleContext)).toBeNull()
  const include = 'm X25 311061700956\n'
  expect(lastGoodInclude(zoneWith(include), { ...sampleContext, uncheckedTypes: ['X25'] })).toBe(include)
  expect(lastGoodInclude(zoneWith(include), sampleContext)).toBeNull()
})
