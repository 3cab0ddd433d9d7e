import { loadConfiguration } from '../../../functions/core/config/configuration.ts'
import type { Network } from '../../../functions/core/config/network.ts'
import type { ConfigSource } from '../../../functions/core/config/source.ts'
import type { Random } from './random.ts'

/** A configuration folder in memory, with one network. */
export interface Folder {
  readonly settings: Readonly<Record<string, unknown>>
  readonly edges: readonly string[]
  /** By zone: the canary's address. */
  readonly canaries: Readonly<Record<string, string>>
  /** By zone: its include. */
  readonly zones: Readonly<Record<string, string>>
}

/** The one network of a simulated world. */
export const networkName = 'net'

/** Every edge that a world may have: addresses of both kinds, and names. */
export const edgePool = [
  '192.0.2.1',
  '192.0.2.2',
  '192.0.2.3',
  '192.0.2.4',
  '192.0.2.5',
  '2001:db8::1',
  'h1.example',
  'h2.example',
]
export const canaryPool = ['192.0.2.101', '192.0.2.102', '2001:db8::101']
const zonePool = ['example.net', 'example.org', 'shop.example', 'xn--bcher-kva.example']

/** By zone: the id of its hosted zone in Route 53. */
export const hostedZoneIds: ReadonlyMap<string, string> = new Map(zonePool.map((zone, at) => [zone, `Z${at}`]))

const goodIncludes = [
  '',
  'mail A 192.0.2.200\n@ MX 10 mail\n',
  'txt TXT "a;b" "(c"\nftp CNAME www\n',
  // Good as long as m is no rotate label.
  'm A 192.0.2.201\n',
]
const badIncludes = ['@ A 192.0.2.9\n', '$INCLUDE /etc/passwd\n', 'a ( TXT "open"\n', '@ SOA a. b. 1 2 3 4 5\n']

/** The settings by which a network pushes to Route 53. */
export function pushingSettings(random: Random): Folder['settings'] {
  const zones = Object.fromEntries(hostedZoneIds)
  return { route53: { enabled: true, zones, verify_every: random.between(1, 3), ttl: random.pick([60, 300]) } }
}

/** The regions that a world has vantage points in. */
export const regionPool = ['eu-west-1', 'sa-east-1', 'us-west-2']

/** Settings of second sight (behaviour §10). */
export function sightSettings(random: Random): Folder['settings'] {
  return {
    recheck: random.pick([0, 0, 2, 5]),
    vantages: random.pick([[], [], regionPool.slice(0, 1), regionPool.slice(1), regionPool, regionPool]),
    edge_count: random.between(2, 4),
    min_edges: 1,
    brake: random.pick([0, 0.3, 0.5]),
    brake_cycles: random.between(1, 3),
  }
}

/** A folder to begin with. */
export function drawFolder(random: Random): Folder {
  const edges = edgePool.filter(() => random.chance(0.7))
  const zones = zonePool.filter(() => random.chance(0.6))
  const used = zones.length === 0 ? ['example.org'] : zones
  return {
    settings: drawSettings(random),
    edges: edges.length === 0 ? ['192.0.2.1'] : edges,
    canaries: Object.fromEntries(used.filter(() => random.chance(0.4)).map(zone => [zone, random.pick(canaryPool)])),
    zones: Object.fromEntries(used.map(zone => [zone, drawInclude(random)])),
  }
}

