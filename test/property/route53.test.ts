import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRoute53Records } from '../../functions/adapters/aws/route53-records.ts'
import { readTemplates } from '../../functions/app/templates.ts'
import type { Network } from '../../functions/core/config/network.ts'
import { desiredSets } from '../../functions/core/zone/record-set.ts'
import { runCycle } from '../../functions/cycle/cycle.ts'
import type { Ports } from '../../functions/cycle/ports/ports.ts'
import { partOf } from '../helpers/part.ts'
import { type Fault, route53Client, startRoute53 } from '../helpers/route53-standin.ts'
import { networkOf, probeOf, settingsOf, World, zoneOf } from '../helpers/world.ts'

const templates = readTemplates()
const edges = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '2001:db8::1']
const zones = ['example.org', 'example.net']
const names = zones.flatMap(zone => [`${zone}.`, `www.${zone}.`, `\\052.${zone}.`])

const options = { dryRun: false, force: false, forceUpdate: false, verbose: false, maxSeconds: 55, problems: [] }

function networkWith(changes: Partial<Network['settings']['route53']>, of: readonly string[]): Network {
  const dns = { ...settingsOf().dns, rotate_zones: ['www', '*'] }
  const route53 = { ...settingsOf().route53, enabled: true, rate: 1e6, verify_every: 3, ...changes }
  return networkOf(edges, { settings: settingsOf({ dns, route53 }), zones: of.map(zone => zoneOf(zone)) })
}

const fault: fc.Arbitrary<Fault | null> = fc.constantFrom(
  ...([null, null, 'throttled', 'error', 'reset before', 'reset after', 'denied'] as const),
)

/** One cycle: which edges fail, what goes wrong with each request, who edits by hand, and whether the run dies. */
const step = fc.record({
  failing: fc.subarray(edges, { maxLength: 2 }),
  faults: fc.array(fault, { maxLength: 8 }),
  edit: fc.option(fc.constantFrom(...names), { nil: undefined, freq: 2 }),
  removal: fc.option(fc.constantFrom(...names), { nil: undefined, freq: 3 }),
  dies: fc.constantFrom(null, null, null, 'record', 'finish'),
})

/** The sets that the zone in the bucket has, spelled as the stand-in spells them. */
function wanted(world: World, zone: string): string[] {
  const text = world.objects.get(`zones/net/${zone}.zone`) ?? ''
  const found = [...text.matchAll(/^(\S+) \d+ IN (A|AAAA) (\S+)$/gm)]
  const sets = new Map<string, string[]>()
  for (const [, label, type, address] of found) {
    const name = label === '@' ? `${zone}.` : `${label === '*' ? '\\052' : label}.${zone}.`
    const key = `${type} ${name} 60`
    sets.set(key, [...(sets.get(key) ?? []), String(address)])
  }
  return [...sets].map(([key, addresses]) => [key, ...addresses].join(' ')).sort()
}

test('after any faults and enough quiet cycles the records are those of the live set, and no other name was touched', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async steps => {
      const route53 = await startRoute53(3)
      const client = route53Client(route53)
      try {
        const world = new World()
        for (const [at, zone] of zones.entries()) route53.addZone(`Z${at}`, zone)
        route53.put('Z0', { name: 'mail.example.org', type: 'A', ttl: 5, values: ['198.51.100.25'] })
        route53.put('Z0', { name: 'example.org', type: 'MX', ttl: 5, values: ['10 mail.example.org.'] })
        const others = route53.sets('Z0').sort()
        const network = networkWith({ zones: { 'example.org': 'Z0' } }, zones)
        const cycle = async () => {
          world.now += 90_000
          const sleep: Ports['sleep'] = async (ms, signal) => {
            if (signal !== undefined) return world.ports.sleep(ms, signal)
            world.now += ms
          }
          return runCycle(
            network,
            { ...options, templates },
            { ...world.ports, sleep, records: createRoute53Records(client) },
          )
        }
        for (const { failing, faults, edit, removal, dies } of steps) {
          world.probes.clear()
          for (const edge of failing) world.probes.set(edge, probeOf('refused', 0.1))
          const left = [...faults]
          route53.faults(() => left.shift() ?? null)
          world.before = name => {
            if (name === dies) throw new Error('killed')
          }
          await cycle()
          const zoneOfName = (name: string) => (name.endsWith('org.') ? 'Z0' : 'Z1')
          const stray = { type: 'A', ttl: 60, values: ['198.51.100.1'] }
          if (edit !== undefined) route53.put(zoneOfName(edit), { name: edit, ...stray })
          if (removal !== undefined) route53.remove(zoneOfName(removal), removal, 'A')
        }
        route53.faults(() => null)
        world.before = () => {}
        for (let quiet = 0; quiet < 5; quiet++) await cycle()
        expect([...wanted(world, 'example.org'), ...others].sort()).toEqual(route53.sets('Z0').sort())
        expect(wanted(world, 'example.net')).toEqual(route53.sets('Z1').sort())
        const touched = new Set(route53.journal.flatMap(({ changes }) => changes.map(({ set }) => set.name)))
        expect([...touched].filter(name => !names.includes(name))).toEqual([])
      } finally {
        client.destroy()
        await route53.close()
      }
    }),
    { numRuns: partOf(50) },
  )
}, 120_000)

test('500 zones that rotate at once are pushed within three cycles, and the rate is kept', async () => {
  const many = Array.from({ length: 500 }, (_, n) => `zone${n}.example`)
  const route53 = await startRoute53()
  const client = route53Client(route53)
  try {
    const world = new World()
    const ids = Object.fromEntries(many.map((zone, at) => [zone, `Z${at}`]))
    for (const [at, zone] of many.entries()) {
      route53.addZone(`Z${at}`, zone)
      const sets = desiredSets(zone, ['www', '*'], 60, ['192.0.2.1', '192.0.2.2'])
      for (const set of sets) route53.put(`Z${at}`, set)
      world.pushed.set(zone, { hostedZone: `Z${at}`, sets, attempted: [], due: null })
    }
    // Time passes on both sides alike: when somebody waits, and no sooner.
    route53.limit(10, 50, () => world.now)
    const sleep: Ports['sleep'] = async (ms, signal) => {
      if (signal !== undefined) return world.ports.sleep(ms, signal)
      world.now += ms
    }
    const network = networkWith({ zones: ids, rate: 8, verify_every: 0 }, many)
    world.probes.set('192.0.2.1', probeOf('refused', 0.1))
    const due: number[] = []
    const took: number[] = []
    for (let n = 0; n < 3 && due.at(-1) !== 0; n++) {
      const start = world.now + 60_000
      world.now = start
      const ports = { ...world.ports, sleep, records: createRoute53Records(client) }
      const report = await runCycle(network, { ...options, templates }, ports)
      due.push(report.route53.filter(({ action }) => action === 'due').length)
      took.push((world.now - start) / 1000)
    }
    expect(due.at(-1)).toBe(0)
    // 320 go out in 40 s.
    expect(due[0]).toBeGreaterThanOrEqual(175)
    expect(Math.max(...took)).toBeLessThan(40.2)
    const published = many.map((_, at) => route53.sets(`Z${at}`)[0]?.split(' ').slice(3).join(' '))
    expect(new Set(published)).toEqual(new Set(['192.0.2.2 192.0.2.3']))
    expect(route53.errors).toEqual([])
    expect(route53.journal.length).toBeGreaterThanOrEqual(500)
    expect(route53.journal.length).toBeLessThan(520)
  } finally {
    client.destroy()
    await route53.close()
  }
}, 60_000)
