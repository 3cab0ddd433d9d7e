import { describe, expect, test } from 'vitest'
import { renderZone } from '../../../../functions/core/zone/render.ts'
import { renderedFault } from '../../../../functions/core/zone/rendered.ts'
import { sampleContext, sampleZone, zoneTemplate } from '../../../helpers/zones.ts'

const serial = 1_790_000_000

function faultOf(template: string, include: string, changes: { zone?: string; uncheckedTypes?: string[] } = {}) {
  const context = { ...sampleContext, ...changes }
  const text = renderZone(template, sampleZone({ include, serial, zone: context.zone }))
  return renderedFault({ text, serial, include, context })
}

test('zones that load have no fault, the first and all that are alike', () => {
  for (const zone of ['example.org', 'example.net', 'x.example.com']) {
    expect(faultOf(zoneTemplate, 'm MX 10 www\n', { zone })).toBeNull()
    expect(faultOf(zoneTemplate, 'm X25 1\n', { zone, uncheckedTypes: ['X25'] })).toBeNull()
  }
})

test('a template of many kinds is checked each time it differs', () => {
  for (let at = 0; at < 70; at++) expect(faultOf(`; ${at}\n${zoneTemplate}`, '')).toBeNull()
  expect(faultOf(zoneTemplate.replace('{{include}}', '<<<<<<< HEAD\n{{include}}'), '')).toBe(
    "as rendered it does not load: line 10: 'HEAD' is not a record type",
  )
})

describe('what a template adds is checked beside each include', () => {
  const own = (line: string) => zoneTemplate.replace('{{include}}', `${line}\n{{include}}`)
  test.each([
    ['an address', own('m 60 IN A 192.0.2.9')],
    ['a text', own('m 60 IN TXT a')],
    ['a text behind it', `${zoneTemplate}m 60 IN TXT a\n`],
    ['another origin', own('m.{{zone}}. 60 IN TXT a\n$ORIGIN {{zone}}.')],
    ['in the line of it', own('m 60 IN TXT a').replace('{{include}}', ' {{include}}')],
  ])('%s', (_what, template) => {
    expect(faultOf(template, 'n TXT a\n')).toBeNull()
    expect(faultOf(template, 'm CNAME a\n')).toMatch(
      /a CNAME must be the only record, and m\.example\.org has other records$/,
    )
  })

  test('a name server', () => {
    expect(faultOf(own('@ 60 IN NS ns'), 'ns A 192.0.2.9\n')).toBeNull()
    expect(faultOf(own('@ 60 IN NS ns'), '')).toMatch(
      /the name server ns\.example\.org is inside the zone and has no address/,
    )
  })
})
