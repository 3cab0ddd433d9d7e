import { describe, expect, test } from 'vitest'
import { readSettingsFile } from '../../../../functions/core/config/settings-file.ts'

const base = `testobject: {host: h.example, uri: /, local: o}
dns: {ns_records: [ns1.example.com.], soa_nameserver: ns1.example.com., soa_mailbox: z.example.com.}
goodenough: 0.5
edge_count: 2
`

describe('settings of single networks', () => {
  test('networks beats dnet_edge_count beats what is for all', () => {
    const text = `${base}dnet_edge_count: {one: 3, two: 4}\nnetworks:\n  two: {edge_count: 5, dns: {ttl: 60}}\n`
    const { settings, problems } = readSettingsFile(text, ['one', 'two', 'three'])
    expect(problems).toEqual([])
    expect(['one', 'two', 'three'].map(name => settings.get(name)?.edge_count)).toEqual([3, 5, 2])
    expect(settings.get('two')?.dns).toMatchObject({ ttl: 60, soa_nameserver: 'ns1.example.com.' })
  })

  test('what is required may be given for each network alone', () => {
    const text = base.replace('edge_count: 2\n', 'dnet_edge_count: {one: 2}\nnetworks: {two: {edge_count: 3}}\n')
    expect(readSettingsFile(text, ['one', 'two']).problems).toEqual([])
    const { problems, settings } = readSettingsFile(text, ['one', 'two', 'three'])
    expect(problems).toMatchObject([{ message: 'edge_count is required', network: 'three' }])
    expect([...settings.keys()]).toEqual(['one', 'two'])
  })

  test('no name of a network stands for something already there', () => {
    const text = base.replace('edge_count: 2', 'dnet_edge_count: {}\nnetworks: {}')
    const { problems, placeOf } = readSettingsFile(text, ['constructor'])
    expect(problems).toMatchObject([{ message: 'edge_count is required' }])
    expect(placeOf('constructor', ['goodenough'])).toEqual({ line: 3, column: 13 })
  })

  test('places are those of the override where there is one', () => {
    const text = `${base}dnet_edge_count: {one: 3}\nnetworks: {two: {edge_count: 4}}\n`
    const { placeOf } = readSettingsFile(text, ['one', 'two', 'three'])
    expect(['one', 'two', 'three'].map(name => placeOf(name, ['edge_count']).line)).toEqual([5, 6, 4])
  })

  test('a fault is told once, whatever the number of networks, and does not hide others', () => {
    const text = base.replace('goodenough: 0.5', 'goodenough: x\ntimeout: 99\ndns2: 1')
    const { problems } = readSettingsFile(text, ['one', 'two'])
    expect(problems.map(problem => problem.line)).toEqual([3, 4, 5])
    expect(problems.every(problem => problem.network === null)).toBe(true)
  })

  test('an empty file lacks everything, told once for all', () => {
    const { problems } = readSettingsFile('', ['one', 'two'])
    expect(problems).toHaveLength(8)
    expect(problems.every(problem => problem.network === null)).toBe(true)
  })
})

test('a key that is there twice, or is no text, hides nothing that is wrong elsewhere', () => {
  const text = `${base.replace('goodenough: 0.5\n', '')}edge_count: 3\n? [a]\n: 1\nbogus: 1\nretry: 0\nmin_edges: 9\n`
  const { problems } = readSettingsFile(text, ['one'])
  const told = problems.map(({ line, message }) => `${line} ${message}`).sort()
  expect(told).toEqual([
    '1 goodenough is required',
    "4 key 'edge_count' is listed twice",
    '5 a key must be text',
    "7 unknown key 'bogus'",
    expect.stringMatching(/^8 retry: /),
  ])
  const { problems: others } = readSettingsFile(`${base}edge_count: 3\nmin_edges: 9\n`, ['one'])
  expect(others.map(({ message }) => message)).toContain('min_edges (9) is more than edge_count (2)')
})

test('what is wrong in one key hides nothing that is wrong in another', () => {
  const { problems } = readSettingsFile(`${base}unheard: 1\nretry: many\nmin_edges: 3\n`, ['one'])
  expect(problems.map(problem => problem.message)).toEqual([
    'retry: expected a number, not text',
    "unknown key 'unheard'",
    'min_edges (3) is more than edge_count (2)',
  ])
})

test.each(['007', '1e3', 'null', '0x1f', 'true', '5', '1_000', '0o17', 'no'])(
  'the network %s keeps its overrides, whatever YAML would make of its name',
  name => {
    const text = `${base}dnet_edge_count: {${name}: 3}\nnetworks: {${name}: {dns: {ttl: 60}}}\n`
    const { settings, problems, placeOf } = readSettingsFile(text, [name, 'other'])
    expect(problems).toEqual([])
    expect(settings.get(name)).toMatchObject({ edge_count: 3, dns: { ttl: 60 } })
    expect(settings.get('other')).toMatchObject({ edge_count: 2, dns: { ttl: 300 } })
    expect(placeOf(name, ['edge_count']).line).toBe(5)
    expect(placeOf(name, ['dns', 'ttl']).line).toBe(6)
  },
)
