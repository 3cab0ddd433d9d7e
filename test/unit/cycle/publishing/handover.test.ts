import { beforeEach, describe, expect, test } from 'vitest'
import { readTemplates } from '../../../../functions/app/templates.ts'
import { parseManifest, renderManifest } from '../../../../functions/core/publication/manifest.ts'
import { serialOf } from '../../../../functions/core/zone/published.ts'
import { runCycle } from '../../../../functions/cycle/cycle.ts'
import { networkOf, World, zoneOf } from '../../../helpers/world.ts'

const templates = readTemplates()
const sha256 = 'a'.repeat(64)

let net: World
let other: World
beforeEach(() => {
  net = new World()
  other = Object.assign(new World(), { objects: net.objects })
})

/** A cycle of a network that has these zones, while the others are where `owners` says. */
async function cycle(world: World, name: string, zones: readonly string[], owners: Record<string, string> = {}) {
  const network = {
    ...networkOf(['192.0.2.1'], { zones: zones.map(zone => zoneOf(zone)), owners: new Map(Object.entries(owners)) }),
    name,
  }
  const how = { dryRun: false, force: true, forceUpdate: false, verbose: false, maxSeconds: 55, problems: [] }
  const report = await runCycle(network, { ...how, templates }, world.ports)
  for (const one of [net, other]) one.now += 60_000
  return report
}

const named = (network: string) =>
  [...(net.objects.get(`zones/${network}/named.conf`) ?? '').matchAll(/^zone "(.+?)"/gm)].map(([, zone]) => zone)
const manifest = (network: string) => {
  const found = parseManifest(net.objects.get(`zones/${network}/manifest.json`) ?? '')
  if (typeof found === 'string') throw new Error(found)
  return found
}
const moved = { 'a.example': 'other' }

/** A manifest that says of a.example what is given. */
function foreignManifest(zone: { serial?: number; handedOver?: boolean }, claims: string[] = []): string {
  const row = { zone: 'a.example', key: 'zones/gone/a.example.zone', serial: 5, sha256, handedOver: false, ...zone }
  const namedConf = { key: 'zones/gone/named.conf', sha256 }
  return renderManifest({ network: 'gone', zones: claims.length > 0 ? [] : [row], namedConf, claims })
}

describe('a zone that another network of the configuration has now (behaviour §7.6)', () => {
  beforeEach(async () => {
    await cycle(net, 'net', ['a.example', 'b.example'])
  })

  test('leaves named.conf in the next cycle, keeps its file, and stays in the manifest with its last serial', async () => {
    const { serial } = net.zones.get('a.example') ?? {}
    const { warnings } = await cycle(net, 'net', ['b.example'], moved)
    expect(warnings.join()).toContain('a.example is handed over to other')
    expect(warnings.join()).not.toContain('gone from the configuration')
    expect(named('net')).toEqual(['b.example'])
    expect(net.objects.has('zones/net/a.example.zone')).toBe(true)
    expect(manifest('net').zones).toMatchObject([
      { zone: 'a.example', handedOver: true, serial },
      { zone: 'b.example', handedOver: false },
    ])
    expect((await cycle(net, 'net', ['b.example'], moved)).warnings).toEqual([])
  })

  test('gets its clause there once it has none here, with a greater serial, and a cycle later at the most', async () => {
    net.zones.set('a.example', { ...net.zones.get('a.example'), serial: 2_500_000_000 } as never)
    const first = await cycle(other, 'other', ['a.example'])
    expect(first.zones).toMatchObject([{ action: 'due', reason: 'network net still has it' }])
    expect({ status: first.status, named: named('other') }).toEqual({ status: 'ok', named: [] })
    await cycle(net, 'net', ['b.example'], moved)
    expect((await cycle(other, 'other', ['a.example'])).zones).toMatchObject([{ action: 'published' }])
    expect([named('net'), named('other')]).toEqual([['b.example'], ['a.example']])
    expect(serialOf(net.objects.get('zones/other/a.example.zone') ?? '')).toBe(2_500_000_001)
  })

  test('comes back the same way', async () => {
    await cycle(net, 'net', ['b.example'], moved)
    await cycle(other, 'other', ['a.example'])
    expect((await cycle(net, 'net', ['a.example', 'b.example'])).zones[0]).toMatchObject({ action: 'due' })
    await cycle(other, 'other', [], { 'a.example': 'net' })
    expect((await cycle(net, 'net', ['a.example', 'b.example'])).zones[0]).toMatchObject({ action: 'published' })
    expect([named('net'), named('other')]).toEqual([['a.example', 'b.example'], []])
  })

  test('is no orphan, even when nobody has it any more', async () => {
    await cycle(net, 'net', ['b.example'], moved)
    expect((await cycle(net, 'net', ['b.example'])).warnings).toEqual([])
    expect(named('net')).toEqual(['b.example'])
  })

  test('waits where it is claimed meanwhile', async () => {
    net.objects.delete('zones/net/manifest.json')
    await cycle(net, 'net', ['b.example'], moved)
    other.before = step => {
      if (step === 'put zones/other/manifest.json')
        net.objects.set('zones/gone/manifest.json', foreignManifest({}, ['a.example']))
    }
    const { zones } = await cycle(other, 'other', ['a.example'])
    expect(zones).toMatchObject([{ action: 'due', reason: 'network gone still has it' }])
    expect(named('other')).toEqual([])
    expect(manifest('other').claims).toEqual([])
  })
})