/** The folder after an operator's next change. */
export function changedFolder(folder: Folder, random: Random): Folder {
  const zone = random.pick(zonePool)
  const edge = random.pick(edgePool)
  switch (random.int(6)) {
    case 0: {
      const edges = folder.edges.filter(one => one !== edge)
      return { ...folder, edges: edges.length === folder.edges.length || edges.length === 0 ? [...edges, edge] : edges }
    }
    case 1: {
      const { [zone]: known, ...others } = folder.zones
      const zones = known === undefined || Object.keys(others).length === 0 ? folder.zones : others
      return { ...folder, zones: known === undefined ? { ...zones, [zone]: drawInclude(random) } : zones }
    }
    case 2:
      return zone in folder.zones ? { ...folder, zones: { ...folder.zones, [zone]: drawInclude(random) } } : folder
    case 3: {
      const { [zone]: known, ...others } = folder.canaries
      return { ...folder, canaries: known === undefined ? { ...others, [zone]: random.pick(canaryPool) } : others }
    }
    case 4:
      return { ...folder, settings: { ...folder.settings, dns: dnsOf(random) } }
    default: {
      const { history, route53, brake } = folder.settings
      const kept = { history, ...(route53 ? { route53 } : {}) }
      const sight = brake === undefined ? {} : sightSettings(random)
      return { ...folder, settings: { ...drawSettings(random), ...kept, ...sight } }
    }
  }
}

function drawInclude(random: Random): string {
  return random.chance(0.15) ? random.pick(badIncludes) : random.pick(goodIncludes)
}

function dnsOf(random: Random): object {
  return {
    ns_records: ['ns1.example.com.', 'ns2.example.com.'],
    soa_nameserver: 'ns1.example.com.',
    soa_mailbox: 'zone.example.com.',
    rotate_zones: random.pick([['www'], ['www'], ['www', 'm'], []]),
    ttl: random.pick([300, 300, 60]),
  }
}

function drawSettings(random: Random): Folder['settings'] {
  const edgeCount = random.between(1, 4)
  return {
    testobject: { host: 'site.example', uri: '/o', local: 'objects/o', proto: 'http' },
    dns: dnsOf(random),
    goodenough: 0.5,
    edge_count: edgeCount,
    timeout: random.pick([2, 10]),
    down_after: random.pick([1, 1, 2, 3]),
    up_after: random.pick([1, 1, 2, 3]),
    stay_factor: random.pick([1, 1.5]),
    rotation: random.pick(['minimal', 'minimal', 'reselect']),
    on_shortage: random.pick(['keep', 'shrink']),
    min_edges: random.between(1, edgeCount),
    dnschange_maxfreq: random.pick([0, 1, 3, 10]),
    dnschange_window: random.pick([120, 600]),
    canary_killer: random.pick([0, 0, 1, 2]),
    references: random.pick([[], ['http://192.0.2.250/', 'http://192.0.2.251/']]),
    history: { samples: random.pick([1, 3, 20, 50, 2000]), window: random.pick([60, 300]) },
    verify_every: random.pick([0, 1, 3, 60]),
  }
}

/** The network that a folder describes, as the product reads it; throws where it would not start a cycle. */
export function networkIn(folder: Folder): Network {
  const { networks, problems } = loadConfiguration(sourceOf(folder), { absolutePaths: 'warning' })
  const network = networks.find(({ name }) => name === networkName)
  if (network === undefined) throw new Error(`no network: ${JSON.stringify(problems)}`)
  return network
}

function sourceOf(folder: Folder): ConfigSource {
  const zones = Object.entries(folder.zones).map(([zone, include]) => [`zones/net/${zone}.zone`, include] as const)
  const canaries = Object.entries(folder.canaries).filter(([zone]) => zone in folder.zones)
  const files = new Map([
    // YAML takes JSON.
    ['edgemanage.yaml', JSON.stringify(folder.settings)],
    ['edges/net', folder.edges.map(edge => `${edge}\n`).join('')],
    ['canaries/net', canaries.map(([zone, address]) => `${zone}: "${address}"\n`).join('')],
    ['objects/o', 'the test object\n'],
    ...zones,
  ])
  return {
    list: path => {
      const inside = [...files.keys()].filter(file => file.startsWith(`${path}/`))
      return inside.length === 0
        ? null
        : [...new Set(inside.map(file => String(file.slice(path.length + 1).split('/')[0])))]
    },
    read: path => {
      const text = files.get(path)
      return text === undefined ? null : Buffer.from(text)
    },
  }
}
