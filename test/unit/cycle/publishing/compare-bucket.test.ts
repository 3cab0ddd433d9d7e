import { beforeEach, describe, expect, test } from 'vitest'
import { readTemplates } from '../../../../functions/app/templates.ts'
import { serialOf } from '../../../../functions/core/zone/published.ts'
import { runCycle } from '../../../../functions/cycle/cycle.ts'
import type { CycleOptions } from '../../../../functions/cycle/probe-and-decide.ts'
import { networkOf, probeOf, settingsOf, World, zoneOf } from '../../../helpers/world.ts'

const templates = readTemplates()
const edges = ['192.0.2.1', '192.0.2.2', '192.0.2.3']
const zones = [zoneOf('a.example'), zoneOf('b.example'), zoneOf('c.example', 'txt IN TXT "x"\n')]
const keys = ['a.example.zone', 'b.example.zone', 'c.example.zone', 'named.conf'].map(name => `zones/net/${name}`)
const manifestKey = 'zones/net/manifest.json'
const objects = [...keys, 'live/net.live', manifestKey]

let world: World
beforeEach(() => {
  world = new World()
})

function networkEvery(verify_every: number, changes: Parameters<typeof networkOf>[1] = {}) {
  return networkOf(edges, { zones, settings: settingsOf({ verify_every }), ...changes })
}

async function run(network = networkEvery(1), changes: Partial<CycleOptions> = {}) {
  const options = { dryRun: false, force: false, forceUpdate: false, verbose: false, maxSeconds: 55, problems: [] }
  const report = await runCycle(network, { ...options, templates, ...changes }, world.ports)
  world.now += 60_000
  return report
}

/** The steps on the outside while `work` goes on. */
async function stepsOf(work: () => Promise<unknown>): Promise<string[]> {
  const steps: string[] = []
  world.before = step => void steps.push(step)
  await work()
  world.before = () => {}
  return steps
}

/** What is published, without serials; that what tells of them is whole, is for other tests. */
function contents() {
  const texts = [...world.objects].filter(([key]) => key !== manifestKey)
  return new Map(texts.map(([key, text]) => [key, text.replace(/(SOA \S+ \S+) \d+/, '$1')]))
}

const damages: [string, (key: string) => void][] = [
  ['deleted', key => void world.objects.delete(key)],
  ['emptied', key => void world.objects.set(key, '')],
  ['cut short', key => void world.objects.set(key, String(world.objects.get(key)).slice(0, -9))],
  ['changed', key => void world.objects.set(key, String(world.objects.get(key)).replace('.', ','))],
]

describe.each(damages)('an object that was %s (behaviour §7.8)', (_how, damage) => {
  test.each(objects)('%s: is written again, alone, with a warning that names it', async key => {
    await run()
    const [before, serials] = [contents(), new Map(world.objects)]
    damage(key)
    const report = await run()
    expect(report.status).toBe('ok')
    expect(report.warnings).toHaveLength(1)
    expect(report.warnings[0]).toContain(key)
    expect(report.warnings[0]).toContain('it is written again')
    expect(contents()).toEqual(before)
    const others = objects.filter(one => one !== key && (one !== manifestKey || !key.endsWith('.zone')))
    for (const other of others) expect(world.objects.get(other)).toBe(serials.get(other))
    const serial = serialOf(world.objects.get(key) ?? '')
    if (serial !== null) expect(serial).toBeGreaterThan(Number(serialOf(serials.get(key) ?? '')))
    expect((await run()).warnings).toEqual([])
  })
})

test('everything at once, and what a rotation would write anyway is not told', async () => {
  await run()
  const before = contents()
  world.objects.clear()
  expect((await run()).warnings).toHaveLength(objects.length)
  expect(contents()).toEqual(before)
  world.objects.clear()
  world.probes.set('192.0.2.1', probeOf('refused'))
  const { warnings } = await run()
  expect(warnings.filter(warning => warning.includes('missing'))).toEqual([
    'zones/net/named.conf is missing in the bucket: it is written again',
  ])
  expect([...world.objects.keys()].sort()).toEqual([...objects].sort())
})

