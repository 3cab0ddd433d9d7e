import { beforeEach, describe, expect, test } from 'vitest'
import { readTemplates } from '../../../functions/app/templates.ts'
import { serialOf } from '../../../functions/core/zone/published.ts'
import { runCycle } from '../../../functions/cycle/cycle.ts'
import { PartlyRecorded } from '../../../functions/cycle/ports/errors.ts'
import type { CycleOptions } from '../../../functions/cycle/probe-and-decide.ts'
import { networkOf, probeOf, settingsOf, World, zoneOf } from '../../helpers/world.ts'

const templates = readTemplates()
const edges = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4']
const zoneKey = 'zones/net/example.org.zone'

let world: World
beforeEach(() => {
  world = new World()
})

function run(changes: Partial<CycleOptions> = {}, network = networkOf(edges)) {
  const options = { dryRun: false, force: false, forceUpdate: false, verbose: false, maxSeconds: 55, problems: [] }
  return runCycle(network, { ...options, templates, ...changes }, world.ports)
}

/** Addresses in the published zone, at `@`. */
function published(zone = 'example.org'): string[] {
  const text = world.objects.get(`zones/net/${zone}.zone`) ?? ''
  return [...text.matchAll(/^@ \d+ IN A (\S+)$/gm)].map(([, address]) => String(address))
}

function later(seconds = 60) {
  world.now += seconds * 1000
}

