import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { hashText } from '../../../../functions/core/zone/hash.ts'
import { checkTemplates, templateProblems } from '../../../../functions/core/zone/templates.ts'
import { namedConfTemplate as conf, zoneTemplate as zone } from '../../../helpers/zones.ts'

const ofZone = (text: string) => templateProblems({ zone: text, namedConf: conf })
const ofConf = (text: string) => templateProblems({ zone, namedConf: text })

test('the templates of the package are right, and both are told of where both are wrong', () => {
  expect(templateProblems({ zone, namedConf: conf })).toEqual([])
  expect(checkTemplates({ zone, namedConf: conf })).toEqual([])
  expect(templateProblems({ zone: '', namedConf: '' }).map(({ template }) => template)).toEqual(['zone', 'namedConf'])
})

test('what is known beforehand is known of the templates of the package as they are now', () => {
  const hash = hashText(JSON.stringify([zone, conf]))
  expect(readFileSync('functions/core/zone/templates.ts', 'utf8')).toContain(`const shippedHash = '${hash}'`)
})

test('others are right too, as long as their zones load', () => {
  expect(ofZone(zone.replace('; Zone', '; A zone').replace('$TTL', '@ 60 IN CAA 0 issue "ca.example"\n$TTL'))).toEqual(
    [],
  )
  expect(ofConf(conf.replace('type master;', 'type primary; allow-transfer { none; }; notify yes;'))).toEqual([])
})

const loads = 'a zone that is made with it does not load: '
const marked = 'begins with a byte order mark, which name servers do not take'

describe('a template for zones', () => {
  test.each([
    ['empty', '', 1, `${loads}example.org has no SOA record`],
    ['a byte order mark', `\ufeff${zone}`, 1, marked],
    [
      'a merge marker',
      zone.replace('{{#each records', '<<<<<<< HEAD\n{{#each records'),
      7,
      `${loads}'HEAD' is not a record type`,
    ],
    ['another marker', `${zone}=======\n`, 11, `${loads}this record has no type`],
    ['a misspelled name', zone.replace('{{serial}}', '{{serail}}'), 1, 'cannot be rendered: there is no {{serail}}'],
    [
      'a serial that stands still',
      zone.replace('{{serial}}', '5'),
      1,
      'the serial of the SOA record must be {{serial}}',
    ],
    [
      'IPv4 alone',
      zone.replace('{{type}}', 'A'),
      7,
      `${loads}'2001:db8::1' is not an IPv4 address of four decimal numbers`,
    ],
    ['no NS', zone.replace(/.*IN NS.*\n/, ''), 1, `${loads}example.org has no NS record`],
    [
      'no addresses',
      zone.replace(/.*address.*\n/, ''),
      1,
      'the addresses at @ must be those of {{records}}: here none',
    ],
    [
      'the apex alone',
      zone.replace('{{label}}', '@'),
      1,
      'the addresses at @ must be those of {{records}}: here 2001:db8::1, 2001:db8::1',
    ],
    [
      'an address of its own',
      zone.replace('{{include}}', '@ A 192.0.2.9\n{{include}}'),
      1,
      'the addresses at @ must be those of {{records}}: here 192.0.2.1, 192.0.2.9',
    ],
    ['no include', zone.replace('{{include}}\n', ''), 1, 'it does not hold {{include}} as it is'],
    [
      'an include of other names',
      zone.replace('{{include}}', '$ORIGIN x\n{{include}}'),
      1,
      'the records of {{include}} get other names than they have there',
    ],
    [
      'the include in front',
      `{{include}}\n${zone.replace('{{include}}\n', '').replace(/^@ /m, '{{zone}}. ')}`,
      1,
      null,
    ],
    [
      'a control character',
      zone.replace('; Zone', '; \u0007'),
      1,
      `${loads}the control character U+0007 is not allowed`,
    ],
  ])('%s', (_what, text, line, message) => {
    const [problem] = ofZone(text)
    expect(problem?.template).toBe('zone')
    if (message !== null) expect(problem).toMatchObject({ message })
    if (line > 1 && message?.startsWith('a zone') && !message.includes('2001')) expect(problem?.line).toBe(line)
  })

  test('a line that is no template tells its place', () => {
    expect(ofZone(zone.replace('{{/each}}', ''))[0]).toMatchObject({
      line: 11,
      message: expect.stringMatching(/^cannot be rendered: Parse error on line 11/),
    })
  })
})

describe('a template for named.conf', () => {
  const loaded = 'a configuration that is made with it does not load: '
  test.each([
    ['empty', '', `${loaded}a zone (here example.org) gets no clause`],
    ['a byte order mark', `\ufeff${conf}`, marked],
    [
      'a merge marker',
      conf.replace('{{#each', '<<<<<<< HEAD\n{{#each'),
      `${loaded}the last statement lacks its semicolon`,
    ],
    [
      'a misspelled name',
      conf.replace('{{#each zones}}', '{{#each zonse}}'),
      `${loaded}a zone (here example.org) gets no clause`,
    ],
    ['a misspelled word', conf.replace('{{this}}', '{{thsi}}'), expect.stringMatching(/^cannot be rendered: .*thsi/)],
    ['a misspelled option', conf.replace('type', 'tpye'), `${loaded}zone example.org: 'tpye' is not a zone option`],
    [
      'another file',
      conf.replace('.zone"', '.db"'),
      `${loaded}zone example.org must have the file "zones/mynet/example.org.zone"`,
    ],
  ])('%s', (_what, text, message) => {
    expect(ofConf(text)).toEqual([{ template: 'namedConf', line: expect.any(Number), message }])
  })
})

test('what is known of the same templates is not worked out again', () => {
  expect(ofZone(zone)).toBe(ofZone(zone))
})
