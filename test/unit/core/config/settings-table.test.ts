import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { requiredPaths, settingPaths, withDefaults } from '../../../../functions/core/config/merged-settings.ts'
import { settingsJsonSchema, settingsSchemaText } from '../../../../functions/core/config/settings-json-schema.ts'
import { settingsSchema } from '../../../../functions/core/config/settings-schema.ts'
import { settingsTable } from '../../../../functions/core/config/settings-table.ts'
import { root } from '../../../helpers/command.ts'
import { withSettings } from '../../../helpers/settings-document.ts'

const settings = settingPaths(settingsTable).map(({ path, setting }) => ({ key: path.join('.'), path, setting }))
const document = readFileSync(`${root}/config/README.md`, 'utf8')
const nested = (path: readonly string[], value: unknown) =>
  path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value)
const inside = (value: unknown, path: readonly string[]) =>
  path.reduce<unknown>((found, step) => (found as Record<string, unknown> | undefined)?.[step], value)

/** Every key of the contract ("Settings"), and its default; what is new since need not be here. */
const contract: Readonly<Record<string, unknown>> = {
  'testobject.host': undefined,
  'testobject.uri': undefined,
  'testobject.local': undefined,
  'testobject.proto': 'https',
  'testobject.port': 443,
  'testobject.verify': true,
  'testobject.headers': {},
  'dns.ns_records': undefined,
  'dns.soa_nameserver': undefined,
  'dns.soa_mailbox': undefined,
  'dns.rotate_zones': [],
  'dns.unchecked_types': [],
  'dns.zone_options': '',
  'dns.ttl': 300,
  'dns.soa.refresh': 43200,
  'dns.soa.retry': 10800,
  'dns.soa.expire': 1209600,
  'dns.soa.minimum': 300,
  goodenough: undefined,
  edge_count: undefined,
  workers: 500,
  retry: 3,
  timeout: 10,
  down_after: 1,
  up_after: 1,
  stay_factor: 1,
  rotation: 'minimal',
  on_shortage: 'keep',
  min_edges: 1,
  dnschange_maxfreq: 10,
  dnschange_window: 600,
  canary_killer: 0,
  verify_every: 60,
  recheck: 0,
  vantages: [],
  brake: 0,
  brake_cycles: 1,
  references: [],
  run_frequency: 60,
  'history.samples': 2000,
  'history.window': 300,
  'route53.enabled': false,
  'route53.ttl': 60,
  'route53.zones': {},
  'route53.rate': 8,
  'route53.verify_every': 60,
  'served.servers': [],
  'served.grace': 300,
  'served.sample': 20,
  heartbeat: null,
  notify: [],
  certificate_days: 14,
  'events.enabled': null,
  'metrics.per_edge': false,
  'alarms.email': null,
  'alarms.slow_seconds': null,
}

test('the table has the keys of the contract, with its defaults and what it requires', () => {
  const keys = settings.map(({ key }) => key)
  expect(Object.keys(contract).filter(key => !keys.includes(key))).toEqual([])
  const effective = withDefaults({})
  for (const { key, path, setting } of settings.filter(({ key }) => key in contract)) {
    if (setting.required) expect(contract[key], key).toBeUndefined()
    else expect(inside(effective, path), key).toEqual(contract[key])
  }
  const required = Object.keys(contract).filter(key => contract[key] === undefined)
  expect(requiredPaths.map(path => path.join('.')).filter(key => !required.includes(key))).toEqual([])
})

test.each(settings)('$key needs no other edit: it has a check, a default, a place in the schema and a row', row => {
  const { key, path, setting } = row
  expect(setting.means).toMatch(/^[^.\s][^\n|]*[^.\s]$/)
  expect(settingsSchema.safeParse(nested(path, Symbol('no value'))).success).toBe(false)
  if (!setting.required && setting.default !== null) {
    expect(settingsSchema.safeParse(nested(path, setting.default)).success).toBe(true)
  }
  const place = path.flatMap(step => ['properties', step])
  const described = inside(settingsJsonSchema(), place) as { description: string; default?: unknown }
  expect(described.description.toLowerCase()).toContain(setting.means.toLowerCase())
  const isPlain = !setting.required && setting.default !== null && setting.defaultWords === undefined
  expect(described.default).toEqual(isPlain ? setting.default : undefined)
  expect(document).toContain(`| \`${key}\` `)
})

test('the document and the schema of the sample are as the table makes them: npm run docs:settings', () => {
  expect(withSettings(document)).toBe(document)
  expect(readFileSync(`${root}/config/edgemanage.schema.json`, 'utf8')).toBe(settingsSchemaText())
})

test('there are defaults that follow from another key', () => {
  expect(withDefaults({ testobject: { proto: 'http' } }).testobject.port).toBe(80)
  expect(withDefaults({ testobject: { proto: 'https' } }).testobject.port).toBe(443)
})
