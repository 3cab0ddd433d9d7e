import { readdirSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { settingPaths } from '../../../../functions/core/config/merged-settings.ts'
import { newConfiguration, schemaFile } from '../../../../functions/core/config/new-configuration.ts'
import { retiredKeys } from '../../../../functions/core/config/retired.ts'
import type { Form } from '../../../../functions/core/config/setting-kinds.ts'
import { readSettingsFile } from '../../../../functions/core/config/settings-file.ts'
import { settingsSchemaText } from '../../../../functions/core/config/settings-json-schema.ts'
import { settingsTable } from '../../../../functions/core/config/settings-table.ts'
import { root } from '../../../helpers/command.ts'

const validates = new Ajv({ allErrors: true }).compile(JSON.parse(settingsSchemaText()))

/** What the two say of the same file: whether they let it pass. JSON is YAML. */
function verdicts(settings: unknown) {
  const { problems } = readSettingsFile(JSON.stringify(settings), ['net'])
  return {
    validate: problems.every(({ severity }) => severity === 'warning'),
    schema: validates(JSON.parse(JSON.stringify(settings))),
  }
}

const [passed, refused] = [true, false].map(both => ({ validate: both, schema: both }))

const required = {
  testobject: { host: 'h.example', uri: '/', local: 'o' },
  dns: { ns_records: ['ns1.example.'], soa_nameserver: 'ns1.example.', soa_mailbox: 'a.example.' },
  goodenough: 0.5,
  edge_count: 2,
}

/** The settings with another value at a path. */
function changed(path: readonly string[], value: unknown, below: object = required): object {
  const [key = '', ...rest] = path
  const inner = (below as Record<string, unknown>)[key]
  return { ...below, [key]: rest.length === 0 ? value : changed(rest, value, (inner ?? {}) as object) }
}

/** Values that nobody could mean. */
function impossible(form: Form): unknown[] {
  switch (form.kind) {
    case 'truth':
      return ['yes', 1, [], {}]
    case 'email':
      return ['nobody', 5, 'a@b', []]
    case 'choice':
      return [`no-${form.words[0]}`, true, '', [form.words[0]]]
    case 'number':
      return [
        ...['10', [], {}, true],
        ...(form.whole ? [1.5] : []),
        ...(form.min === undefined ? [form.above, -1] : [form.min - 1]),
        ...(form.max === undefined ? [] : [form.max + 1]),
        ...(form.step === undefined ? [] : [form.step * 1.5]),
      ]
    case 'text':
      return [5, true, [], {}, ...wrongTexts(form)]
    case 'list':
      return [
        ...['a b', {}, 5, [5], [null], [['a']]],
        ...(form.min === undefined ? [] : [[]]),
        ...wrongTexts(form.items).map(text => [text]),
      ]
    case 'map':
      return ['a', [], 5, { name: 5 }, { name: ['a'] }, ...wrongTexts(form.values).map(text => ({ name: text }))]
  }
}

function wrongTexts({ pattern, check, minLength }: Extract<Form, { kind: 'text' }>): string[] {
  if (pattern === undefined) return minLength === undefined ? [] : ['']
  const texts = ['', 'a b', ' x', '@', 'x@', 'ftp://a/', 'a;b', 'K\u00e4se', '/a b', '//a', '/%4', '/a#b']
  const wrong = texts.filter(
    text => check !== undefined && check(text) !== null && !new RegExp(pattern, 'u').test(text),
  )
  if (check !== undefined) expect(wrong).not.toEqual([])
  return wrong
}

const settings = settingPaths(settingsTable).map(({ path, setting }) => ({ key: path.join('.'), path, setting }))

test.each(settings)('$key: what cannot be is refused by validate and by the schema alike', ({ path, setting }) => {
  for (const value of impossible(setting.form)) {
    expect(verdicts(changed(path, value)), JSON.stringify(value)).toEqual(refused)
    expect(verdicts({ ...required, networks: { net: changed(path, value, {}) } }), JSON.stringify(value)).toEqual(
      refused,
    )
  }
})

test.each(settings)('$key: no value is a missing key, the default is a value', ({ path, setting }) => {
  const [missing, present] = setting.required ? [refused, passed] : [passed, passed]
  expect(verdicts(changed(path, null))).toEqual(missing)
  expect(verdicts(changed(path, undefined))).toEqual(missing)
  if (!setting.required && setting.default !== null) expect(verdicts(changed(path, setting.default))).toEqual(present)
})

describe('keys', () => {
  test.each([
    [{ goodenuff: 1 }],
    [{ testobject: { ...required.testobject, hots: 'a' } }],
    [{ dns: { ...required.dns, soa: { retyr: 1 } } }],
    [{ networks: { net: { goodenuff: 1 } } }],
    [{ networks: { net: { networks: {} } } }],
    [{ networks: { net: { dnet_edge_count: { net: 1 } } } }],
    [{ networks: { net: { statefile: 'x' } } }],
    [{ networks: [] }],
    [{ dnet_edge_count: { net: 0 } }],
    [{ dnet_edge_count: 5 }],
    [{ heartbeats: null }],
    [{ dns: { ...required.dns, soa: { retyr: null } } }],
    [{ networks: { net: { heartbeats: null } } }],
  ])('%j is refused by both', wrong => {
    expect(verdicts({ ...required, ...wrong })).toEqual(refused)
  })

  test.each(Object.keys(retiredKeys))('%s is accepted from an existing file, and marked', key => {
    expect(verdicts({ ...required, [key]: { any: ['thing'] } })).toEqual(passed)
    expect(JSON.parse(settingsSchemaText()).properties[key]).toMatchObject({
      deprecated: true,
      description: expect.stringContaining(String(retiredKeys[key])),
    })
  })

  test('what is required may stand with the networks', () => {
    const { edge_count, ...others } = required
    expect(verdicts(others)).toEqual(refused)
    expect(verdicts({ ...others, dnet_edge_count: { net: edge_count } })).toEqual(passed)
    expect(verdicts({ networks: { net: required } })).toEqual(passed)
    expect(verdicts({})).toEqual(refused)
  })

  test('sections without anything in them are as good as none', () => {
    expect(verdicts({ ...required, networks: null, dnet_edge_count: null, alarms: null })).toEqual(passed)
    expect(verdicts({ ...required, networks: { net: null } })).toEqual(passed)
  })
})

test('the sample configuration and a new one pass', () => {
  const sample = readFileSync(`${root}/config/edgemanage.yaml`, 'utf8')
  const files = newConfiguration({
    ...{ network: 'mynet', host: 'www.example.org', edges: ['192.0.2.1'], zones: ['example.org'], proto: 'https' },
    ...{ nameServers: ['ns1.example.net'], mailbox: 'root.example.net', uri: '/o', goodenough: 0.5, edgeCount: 1 },
  })
  for (const text of [sample, String(files.get('edgemanage.yaml'))]) {
    expect(text.startsWith(`# yaml-language-server: $schema=./${schemaFile}\n`)).toBe(true)
    expect(validates(parse(text)), JSON.stringify(validates.errors)).toBe(true)
  }
  expect(files.get(schemaFile)).toBe(settingsSchemaText())
})

const folders = readdirSync(`${root}/test/fixtures/config`)
test.each(folders)('the schema refuses nothing of %s that validate lets pass', folder => {
  const read = (path: string) => readFileSync(`${root}/test/fixtures/config/${path}`, 'utf8')
  const has = readdirSync(`${root}/test/fixtures/config/${folder}`).includes('edgemanage.yaml')
  const text = read(has ? `${folder}/edgemanage.yaml` : 'base/edgemanage.yaml')
  const { problems } = readSettingsFile(text, ['net'])
  const isSound = problems.every(({ severity }) => severity === 'warning')
  expect(!isSound || validates(parse(text)), JSON.stringify(validates.errors)).toBe(true)
})