describe('a cycle', () => {
  test('publishes the fastest edges, and a second one over the same world changes nothing', async () => {
    const first = await run()
    expect(first).toMatchObject({
      status: 'ok',
      live: ['192.0.2.1', '192.0.2.2'],
      rotated: true,
      rotationSuppressed: false,
    })
    expect(first.zones).toMatchObject([{ zone: 'example.org', action: 'published' }])
    expect(published()).toEqual(['192.0.2.1', '192.0.2.2'])
    expect(world.objects.get('live/net.live')).toBe('192.0.2.1\n192.0.2.2\n')
    expect(world.objects.get('zones/net/named.conf')).toContain('zone "example.org"')
    const objects = new Map(world.objects)
    later()
    const second = await run()
    expect(second).toMatchObject({ status: 'ok', rotated: false, in: [], out: [] })
    expect(second.zones).toMatchObject([{ action: 'unchanged', serial: first.zones[0]?.serial }])
    expect(world.objects).toEqual(objects)
  })

  test('replaces a failing edge and says by whom and why', async () => {
    await run()
    later()
    world.probes.set('192.0.2.2', { ...probeOf('refused', 0.02), detail: 'refused 3 times' })
    const report = await run()
    expect(report.live).toEqual(['192.0.2.1', '192.0.2.3'])
    expect(report.out).toEqual([
      {
        edge: '192.0.2.2',
        reason: 'refused 3 times in 0.02 s; out while it fails; replaced by 192.0.2.3, 0.1 s on average',
      },
    ])
    expect(report.in[0]?.edge).toBe('192.0.2.3')
    expect(published()).toEqual(['192.0.2.1', '192.0.2.3'])
  })

  test('with no edge to publish touches nothing, and the samples are kept', async () => {
    for (const edge of edges) world.probes.set(edge, probeOf('timeout', 10))
    const report = await run()
    expect(report).toMatchObject({ status: 'no_edges', live: [], rotated: false })
    expect(world.objects.size).toBe(0)
    expect(world.history.runs).toHaveLength(1)
  })

  test('is blind when every reference fails: outcomes, no judgements, no sample, nothing published', async () => {
    const network = networkOf(edges, { settings: settingsOf({ references: ['http://192.0.2.99/'] }) })
    await run({}, network)
    const objects = new Map(world.objects)
    later()
    world.referencesAnswer = false
    world.probes.set('192.0.2.1', probeOf('timeout', 10))
    world.orders.set('192.0.2.2', {
      edge: '192.0.2.2',
      mode: 'unavailable',
      comment: 'c',
      by: 'op',
      since: 0,
      expires: null,
    })
    const report = await run({}, { ...network, zones: [zoneOf('example.org', 'www2 A 192.0.2.9\n')] })
    expect(report).toMatchObject({ status: 'blind', live: ['192.0.2.1', '192.0.2.2'], rotated: false })
    expect(report.edges[0]).toMatchObject({ outcome: 'timeout', judgement: null, fetchSeconds: 10, state: 'in' })
    expect(report.warnings.join('\n')).toContain('order unavailable for 192.0.2.2')
    expect(report.warnings.join('\n')).toContain('zone example.org')
    expect(world.objects).toEqual(objects)
    expect(world.history.runs).toHaveLength(1)
    later()
    world.referencesAnswer = true
    expect((await run({}, network)).status).toBe('ok')
  })

  test('runs once at a time, and not twice within 30 seconds unless forced', async () => {
    await run()
    later(29)
    expect(await run()).toMatchObject({ status: 'too_soon', live: [], edges: [], zones: [] })
    expect((await run({ force: true })).status).toBe('ok')
    world.before = step => {
      if (step === 'finish') throw new Error('killed')
    }
    later(60)
    expect((await run()).status).toBe('failed')
    world.before = () => {}
    later(60)
    expect(await run({ force: true })).toMatchObject({ status: 'locked', edges: [] })
    later(11)
    expect((await run()).status).toBe('ok')
  })

  test('that cannot save what it decided has failed, tells what it saw, and leaves the live set as it was', async () => {
    const first = await run()
    later()
    world.probes.set('192.0.2.1', probeOf('refused', 0.02))
    world.before = step => {
      if (step === 'record') throw new Error('table away')
    }
    const report = await run()
    expect(report).toMatchObject({
      status: 'failed',
      live: ['192.0.2.1', '192.0.2.2'],
      rotated: false,
      in: [],
      out: [],
    })
    expect(report.edges.map(edge => edge.outcome)).toEqual(['refused', 'ok', 'ok', 'ok'])
    expect(report.zones).toEqual([
      {
        zone: 'example.org',
        action: 'due',
        serial: first.zones[0]?.serial,
        reason: 'not written: what the cycle decided could not be saved',
      },
    ])
    expect(report.warnings).toContain('the cycle failed: table away')
    expect(published()).toEqual(['192.0.2.1', '192.0.2.2'])
  })

  test('that saved the live set, and not all that follows from it, tells the rotation that it made', async () => {
    await run()
    later()
    world.probes.set('192.0.2.1', probeOf('refused', 0.02))
    world.after = step => {
      if (step === 'record') throw new PartlyRecorded('throttled')
    }
    const report = await run()
    expect(report).toMatchObject({
      status: 'failed',
      live: ['192.0.2.2', '192.0.2.3'],
      rotated: true,
      in: [{ edge: '192.0.2.3' }],
      out: [{ edge: '192.0.2.1' }],
      zones: [{ action: 'due', reason: 'the cycle failed before its write was confirmed' }],
    })
    expect(report.warnings).toContain('the cycle failed: throttled')
    world.after = () => {}
    later()
    expect(await run()).toMatchObject({ status: 'ok', live: report.live, rotated: false })
    expect(published()).toEqual(report.live)
  })

  test('that cannot save its end has failed, and tells which zones it wrote all the same and which it did not', async () => {
    const network = networkOf(edges, { zones: [zoneOf('a.example'), zoneOf('b.example')] })
    world.before = step => {
      if (step === 'finish') throw new Error('table away')
      if (step === 'put zones/net/a.example.zone') throw new Error('no space left')
    }
    const report = await run({}, network)
    expect(report).toMatchObject({
      status: 'failed',
      live: ['192.0.2.1', '192.0.2.2'],
      rotated: true,
      zones: [
        { zone: 'a.example', action: 'due', reason: 'no space left' },
        { zone: 'b.example', action: 'due', reason: 'it was written, but the cycle could not save that' },
      ],
    })
    expect(report.warnings).toEqual(['the cycle failed: table away', 'zone a.example is due: no space left'])
    world.before = () => {}
    later(120)
    const next = await run({}, network)
    expect(next.zones).toMatchObject([{ action: 'published' }, { action: 'published' }])
    expect(next.zones[1]?.serial).toBeGreaterThan(Number(report.zones[1]?.serial))
  })

  test.each([{}, { dryRun: true }])(
    'that cannot even decide (%j) has failed, tells the recorded set, and says why',
    async how => {
      await run()
      later()
      const broken = await run({ ...how, templates: { ...templates, namedConf: '{{nobody}}' } })
      expect(broken).toMatchObject({ status: 'failed', edges: [], live: ['192.0.2.1', '192.0.2.2'] })
      expect(broken.warnings.join()).toContain('the cycle failed: "nobody" not defined')
      later()
      expect((await run()).status).toBe('ok')
    },
  )

  test('a dry run tells everything and changes nothing, whoever works meanwhile', async () => {
    await run()
    later(1)
    const before = structuredClone({ objects: world.objects, live: world.live, zones: world.zones })
    world.probes.set('192.0.2.1', probeOf('bad_status'))
    const steps: string[] = []
    world.before = step => void steps.push(step)
    const report = await run({ dryRun: true })
    expect(report).toMatchObject({ status: 'ok', dryRun: true, rotated: true, live: ['192.0.2.2', '192.0.2.3'] })
    expect(report.zones[0]).toMatchObject({ action: 'planned' })
    expect(report.zones[0]?.text).toContain('@ 300 IN A 192.0.2.3')
    expect(steps.filter(step => !/^(peek|get )/.test(step))).toEqual([])
    expect(world.history.runs).toHaveLength(1)
    expect({ objects: world.objects, live: world.live, zones: world.zones }).toEqual(before)
  })
})

