import { describe, expect, test } from 'vitest'
import { loadConfiguration } from '../../../../functions/core/config/configuration.ts'
import { formatProblem } from '../../../../functions/core/config/problem.ts'
import type { ConfigSource } from '../../../../functions/core/config/source.ts'
import { blockersOf, problemsFor } from '../../../../functions/core/config/stopping.ts'
import { overlay } from '../../../helpers/overlay.ts'

const load = (name: string) => loadConfiguration(overlay(name), { absolutePaths: 'warning' })

/** Every fixture of test/fixtures/config, and exactly what is said of it. */
const messages: [fixture: string, problems: string[]][] = [
  ['base', []],
  ['bomb', ['edgemanage.yaml:1:1: error: Excessive alias count indicates a resource exhaustion attack']],
  ['byte-order-mark', []],
  ['canaries-without-network', ['canaries/old:1:1: warning: there is no edges/old, so this is not used']],
  [
    'canary-edge',
    ['canaries/net:1:14: error: 192.0.2.2 is an edge too (192.0.2.2): a canary must be an address of its own'],
  ],
  ['canary-list', ['canaries/net:1:1: error: expected a map, zone: address']],
  ['canary-name', ["canaries/net:1:14: error: the canary of example.org must be an address, not 'canary.example.net'"]],
  ['canary-not-utf8', ['canaries/net:1:1: error: is not UTF-8 text']],
  ['canary-number', ["canaries/net:1:14: error: the canary of example.org must be an address, not '12'"]],
  [
    'canary-syntax',
    ['canaries/net:2:1: error: Flow sequence in block collection must be sufficiently indented and end with a ]'],
  ],
  ['canary-twice', ['canaries/net:2:1: error: zone example.org has a canary already']],
  ['canary-unknown-zone', ['canaries/net:2:1: warning: the network has no zone example.com: its canary is not probed']],
  ['canary-unspecified', ['canaries/net:1:14: error: clients cannot reach 0.0.0.0 (unspecified)']],
  ['dnet-count-bad', ['edgemanage.yaml:12:24: error: dnet_edge_count.net: expected a number, not text']],
  ['edge-address-twice', ['edges/net:3:3: error: 2001:DB8:0::3 is already listed in line 1, as 2001:db8::3']],
  ['duplicate-key', ["edgemanage.yaml:12:1: error: key 'goodenough' is listed twice"]],
  [
    'edge-bad-label',
    [
      "edges/net:1:1: error: '-edge.example.net' is not a host name: a label may only have letters, digits and inner hyphens",
    ],
  ],
  ['edge-count-fraction', ['edgemanage.yaml:11:13: error: edge_count: expected a whole number']],
  ['edge-final-dot', []],
  ['edge-hex', ["edges/net:1:1: error: '0x7f.1' is neither a host name nor an address: its last label is a number"]],
  [
    'edge-ipv6-zone',
    ['edges/net:1:1: error: clients cannot reach fe80::1%eth0: a zone index has a meaning on one machine only'],
  ],
  ['edge-multicast', ['edges/net:2:4: error: clients cannot reach 224.0.0.1 (multicast)']],
  [
    'edge-no-address',
    ["edges/net:1:1: error: '300.1.2.3' is neither a host name nor an address: its last label is a number"],
  ],
  ['edge-twice', ['edges/net:3:1: error: EDGE1.example.net is already listed in line 1, as edge1.example.net']],
  ['edge-two-words', ["edges/net:1:1: error: one edge per line: '192.0.2.1 192.0.2.2'"]],
  ['edge-unspecified', ['edges/net:1:1: error: clients cannot reach 0.0.0.0 (unspecified)']],
  ['edges-none', ['edges/net:1:1: error: there is no edge in the list: nothing could ever be published']],
  ['edges-not-utf8', ['edges/net:1:1: error: is not UTF-8 text']],
  ['editor-leftovers', []],
  ['email-bad', ['edgemanage.yaml:11:17: error: alarms.email: is not a valid email address']],
  ['empty-values', []],
  [
    'fast-frequency',
    [
      'edgemanage.yaml:11:16: error: run_frequency: must be a multiple of 60',
      'edgemanage.yaml:11:16: error: run_frequency: must be at least 60',
    ],
  ],
  [
    'faults-everywhere',
    [
      "canaries/net:1:14: error: the canary of example.org must be an address, not 'canary.example.net'",
      'edgemanage.yaml:4:10: error: testobject.local: objects/absent is missing',
      'edgemanage.yaml:6:3: error: dns.soa_mailbox is required',
      'edgemanage.yaml:9:13: error: goodenough: expected a number, not text',
      "edgemanage.yaml:11:1: error: unknown key 'bogus'",
      "edges/net:2:1: error: '192.0.2.300' is neither a host name nor an address: its last label is a number",
      'zones/net/example.org.zone:1:1: error: the addresses of www.example.org are those of the live edges: remove this record',
    ],
  ],
  ['goodenough-above-timeout', ['edgemanage.yaml:10:13: warning: goodenough (10 s) is not below timeout (10 s)']],
  [
    'host-address-like',
    [
      "edgemanage.yaml:2:9: error: testobject.host: '300.1.2.3' is neither a host name nor an address: its last label is a number",
    ],
  ],
  [
    'host-bad',
    [
      "edgemanage.yaml:2:9: error: testobject.host: 'a_b.example' is not a host name: a label may only have letters, digits and inner hyphens",
    ],
  ],
  [
    'host-final-dot',
    ["edgemanage.yaml:2:9: error: testobject.host: 'site.example.' must be written without the final dot"],
  ],
  ['hosted-zone-id', ['edgemanage.yaml:11:32: error: route53.zones.example.org: is not a hosted zone id']],
  [
    'include-address',
    [
      'zones/net/example.org.zone:1:1: error: the addresses of www.example.org are those of the live edges: remove this record',
    ],
  ],
  ['include-directive', ['zones/net/example.org.zone:2:1: error: $INCLUDE is not allowed here']],
  ['include-not-utf8', ['zones/net/example.org.zone:1:1: error: is not UTF-8 text']],
  [
    'include-other-type',
    [
      'zones/net/example.org.zone:1:1: error: X25 records cannot be checked: to publish them anyway, add X25 to dns.unchecked_types',
    ],
  ],
  ['include-soa', ['zones/net/example.org.zone:2:1: error: the SOA record comes from the zone template']],
  ['infinite', ['edgemanage.yaml:10:13: error: goodenough: expected a number, not Infinity']],
  ['label-at', ["edgemanage.yaml:9:18: error: dns.rotate_zones.0: '@' always has the addresses: leave it out"]],
  [
    'label-bad',
    [
      "edgemanage.yaml:9:18: error: dns.rotate_zones.0: 'a b' is not a host name: a label may only have letters, digits and inner hyphens",
    ],
  ],
  ['label-twice', ["edgemanage.yaml:9:23: error: dns.rotate_zones.1: 'WWW' is listed twice"]],
  [
    'mailbox-at',
    ["edgemanage.yaml:8:16: error: dns.soa_mailbox: 'zone@example.com' must be written with a dot instead of the @"],
  ],
  ['maxfreq-high', ['edgemanage.yaml:11:20: error: dnschange_maxfreq: must be at most 100']],
  ['min-edges-for-network', ['edgemanage.yaml:12:29: error: min_edges (3) is more than edge_count (2)']],
  ['min-edges-high', ['edgemanage.yaml:12:12: error: min_edges (3) is more than edge_count (2)']],
  ['missing-for-one', ['edgemanage.yaml:1:1: error: edge_count is required']],
  [
    'missing-required',
    ['edgemanage.yaml:1:1: error: goodenough is required', 'edgemanage.yaml:2:3: error: testobject.host is required'],
  ],
  [
    'network-name',
    [
      "edges/Net:1:1: warning: is not used: a network's name has only lower-case letters, digits, - and _, and at most 40 characters",
    ],
  ],
  [
    'network-no-map',
    [
      'edgemanage.yaml:12:17: error: networks.net: expected a map, not a number',
      'edgemanage.yaml:12:20: warning: networks names two, but there is no edges/two',
    ],
  ],
  [
    'network-unknown',
    [
      'edgemanage.yaml:12:12: warning: networks names nte, but there is no edges/nte',
      'edgemanage.yaml:13:19: warning: dnet_edge_count names nte, but there is no edges/nte',
    ],
  ],
  ['networks-list', ['edgemanage.yaml:12:11: error: networks: expected a map by network']],
  ['no-map', ['edgemanage.yaml:1:1: error: expected a map of settings']],
  ['not-a-number', ['edgemanage.yaml:10:13: error: goodenough: expected a number, not text']],
  ['not-utf8', ['edgemanage.yaml:1:1: error: is not UTF-8 text']],
  [
    'ns-bad',
    [
      "edgemanage.yaml:6:16: error: dns.ns_records.0: 'ns1 example' is not a host name: a label may only have letters, digits and inner hyphens",
    ],
  ],
  ['ns-empty', ['edgemanage.yaml:6:15: error: dns.ns_records: must have at least 1 entry']],
  ['object-empty', ['edgemanage.yaml:4:10: error: testobject.local: objects/object is empty']],
  ['object-missing', ['edgemanage.yaml:4:10: error: testobject.local: objects/nothing is missing']],
  [
    'object-outside',
    ['edgemanage.yaml:4:10: warning: testobject.local: ../base/objects/object is outside of the configuration folder'],
  ],
  [
    'original',
    [
      "edgemanage.yaml:14:1: warning: 'healthdata_store' has no place here: samples are kept in the table",
      "edgemanage.yaml:15:1: warning: 'edgelist_dir' has no place here: edge lists are read from edges/ in the configuration folder",
      "edgemanage.yaml:16:1: warning: 'statefile' has no place here: the state is kept in the table",
      "edgemanage.yaml:17:1: warning: 'logpath' has no place here: reports go to standard output, or to the log of the function",
      "edgemanage.yaml:18:1: warning: 'lockfile' has no place here: a lease in the table keeps two runs apart",
      "edgemanage.yaml:19:1: warning: 'zonetemplate_dir' has no place here: zone includes are read from zones/<network>/ in the configuration folder",
      "edgemanage.yaml:20:1: warning: 'named_dir' has no place here: zones are written into the bucket, under zones/<network>/",
      "edgemanage.yaml:21:1: warning: 'live_list' has no place here: the live list is written into the bucket, as live/<network>.live",
      "edgemanage.yaml:22:1: warning: 'canary_files' has no place here: canaries are read from canaries/<network> in the configuration folder",
      "edgemanage.yaml:23:1: warning: 'prometheus_logs' has no place here: metrics are sent to CloudWatch by the function",
      "edgemanage.yaml:32:1: warning: 'commands' has no place here: let the name server follow the bucket, and reload by itself",
    ],
  ],
  ['port-range', ['edgemanage.yaml:4:9: error: testobject.port: must be at most 65535']],
  ['proto-word', ['edgemanage.yaml:4:10: error: testobject.proto: must be http or https']],
  ['reference-bad', ["edgemanage.yaml:11:14: error: references.0: 'ftp://example.org/' is not an http or https URL"]],
  ['reference-no-url', ["edgemanage.yaml:11:14: error: references.0: 'x' is not an http or https URL"]],
  ['rotation-word', ['edgemanage.yaml:11:11: error: rotation: must be minimal or reselect']],
  ['seconds-frequency', ['edgemanage.yaml:11:16: error: run_frequency: must be a multiple of 60']],
  ['stay-factor-low', ['edgemanage.yaml:11:14: error: stay_factor: must be at least 1']],
  [
    'syntax',
    ['edgemanage.yaml:13:1: error: Flow sequence in block collection must be sufficiently indented and end with a ]'],
  ],
  ['timeout-too-long', ['edgemanage.yaml:11:10: error: timeout: must be at most 15']],
  ['timeout-zero', ['edgemanage.yaml:11:10: error: timeout: must be more than 0']],
  ['too-few-edges', ['edgemanage.yaml:11:13: warning: net has 3 edges, fewer than edge_count (9)']],
  [
    'too-few-workers',
    [
      'edgemanage.yaml:11:10: warning: if every probe times out, probing takes 61 s and ends unfinished after 35 s: raise workers or lower timeout',
    ],
  ],
  [
    'too-many-edges',
    [
      'edgemanage.yaml:11:13: warning: edge_count (101) is above 100: by default, BIND loads no more addresses at one name',
      'edgemanage.yaml:11:13: warning: net has 3 edges, fewer than edge_count (101)',
    ],
  ],
  ['unknown-key', ["edgemanage.yaml:12:1: error: unknown key 'colour'"]],
  ['unknown-key-for-network', ["edgemanage.yaml:14:5: error: unknown key 'networks.net.colour'"]],
  ['unknown-nested-key', ["edgemanage.yaml:4:3: error: unknown key 'testobject.path'"]],
  ['uri-blank', ["edgemanage.yaml:3:8: error: testobject.uri: ' ' must be written as %20"]],
  ['uri-relative', ['edgemanage.yaml:3:8: error: testobject.uri: must begin with /']],
  ['workers-too-many', ['edgemanage.yaml:11:10: error: workers: must be at most 900']],
  [
    'zone-bad-name',
    [
      "zones/net/a b.zone:1:1: error: 'a b' is not a host name: a label may only have letters, digits and inner hyphens",
    ],
  ],
  ['zone-other-file', ['zones/net/notes.txt:1:1: warning: is not used: zone includes end in .zone']],
  [
    'zone-twice',
    [
      'zones/net/example.org.zone:1:1: error: zone example.org is also in zones/two/EXAMPLE.org.zone',
      'zones/two/EXAMPLE.org.zone:1:1: error: zone example.org is also in zones/net/example.org.zone',
    ],
  ],
  ['zones-without-network', ['zones/old:1:1: warning: there is no edges/old, so this is not used']],
]