describe('a zone that is new to a network', () => {
  test.each<[string, string, string]>([
    ['in a manifest', 'manifest.json', foreignManifest({})],
    ['claimed in a manifest', 'manifest.json', foreignManifest({}, ['a.example'])],
    ['in a named.conf, where there is no manifest', 'named.conf', 'zone "a.example" {};\n'],
  ])('is due while it is %s', async (_where, file, text) => {
    net.objects.set(`zones/gone/${file}`, text)
    const { zones } = await cycle(net, 'net', ['a.example', 'b.example'])
    expect(zones).toMatchObject([{ action: 'due' }, { action: 'published' }])
    expect(zones[0]?.reason).toContain('network gone')
    expect(named('net')).toEqual(['b.example'])
    net.objects.delete(`zones/gone/${file}`)
    await cycle(net, 'net', ['a.example', 'b.example'])
    expect(named('net')).toEqual(['a.example', 'b.example'])
  })

  test('is due while another manifest is damaged', async () => {
    net.objects.set('zones/gone/manifest.json', '{')
    const { zones } = await cycle(net, 'net', ['a.example'])
    expect(zones).toMatchObject([{ action: 'due', reason: expect.stringContaining('the manifest of network gone') }])
  })

  test.each(['folders zones/', 'get zones/gone/manifest.json'])('is due while "%s" fails', async broken => {
    net.objects.set('zones/gone/manifest.json', foreignManifest({ handedOver: true }))
    net.before = step => {
      if (step === broken) throw new Error('bucket away')
    }
    expect((await cycle(net, 'net', ['a.example'])).zones).toMatchObject([{ action: 'due' }])
    net.before = () => {}
    expect((await cycle(net, 'net', ['a.example'])).zones).toMatchObject([{ action: 'published' }])
  })

  test('begins behind the serial of whoever had it, also where that is forgotten while it waits', async () => {
    net.objects.set('zones/gone/manifest.json', foreignManifest({ serial: 2_500_000_000 }))
    await cycle(net, 'net', ['a.example'])
    net.objects.delete('zones/gone/manifest.json')
    await cycle(net, 'net', ['a.example'])
    expect(serialOf(net.objects.get('zones/net/a.example.zone') ?? '')).toBe(2_500_000_001)
  })
})

describe('the manifest (behaviour §7.9)', () => {
  test('is written after everything else, and a quiet cycle asks for nothing', async () => {
    const steps: string[] = []
    net.before = step => void steps.push(step)
    await cycle(net, 'net', ['a.example'])
    expect(steps.filter(step => step.startsWith('put')).at(-1)).toBe('put zones/net/manifest.json')
    steps.length = 0
    await cycle(net, 'net', ['a.example'])
    expect(steps).toEqual(['begin', 'record', 'finish'])
  })

  test('is due until it is written', async () => {
    net.before = step => {
      if (step === 'put zones/net/manifest.json') throw new Error('no room')
    }
    expect((await cycle(net, 'net', [])).warnings.join()).toContain('the manifest is due: no room')
    net.before = () => {}
    expect((await cycle(net, 'net', [])).warnings).toEqual([])
    expect(manifest('net').zones).toEqual([])
  })

  test('is made by a version that knows it from what an earlier one published', async () => {
    await cycle(net, 'net', ['a.example', 'b.example'])
    const text = net.objects.get('zones/net/manifest.json')
    net.objects.delete('zones/net/manifest.json')
    net.manifest = { hash: null, due: false }
    for (const [zone, { file: _, ...record }] of net.zones) net.zones.set(zone, record)
    await cycle(net, 'net', ['a.example', 'b.example'])
    expect(net.objects.get('zones/net/manifest.json')).toBe(text)
    const asked: string[] = []
    net.before = step => void asked.push(step)
    await cycle(net, 'net', ['a.example', 'b.example'])
    expect(asked).toEqual(['begin', 'record', 'finish'])
  })
})