describe('publishing', () => {
  test('a zone that fails stays due while the others are published, and the next cycle gives it a higher serial', async () => {
    const network = networkOf(edges, { zones: [zoneOf('a.example'), zoneOf('b.example')] })
    world.before = step => {
      if (step === 'put zones/net/a.example.zone') throw new Error('no space left')
    }
    const first = await run({}, network)
    expect(first.status).toBe('ok')
    expect(first.zones).toMatchObject([{ action: 'due', reason: 'no space left' }, { action: 'published' }])
    expect(first.warnings).toContain('zone a.example is due: no space left')
    expect(world.objects.get('zones/net/named.conf')).not.toContain('a.example')
    world.before = () => {}
    later()
    const second = await run({}, network)
    expect(second.zones).toMatchObject([{ action: 'published' }, { action: 'unchanged' }])
    expect(second.zones[0]?.serial).toBeGreaterThan(first.zones[0]?.serial ?? Number.POSITIVE_INFINITY)
    expect(world.objects.get('zones/net/named.conf')).toContain('a.example')
  })

  test('when nothing at all gets out the cycle has failed, and the next one converges', async () => {
    world.before = step => {
      if (step.startsWith('put')) throw new Error('bucket away')
    }
    expect(await run()).toMatchObject({
      status: 'failed',
      live: ['192.0.2.1', '192.0.2.2'],
      zones: [{ action: 'due' }],
    })
    expect(world.lastStatus).toBe('failed')
    world.before = () => {}
    later()
    expect(await run()).toMatchObject({ status: 'ok', rotated: false, zones: [{ action: 'published' }] })
    expect(world.lastStatus).toBe('ok')
  })

  test.each(['begin', 'get', 'record', 'put', 'finish'])(
    'a run that dies around %s is made good by the next',
    async where => {
      await run()
      const serial = serialOf(String(world.objects.get(zoneKey)))
      for (const moment of ['before', 'after'] as const) {
        later()
        world.probes.set('192.0.2.1', probeOf('timeout', 10))
        let dead = false
        world[moment] = step => {
          dead ||= step.startsWith(where)
          if (dead) throw new Error('killed')
        }
        await run()
        world[moment] = () => {}
        later(90)
        const report = await run()
        expect(report).toMatchObject({ status: 'ok', live: ['192.0.2.2', '192.0.2.3'] })
        expect(report.zones.map(zone => zone.action)).not.toContain('due')
        expect(published()).toEqual(['192.0.2.2', '192.0.2.3'])
        expect(serialOf(String(world.objects.get(zoneKey)))).toBeGreaterThan(Number(serial))
      }
    },
  )

  test('a lost live set is read back from the live list; while that cannot be read, nothing is published', async () => {
    world.probes.set('192.0.2.1', probeOf('ok', 0.4))
    world.objects.set('live/net.live', '192.0.2.3\n192.0.2.4\n')
    world.before = step => {
      if (step.startsWith('get live/')) throw new Error('bucket away')
    }
    expect(await run()).toMatchObject({ status: 'failed', live: [] })
    expect([...world.objects.keys()]).toEqual(['live/net.live'])
    world.before = () => {}
    later()
    expect(await run()).toMatchObject({ status: 'ok', live: ['192.0.2.3', '192.0.2.4'], rotated: false })
    expect(published()).toEqual(['192.0.2.3', '192.0.2.4'])
  })

  test('a lost serial is read back from the published zone', async () => {
    await run()
    const text = String(world.objects.get(zoneKey)).replace(/(SOA \S+ \S+) \d+/, '$1 3000000000')
    world.objects.set(zoneKey, text)
    world.zones.clear()
    later()
    expect((await run()).zones).toMatchObject([{ action: 'published', serial: 3000000001 }])
  })

  test('a lost record and an unreadable zone: that zone is left as it is', async () => {
    await run()
    const text = world.objects.get(zoneKey)
    world.zones.clear()
    world.before = step => {
      if (step === `get ${zoneKey}`) throw new Error('bucket away')
    }
    later()
    expect(await run({ forceUpdate: true })).toMatchObject({ status: 'ok', zones: [{ action: 'due' }] })
    expect(world.objects.get(zoneKey)).toBe(text)
  })

  test('after a slow cycle nothing is written past the limit, and what is left is due', async () => {
    world.after = step => {
      if (step === 'record') world.now += 53_000
    }
    expect(await run()).toMatchObject({ status: 'failed', zones: [{ action: 'due' }] })
    expect(world.objects.size).toBe(0)
  })
})