describe('every fault has its message, with file, line and column', () => {
  test.each(messages)('%s', (name, expected) => {
    expect(load(name).problems.map(formatProblem)).toEqual(expected)
  })

  test.each(messages)('%s is there for cycles exactly if nothing stops one', name => {
    const configuration = load(name)
    const isStopped = blockersOf(configuration, 'net').length > 0
    expect(configuration.networks.some(network => network.name === 'net')).toBe(!isStopped)
  })
})

describe('a sound configuration', () => {
  test('is what the files say, sorted, with the defaults of the contract', () => {
    const [network] = load('base').networks
    expect(network).toMatchObject({
      name: 'net',
      edges: [
        { name: '192.0.2.2', address: '192.0.2.2' },
        { name: '2001:db8::3', address: '2001:db8::3' },
        { name: 'edge1.example.net', address: null },
      ],
      canaries: [{ zone: 'example.org', address: '192.0.2.101' }],
      zones: [{ name: 'example.org', file: 'zones/net/example.org.zone', errors: [], publishable: true }],
      object: { bytes: 7 },
    })
    expect(network?.settings).toMatchObject({
      testobject: { proto: 'https', port: 443, verify: true },
      dns: { ttl: 300, soa: { refresh: 43200, retry: 10800, expire: 1209600, minimum: 300 } },
      workers: 500,
      retry: 3,
      timeout: 10,
      canary_killer: 0,
      history: { samples: 2000, window: 300 },
      rotation: 'minimal',
      on_shortage: 'keep',
    })
  })

  test('of the original keeps its values', () => {
    const [network] = load('original').networks
    expect(network?.settings).toMatchObject({ goodenough: 0.7, canary_killer: 6, edge_count: 2, workers: 10, retry: 3 })
    expect(network?.settings.testobject).toMatchObject({ port: 80, proto: 'https', verify: true })
  })
})

