import { describe, expect, test } from 'vitest'
import {
  fetchTimeNote,
  migrateSettings,
  networkNameFrom,
  readOriginalSettings,
  strangeComments,
} from '../../../../functions/core/legacy/migrated-settings.ts'

const sample = `# Settings of edgemanage.

# what to fetch
testobject:
  host: site.com
  port: 80 # odd
  proto: https
  local: /etc/edgemanage/myobject.edgemanage
  verify: Yes
# where samples go
healthdata_store: /var/lib/edgemanage/health
edgelist_dir: /etc/edgemanage/edges
canary_files: /etc/edgemanage/canaries/{dnet}
goodenough: 0.700
dnet_edge_count: {My.Net: 6, other: 2}
commands:
  run_after_changes: [/usr/sbin/rndc reload]
  run_after: a_script
  run_before:
`

function migrated(text: string, renamed: [string, string][] = []) {
  const read = readOriginalSettings(text)
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return migrateSettings(read.document, { object: 'objects/o', renamed: new Map(renamed) })
}

describe("the original's settings", () => {
  test('say where everything lies', () => {
    expect(readOriginalSettings(sample)).toMatchObject({
      places: {
        object: '/etc/edgemanage/myobject.edgemanage',
        edges: '/etc/edgemanage/edges',
        zones: null,
        canaries: '/etc/edgemanage/canaries/{dnet}',
      },
    })
    expect(readOriginalSettings('edgelist_dir: ""\n')).toMatchObject({ places: { edges: null } })
  })

  test('a key that is no text is a fault, as it was for the original', () => {
    expect(readOriginalSettings('dnet_edge_count: { ? [a] : 1 }\n')).toMatchObject({ faults: [{ line: 1 }] })
  })

  test.each([
    ['a: [', 'line'],
    ['- a\n', 'expected a map of settings'],
    ['', 'expected a map of settings'],
  ])('cannot be used: %j', (text, _why) => {
    const read = readOriginalSettings(text)
    expect('faults' in read ? read.faults.length : 0).toBeGreaterThan(0)
  })

  test('become ours: comments stay, keys without a place go, values are as they were', () => {
    const { text, retired, notes } = migrated(sample, [['My.Net', 'my-net']])
    expect(text).toBe(`# Settings of edgemanage.

# what to fetch
testobject:
  host: site.com
  port: 80 # odd
  proto: https
  local: objects/o
  verify: true
goodenough: 0.700
dnet_edge_count: { my-net: 6, other: 2 }
`)
    expect(retired.map(row => row.split(':')[0])).toEqual([
      'healthdata_store',
      'edgelist_dir',
      'canary_files',
      'commands',
    ])
    expect(notes).toEqual([
      "commands.run_after_changes: '/usr/sbin/rndc reload' is not run by anything here",
      "commands.run_after: 'a_script' is not run by anything here",
      'testobject: https on port 80 is kept as it is, and edges are probed there: did you mean 443?',
    ])
  })

  test.each([
    ['no', 'verify: false'],
    ['On', 'verify: true'],
    ['off', 'verify: false'],
    ['True', 'verify: True'],
    ['maybe', 'verify: maybe'],
  ])('verify: %s', (word, expected) => {
    expect(migrated(`testobject: {verify: ${word}, proto: http, port: 80}\n`).text).toContain(expected)
  })

  test('without commands, counts by network or a test object there is nothing to do', () => {
    const read = readOriginalSettings('commands:\ndnet_edge_count: 3\nx: &key y\n*key : 1\n')
    if ('faults' in read) throw new Error('faults')
    const { text, notes } = migrateSettings(read.document, { object: null, renamed: new Map() })
    expect(text).toContain('dnet_edge_count: 3')
    expect(notes).toEqual([])
    expect(migrated('x: &key a\ndnet_edge_count: { *key : 1 }\n', [['a', 'b']]).text).toContain('*key')
  })
})

test.each([
  ['mynet', 'mynet'],
  ['My.Net_1', 'my-net_1'],
  ['-_x', 'x'],
  ['ÄÖ', ''],
  ['n'.repeat(50), 'n'.repeat(40)],
])('network %s is called %s', (name, expected) => expect(networkNameFrom(name)).toBe(expected))

test('comments that the original took for edges', () => {
  expect(strangeComments('# one\n  # two\na # three\n#\nb\n')).toEqual([
    { line: 2, content: '# two' },
    { line: 3, content: 'a # three' },
  ])
})

test.each([
  ['goodenough: 0.700\n', /^goodenough: 0\.7 may need another value/],
  ['a: 1\n', /^goodenough may need another value/],
])('what is measured otherwise is said: %j', (text, words) => {
  const read = readOriginalSettings(text)
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  expect(fetchTimeNote(read.document)).toMatch(words)
})
