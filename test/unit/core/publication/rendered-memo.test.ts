import { describe, expect, test, vi } from 'vitest'
import type { Network } from '../../../../functions/core/config/network.ts'
import { decide } from '../../../../functions/core/decision/decide.ts'
import type { DecideInput, Decision } from '../../../../functions/core/decision/decision.ts'
import { makerOfZones } from '../../../../functions/core/publication/making.ts'
import type { Publication } from '../../../../functions/core/publication/publication.ts'
import { contentsHash, plansWhereKnown } from '../../../../functions/core/publication/rendered-memo.ts'
import { hashText } from '../../../../functions/core/zone/hash.ts'
import { network, settledInput, templates } from '../../../helpers/core.ts'
import { zoneOf } from '../../../helpers/world.ts'

const configuration = hashText('the configuration')
const canary = '198.51.100.1'
const zones = [zoneOf('example.net'), zoneOf('example.org')]
const plain = network('abc', {}, { zones, canaries: [{ zone: 'example.org', address: canary }] })

function publicationIn(decision: Decision): Publication {
  if (decision.status !== 'ok') throw new Error('nothing is published')
  return decision.publication
}

/** A network at rest, and what its last cycle remembered. */
function atRest(own: Network = plain): DecideInput {
  const input = { ...settledInput(own), configuration }
  const rendered = publicationIn(decide(input)).rendered
  return { ...input, before: { ...input.before, seen: { etags: new Map(), rendered } } }
}

/** What is decided, and how many texts were made for that. */
function counted(input: DecideInput) {
  const maker = makerOfZones()
  const zone = vi.spyOn(maker, 'renderZone')
  const conf = vi.spyOn(maker, 'renderNamedConf')
  const publication = publicationIn(decide(input))
  const made = { zones: zone.mock.calls.length, namedConf: conf.mock.calls.length }
  zone.mockRestore()
  conf.mockRestore()
  const actions = publication.zones.map(({ action }) => action)
  return { made, actions, namedConf: publication.namedConf, rendered: publication.rendered }
}

describe('zones of which nothing has changed (behaviour §7.2)', () => {
  test('are kept without being made', () => {
    const input = atRest()
    expect(counted(input)).toEqual({
      made: { zones: 0, namedConf: 0 },
      actions: ['keep', 'keep'],
      namedConf: false,
      rendered: input.before.seen?.rendered,
    })
  })

  test('what is decided is the same as without memory', () => {
    const input = atRest()
    const forgetful = { ...input, before: { ...input.before, seen: { etags: new Map() } } }
    expect(decide(input)).toEqual(decide(forgetful))
  })

  const changed: readonly (readonly [string, (input: DecideInput) => DecideInput])[] = [
    ['another configuration', input => ({ ...input, configuration: hashText('another') })],
    ['a configuration that is not known', input => ({ ...input, configuration: null })],
    ['another template', input => ({ ...input, templates: { ...templates, zone: `${templates.zone};\n` } })],
    [
      'a canary that fails',
      input => ({
        ...input,
        probing: { ...input.probing, canaries: new Map([[canary, failing(input.probing.canaries.get(canary))]]) },
      }),
    ],
    [
      'an edge at another address',
      input => ({
        ...input,
        probing: {
          ...input.probing,
          edges: new Map(
            [...input.probing.edges].map(([name, probe]) => [
              name,
              { ...probe, address: `192.0.2.${name.charCodeAt(0) + 100}` },
            ]),
          ),
        },
      }),
    ],
    ['a forced update', input => ({ ...input, forceUpdate: true })],
    ['a zone that is due', input => withRecord(input, { due: true })],
    ['a zone that was never published', input => withRecord(input, { hash: null })],
    ['a zone that was published otherwise', input => withRecord(input, { hash: hashText('otherwise') })],
    ['a zone that another network may have', input => withRecord(input, { unclaimed: true })],
    [
      'a zone of which nothing is recorded',
      input => {
        const records = new Map([...input.before.zones].filter(([zone]) => zone !== 'example.org'))
        return {
          ...input,
          before: { ...input.before, zones: records },
          readBack: new Map([['example.org', { status: 'read' as const, text: null }]]),
        }
      },
    ],
    [
      'a zone whose file is not as it was',
      input => ({
        ...input,
        drift: { zones: new Map([['example.net', 'other' as const]]), namedConf: null, liveList: null },
      }),
    ],
    [
      'a zone whose include has errors',
      input => {
        const [first, second] = input.network.zones
        const broken = { ...second, include: null, publishable: false }
        return { ...input, network: { ...input.network, zones: [first, broken] as Network['zones'] } }
      },
    ],
  ]
  test.each(changed)('are made where there is %s', (_what, change) => {
    const input = change(atRest())
    const forgetful = { ...input, before: { ...input.before, seen: { etags: new Map() } } }
    const decision = decide(input)
    expect(decision).toEqual(decide(forgetful))
  })

  test('a new zone is written, and named', () => {
    const input = atRest()
    const more = { ...input.network, zones: [...input.network.zones, zoneOf('new.example')] }
    const readBack = new Map([['new.example', { status: 'read' as const, text: null }]])
    const found = counted({ ...input, network: more, readBack, configuration: hashText('more') })
    expect(found.actions).toEqual(['keep', 'keep', 'write'])
    expect(found.namedConf).toBe(true)
    expect(found.made.namedConf).toBeGreaterThan(0)
  })

  test('inputs that give the same contents write nothing, and are remembered', () => {
    const input = { ...atRest(), configuration: hashText('only a comment is another') }
    const found = counted(input)
    expect(found.actions).toEqual(['keep', 'keep'])
    expect(found.rendered?.zones?.key).not.toBe(input.before.seen?.rendered?.zones?.key)
    expect(found.rendered?.zones?.hash).toBe(input.before.seen?.rendered?.zones?.hash)
  })
})

function failing(probe: DecideInput['probing']['edges'] extends ReadonlyMap<string, infer P> ? P | undefined : never) {
  return { ...probe, outcome: 'timeout', fetchMicros: undefined } as unknown as NonNullable<typeof probe>
}

function withRecord(input: DecideInput, changes: object): DecideInput {
  const records = new Map([...input.before.zones].map(([zone, record]) => [zone, { ...record, ...changes }]))
  return { ...input, before: { ...input.before, zones: records } }
}

test('other options for the clauses of zones have named.conf made anew, and written (behaviour §12.4)', () => {
  const input = atRest()
  const { settings } = input.network
  const dns = { ...settings.dns, zone_options: 'notify no;' }
  const found = counted({ ...input, network: { ...input.network, settings: { ...settings, dns } } })
  expect([found.made.namedConf, found.namedConf]).toEqual([1, true])
  expect(counted(input).namedConf).toBe(false)
})

test('where no comparison of the bucket is given, there is none to heed', () => {
  const own = network('abc', {}, { zones: [] })
  const given = {
    network: own,
    template: '',
    now: 0,
    records: new Map(),
    readBack: new Map(),
    live: [],
    canaries: new Map(),
  }
  expect(
    plansWhereKnown('k', { zones: { key: 'k', hash: contentsHash([]) ?? '' } }, { ...given, forceUpdate: false }),
  ).toEqual([])
})