describe('what stops a cycle', () => {
  test('a faulty include is that zone alone; it is there without its include', () => {
    const [network] = load('include-soa').networks
    expect(network?.zones).toMatchObject([{ name: 'example.org', include: null, publishable: true }])
    expect(network?.zones[0]?.errors).toHaveLength(1)
  })

  test('a zone that is too long with a rotate label is told, and stops no other', () => {
    const label = 'l'.repeat(63)
    const file = `${label}.${label}.${label}.${'l'.repeat(58)}.zone`
    const source = overlay('base')
    const long: ConfigSource = {
      list: folder => (folder === 'zones/net' ? [...(source.list(folder) ?? []), file] : source.list(folder)),
      read: path => (path === `zones/net/${file}` ? new Uint8Array() : source.read(path)),
    }
    const { networks, problems } = loadConfiguration(long, { absolutePaths: 'error' })
    expect(problems.map(formatProblem)).toEqual([
      `zones/net/${file}:1:1: error: dns.rotate_zones: with a zone of this length, 'www' is longer than 255 octets as a full name`,
    ])
    expect(networks[0]?.zones.map(({ publishable }) => publishable)).toEqual([true, false])
  })

  test('a zone in two networks is publishable in neither', () => {
    const zones = load('zone-twice').networks.flatMap(network => network.zones)
    expect(zones.map(zone => [zone.name, zone.publishable])).toEqual([
      ['example.org', false],
      ['example.org', false],
    ])
  })

  test('faults of one network do not stop another', () => {
    const source = overlay('zone-twice')
    const broken: ConfigSource = {
      ...source,
      read: path => (path === 'edges/two' ? new TextEncoder().encode('bad edge\n') : source.read(path)),
    }
    const configuration = loadConfiguration(broken, { absolutePaths: 'error' })
    expect(configuration.networks.map(network => network.name)).toEqual(['net'])
    expect(blockersOf(configuration, 'two')).toHaveLength(1)
    expect(problemsFor(configuration, 'net').map(problem => problem.file)).toEqual(['zones/net/example.org.zone'])
  })

  test("a network's folder that cannot be listed stops that network, and no other", () => {
    const source = overlay('zone-twice')
    const looping: ConfigSource = {
      ...source,
      list: folder => {
        if (folder === 'zones/two') throw new Error('ELOOP')
        return source.list(folder)
      },
    }
    const configuration = loadConfiguration(looping, { absolutePaths: 'error' })
    expect(configuration.networks.map(network => network.name)).toEqual(['net'])
    expect(blockersOf(configuration, 'net')).toEqual([])
    expect(blockersOf(configuration, 'two').map(formatProblem)).toEqual([
      'zones/two:1:1: error: cannot be listed: ELOOP',
    ])
  })

  test('an absolute path to the test object is an error where a deploy is to stand alone', () => {
    const { problems } = loadConfiguration(overlay('object-outside'), { absolutePaths: 'error' })
    expect(problems).toMatchObject([{ severity: 'error', line: 4 }])
  })

  test('files and folders that cannot be read are told, never taken for empty', () => {
    const source = overlay('base')
    const fail = (what: string) => () => {
      throw new Error(`EACCES ${what}`)
    }
    const unlisted = loadConfiguration({ ...source, list: fail('folder') }, { absolutePaths: 'error' })
    expect(unlisted.problems.map(formatProblem)).toContain('edges:1:1: error: cannot be listed: EACCES folder')
    const unread = loadConfiguration({ ...source, read: fail('file') }, { absolutePaths: 'error' })
    expect(unread.problems.map(formatProblem)).toEqual([
      'canaries/net:1:1: error: cannot be read: EACCES file',
      'edgemanage.yaml:1:1: error: cannot be read: EACCES file',
      'edges/net:1:1: error: cannot be read: EACCES file',
      'zones/net/example.org.zone:1:1: error: cannot be read: EACCES file',
    ])
    const empty = loadConfiguration({ list: () => null, read: () => null }, { absolutePaths: 'error' })
    expect(empty.problems.map(formatProblem)).toEqual(['edgemanage.yaml:1:1: error: is missing'])
  })
})

