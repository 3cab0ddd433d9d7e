import { messageOf } from '../domain/message.ts'
import { compareAddresses } from './addresses.ts'
import { hashText } from './hash.ts'
import { unwrapInclude } from './marker.ts'
import type { Token } from './master-file.ts'
import { renderNamedConf } from './named-conf.ts'
import { checkNamedConf } from './named-conf-check.ts'
import { parseName } from './names.ts'
import type { Templates } from './render.ts'
import { renderZone, type ZoneData } from './render.ts'
import { type CheckedZone, checkZone } from './zone-text.ts'

/** What is wrong with a template, for a person; its place where it is known. */
export interface TemplateProblem {
  readonly template: keyof Templates
  /** Counts from 1. */
  readonly line: number
  readonly message: string
}

const plain: ZoneData = {
  zone: 'example.org',
  serial: 1,
  ttl: 300,
  soa: {
    nameserver: 'ns1.example.net.',
    mailbox: 'hostmaster.example.net.',
    refresh: 43_200,
    retry: 10_800,
    expire: 1_209_600,
    minimum: 300,
  },
  nsRecords: ['ns1.example.net.'],
  rotateLabels: [],
  addresses: ['192.0.2.1'],
  include: '',
}
const probe = '_probe'
const byteOrderMark = '\ufeff'
const marked = 'begins with a byte order mark, which name servers do not take'
const many = ['192.0.2.1', '192.0.2.20', '198.51.100.3', '2001:db8::1', '2001:db8::a:1']

/** Zones of every shape that settings, edges and includes can give. */
const samples: readonly ZoneData[] = [
  plain,
  { ...plain, addresses: ['2001:db8::1'], rotateLabels: ['www'], nsRecords: ['ns1.example.net.', 'ns2.example.net.'] },
  { ...plain, addresses: many, rotateLabels: ['www', '*', 'a.b'], include: `${probe} TXT "a"\n` },
  {
    ...plain,
    serial: 4_294_967_295,
    ttl: 0,
    include: `${probe} 60 IN TXT "{{zone}} <&>"\n$ORIGIN below\n$TTL 5\nx TXT "b"`,
  },
  {
    ...plain,
    zone: '2.0.192.in-addr.arpa',
    addresses: many,
    nsRecords: ['ns'],
    include: `ns A 192.0.2.53\n${probe} TXT a\n`,
  },
]
const confSamples = [[], ['example.org'], ['2.0.192.in-addr.arpa', 'example.net', 'example.org']]

/** `hashOf` the templates that the package comes with: a unit test checks them in full and tells of a hash that is old. */
const shippedHash = '72e30a11cc2e96d6e70c2ebfb4979c3ffdaf51ccde434251637a76d4580cab17'

let known: { readonly templates: Templates; readonly problems: readonly TemplateProblem[] } | null = null

/**
 * What is wrong with the templates of everything that is published (behaviour §7.5). Of those that the package comes
 * with this is known beforehand: no process takes the time to find it out again. All others are checked, once while they
 * stay the same.
 */
export function templateProblems(templates: Templates): readonly TemplateProblem[] {
  if (known?.templates.zone !== templates.zone || known.templates.namedConf !== templates.namedConf) {
    known = { templates, problems: hashOf(templates) === shippedHash ? [] : checkTemplates(templates) }
  }
  return known.problems
}

function hashOf({ zone, namedConf }: Templates): string {
  return hashText(JSON.stringify([zone, namedConf]))
}

/**
 * The check itself: probing zones are made with the templates and checked like the zones of the configuration. The
 * first thing that is wrong with each; none if all is well.
 */
export function checkTemplates(templates: Templates): readonly TemplateProblem[] {
  const problems = [
    firstOf(samples, one => zoneProblem(templates.zone, one)),
    firstOf(confSamples, zones => confProblem(templates.namedConf, zones)),
  ]
  return problems.flatMap(problem => problem ?? [])
}

function firstOf<T>(all: readonly T[], problemOf: (one: T) => TemplateProblem | null): TemplateProblem | null {
  for (const one of all) {
    const problem = problemOf(one)
    if (problem !== null) return problem
  }
  return null
}

function zoneProblem(template: string, sample: ZoneData): TemplateProblem | null {
  if (template.startsWith(byteOrderMark)) return { template: 'zone', line: 1, message: marked }
  const text = rendered(() => renderZone(template, sample))
  if (typeof text !== 'string') return { template: 'zone', ...text }
  const checked = checkZone(text, sample.zone, [])
  const error = checked.findings.find(({ severity }) => severity === 'error')
  if (error !== undefined) {
    const message = `a zone that is made with it does not load: ${error.message}`
    return { template: 'zone', line: lineIn(template, text, error.line), message }
  }
  const message = missing(checked, text, sample)
  return message === null ? null : { template: 'zone', line: 1, message }
}

/** What a zone has to hold and does not, though it would load (behaviour §7.1); null if nothing is missing. */
function missing({ records }: CheckedZone, text: string, sample: ZoneData): string | null {
  const origin = `${sample.zone}.`
  const soa = records.find(({ type }) => type === 'SOA')
  if (soa?.data[2]?.text !== String(sample.serial)) return 'the serial of the SOA record must be {{serial}}'
  for (const label of ['@', ...sample.rotateLabels]) {
    const owner = parseName(label, origin).name
    const found = records.filter(record => record.owner === owner && (record.type === 'A' || record.type === 'AAAA'))
    const addresses = found.map(({ data }) => (data[0] as Token).text).sort(compareAddresses)
    if (addresses.join() !== [...sample.addresses].sort(compareAddresses).join()) {
      return `the addresses at ${label} must be those of {{records}}: here ${addresses.join(', ') || 'none'}`
    }
  }
  if (unwrapInclude(text) !== sample.include) return 'it does not hold {{include}} as it is'
  const isThere = records.some(({ owner }) => owner === `${probe}.${origin}`)
  return isThere || sample.include === '' ? null : 'the records of {{include}} get other names than they have there'
}

function confProblem(template: string, zones: readonly string[]): TemplateProblem | null {
  if (template.startsWith(byteOrderMark)) return { template: 'namedConf', line: 1, message: marked }
  const text = rendered(() => renderNamedConf(template, 'mynet', zones))
  if (typeof text !== 'string') return { template: 'namedConf', ...text }
  const fault = checkNamedConf(text, 'mynet', zones)
  if (fault === null) return null
  const message = `a configuration that is made with it does not load: ${fault.message}`
  return { template: 'namedConf', line: lineIn(template, text, fault.line), message }
}

function rendered(render: () => string): string | { readonly line: number; readonly message: string } {
  try {
    return render()
  } catch (error) {
    const why = messageOf(error)
    const [, name, line] = /^"(.*)" not defined in .* - (\d+):\d+$/s.exec(why) ?? []
    if (name !== undefined) return { line: Number(line), message: `cannot be rendered: there is no {{${name}}}` }
    const place = /^(?:Parse error|Lexical error) on line (\d+)/.exec(why)
    return { line: Number(place?.[1] ?? 1), message: `cannot be rendered: ${why}` }
  }
}

/** The line of a template from which a line of the text came, as far as it came over as it is; else 1. */
function lineIn(template: string, text: string, line: number): number {
  const wanted = text.split('\n')[line - 1]
  return Math.max(0, template.split('\n').indexOf(wanted as string)) + 1
}