describe('the bucket is looked at', () => {
  test.each([1, 2, 7, 60])('once in %i cycles, and otherwise not asked for anything', async every => {
    await run(networkEvery(every))
    let looks = 0
    for (let cycle = 0; cycle < 2 * every; cycle++) {
      const steps = await stepsOf(() => run(networkEvery(every)))
      const asked = steps.filter(step => /^(get|put|list|delete) /.test(step))
      if (asked.length > 0) {
        expect(asked).toEqual(['list zones/net/', 'get live/net.live'])
        looks++
      }
    }
    expect(looks).toBe(2)
  })

  test('never, where the settings say so', async () => {
    await run(networkEvery(0))
    world.objects.clear()
    expect((await run(networkEvery(0))).warnings).toEqual([])
    expect(world.objects.size).toBe(0)
  })

  test('by a dry run too, which writes nothing and tells what a cycle would', async () => {
    await run()
    world.objects.delete('zones/net/a.example.zone')
    const report = await run(networkEvery(1), { dryRun: true })
    expect(report.zones.map(({ action }) => action)).toEqual(['planned', 'unchanged', 'unchanged'])
    expect(report.warnings.join()).toContain('zones/net/a.example.zone')
    expect(world.objects.has('zones/net/a.example.zone')).toBe(false)
  })

  test('not where everything is written anyway', async () => {
    await run()
    const steps = await stepsOf(() => run(networkEvery(1), { forceUpdate: true }))
    expect(steps.filter(step => step.startsWith('list'))).toEqual([])
  })

  test('not where nothing may be written', async () => {
    await run()
    world.objects.clear()
    world.referencesAnswer = false
    const settings = settingsOf({ verify_every: 1, references: ['http://r.example/'] })
    expect(await run(networkEvery(1, { settings }))).toMatchObject({ status: 'blind' })
    expect(world.objects.size).toBe(0)
  })
})

describe('where the bucket fails', () => {
  test.each(['list zones/net/', 'get live/net.live'])('%s: the cycle goes on, and says so', async broken => {
    await run()
    world.before = step => {
      if (step === broken) throw new Error('access denied')
    }
    const report = await run()
    expect(report.status).toBe('ok')
    expect(report.warnings).toEqual(['the bucket could not be compared with what was published: access denied'])
  })

  test('a write that fails leaves the object due, and the next cycle makes up for it', async () => {
    await run()
    const key = 'zones/net/b.example.zone'
    world.objects.delete(key)
    world.before = step => {
      if (step === `put ${key}`) throw new Error('no room')
    }
    expect((await run()).zones).toContainEqual(expect.objectContaining({ zone: 'b.example', action: 'due' }))
    world.before = () => {}
    await run(networkEvery(0))
    expect(world.objects.has(key)).toBe(true)
  })

  test('an object that is another and cannot be read is written again', async () => {
    await run()
    const key = 'zones/net/b.example.zone'
    const before = contents()
    world.objects.set(key, 'someone else wrote this')
    world.before = step => {
      if (step === `get ${key}`) throw new Error('denied')
    }
    expect((await run()).warnings.join()).toContain(key)
    expect(contents()).toEqual(before)
  })
})

describe('a zone whose text nobody knows any more', () => {
  const left = networkEvery(1, { zones: zones.slice(1) })
  test.each([
    ['missing', () => void world.objects.delete('zones/net/a.example.zone')],
    ['emptied', () => void world.objects.set('zones/net/a.example.zone', '')],
  ])('%s: is named', async (_how, damage) => {
    await run()
    await run(left)
    damage()
    const { warnings } = await run(left)
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(/^zones\/net\/a\.example\.zone .* cannot be written again/)
  })
})

describe('a bucket whose ETags are no MD5 (a key of KMS encrypts it)', () => {
  beforeEach(() => {
    world.etagOf = text => `kms-${[...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 2 ** 31, 7)}`
  })

  test('is compared by the ETags that the writes gave, with nothing read', async () => {
    await run()
    const steps = await stepsOf(async () => expect((await run()).warnings).toEqual([]))
    expect(steps.filter(step => step.startsWith('get') || step.startsWith('put'))).toEqual(['get live/net.live'])
    world.objects.set('zones/net/a.example.zone', 'another')
    expect((await run()).warnings).toHaveLength(1)
    expect(world.objects.get('zones/net/a.example.zone')).toContain('SOA')
  })

  test('is read where they are lost, once, and nothing is written for that', async () => {
    await run()
    world.seen = { etags: new Map() }
    const first = await stepsOf(async () => expect((await run()).warnings).toEqual([]))
    expect(first.filter(step => step.startsWith('get'))).toHaveLength(objects.length)
    expect(first.filter(step => step.startsWith('put'))).toEqual([])
    const second = await stepsOf(run)
    expect(second.filter(step => step.startsWith('get'))).toEqual(['get live/net.live'])
  })
})

test('a bucket that knows no ETags is read', async () => {
  world.etagOf = () => ''
  await run()
  expect((await run()).warnings).toEqual([])
  world.objects.set('zones/net/a.example.zone', 'another')
  expect((await run()).warnings).toHaveLength(1)
  expect(world.objects.get('zones/net/a.example.zone')).toContain('SOA')
})