describe('one file stops no more than what it is about', () => {
  const text = (content: string) => new TextEncoder().encode(content)
  const base = overlay('base')

  test.each([
    'net.bak',
    'README.md',
    'Net',
    '-net',
    '_net',
    'net old',
    'n'.repeat(41),
    '#net#',
    'net.rpmsave',
    'ñet',
    'a\x1bb',
  ])('edges/%s is a warning, and no network', name => {
    const source: ConfigSource = {
      list: folder => (folder === 'edges' ? ['net', name] : base.list(folder)),
      read: path => (path === `edges/${name}` ? text('no edge list at all') : base.read(path)),
    }
    const configuration = loadConfiguration(source, { absolutePaths: 'error' })
    expect(configuration.networks.map(network => network.name)).toEqual(['net'])
    expect(configuration.problems).toMatchObject([{ severity: 'warning', file: `edges/${name}`, line: 1, column: 1 }])
    expect(problemsFor(configuration, 'net')).toEqual([])
  })

  test.each([
    ['no address', 'example.org: nowhere\nexample.net: 192.0.2.102\n'],
    ['no YAML', 'example.org\nexample.net: 192.0.2.102\n'],
    ['an edge', 'example.org: 192.0.2.2\nexample.net: 192.0.2.102\n'],
    ['a number', 'example.org: 12\nexample.net: 192.0.2.102\n'],
    ['listed twice', 'example.net: 192.0.2.102\nexample.net: 192.0.2.103\n'],
  ])('a canary that is %s costs no other, and its network nothing', (_words, canaries) => {
    const source: ConfigSource = {
      list: folder => (folder === 'zones/net' ? ['example.org.zone', 'example.net.zone'] : base.list(folder)),
      read: path => (path === 'canaries/net' ? text(canaries) : path.startsWith('zones/') ? text('') : base.read(path)),
    }
    const configuration = loadConfiguration(source, { absolutePaths: 'error' })
    expect(configuration.networks[0]?.canaries).toEqual([{ zone: 'example.net', address: '192.0.2.102' }])
    expect(blockersOf(configuration, 'net')).toEqual([])
    expect(configuration.problems.every(({ severity, scope }) => severity === 'error' && scope === 'canaries')).toBe(
      true,
    )
    expect(configuration.problems.length).toBeGreaterThan(0)
  })

  test('a folder of canaries that cannot be listed costs the canaries, and is told once', () => {
    const source: ConfigSource = {
      ...overlay('zone-twice'),
      list: folder => {
        if (folder === 'canaries') throw new Error('EACCES')
        return overlay('zone-twice').list(folder)
      },
    }
    const configuration = loadConfiguration(source, { absolutePaths: 'error' })
    expect(configuration.networks.map(({ canaries }) => canaries)).toEqual([[], []])
    expect(configuration.problems.filter(({ scope }) => scope === 'canaries')).toHaveLength(1)
  })

  test('what is wrong for all stops all', () => {
    const configuration = load('unknown-key')
    expect(configuration.networks).toEqual([])
    expect(blockersOf(configuration, 'net')).toHaveLength(1)
  })

  test('links that lead outside are told for each file, and lost ones are no link', () => {
    const source: ConfigSource = { ...base, outside: path => (path.startsWith('objects/') ? null : `/srv/${path}`) }
    const { problems } = loadConfiguration(source, { absolutePaths: 'warning' })
    expect(problems.map(formatProblem)).toEqual(
      ['canaries/net', 'edgemanage.yaml', 'edges/net', 'zones/net/example.org.zone'].map(
        file => `${file}:1:1: warning: is a symbolic link to /srv/${file}, outside of the configuration folder`,
      ),
    )
  })

  test('a zone in many networks is told in few words', () => {
    const names = Array.from({ length: 300 }, (_, at) => `net${at}`)
    const source: ConfigSource = {
      list: folder => (folder === 'edges' ? names : folder.startsWith('zones/') ? ['example.org.zone'] : null),
      read: path =>
        path.startsWith('edges/') ? base.read('edges/net') : path.startsWith('zones/') ? text('') : base.read(path),
    }
    const { problems } = loadConfiguration(source, { absolutePaths: 'error' })
    expect(problems).toHaveLength(300)
    expect(problems[0]?.message).toMatch(/ and 296 other files$/)
  })

  test('each folder is listed once, and each file read once, whatever the number of networks', () => {
    const names = Array.from({ length: 300 }, (_, at) => `net${at}`)
    const asked: string[] = []
    const source: ConfigSource = {
      list: folder => {
        asked.push(`${folder}/`)
        return folder === 'edges' || folder === 'canaries' ? names : null
      },
      read: path => {
        if (!path.startsWith('objects/')) asked.push(path)
        return path.startsWith('edges/')
          ? base.read('edges/net')
          : path.startsWith('canaries/')
            ? text('')
            : base.read(path)
      },
    }
    expect(loadConfiguration(source, { absolutePaths: 'error' }).networks).toHaveLength(300)
    expect(asked).toHaveLength(new Set(asked).size)
  })
})