describe('a zone that leaves the configuration before its first write was confirmed', () => {
  const both = networkOf(edges, { zones: [zoneOf('example.org'), zoneOf('new.example')] })
  const clauses = () => world.objects.get('zones/net/named.conf') ?? ''
  const broken = (where: 'before' | 'after', step: string) => {
    world[where] = name => {
      if (name === step) throw new Error('lost')
    }
  }

  test('keeps its clause in named.conf where its file was written after all', async () => {
    broken('after', 'put zones/net/new.example.zone')
    await run({}, both)
    world.after = () => {}
    later(120)
    await run()
    expect(clauses()).toContain('zone "new.example"')
  })

  test('has none where it was not', async () => {
    broken('before', 'put zones/net/new.example.zone')
    await run({}, both)
    broken('before', 'none')
    later(120)
    const forgotten = await run()
    expect(forgotten.warnings).toContainEqual(expect.stringContaining('its publication was never confirmed'))
    expect(clauses()).not.toContain('new.example')
  })

  test('keeps its clause where nobody can tell', async () => {
    broken('before', 'put zones/net/new.example.zone')
    await run({}, both)
    broken('before', 'get zones/net/new.example.zone')
    later(120)
    await run()
    expect(clauses()).toContain('zone "new.example"')
  })
})

test('a fault of a zone is told once, where the zone is planned', async () => {
  const error = {
    severity: 'error',
    file: 'zones/net/bad.zone',
    line: 1,
    column: 1,
    message: 'no',
    network: 'net',
    scope: 'zone',
  } as const
  const bad = { ...zoneOf('bad'), include: null, errors: [error] }
  const report = await run({ problems: [error] }, networkOf(edges, { zones: [bad] }))
  expect(report.warnings.filter(warning => warning.startsWith('zones/net/bad.zone'))).toHaveLength(1)
})
