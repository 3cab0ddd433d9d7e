import { beforeEach, describe, expect, test } from 'vitest'
import { forgetZone } from '../../../functions/cycle/forget-zone.ts'
import type { Ports } from '../../../functions/cycle/ports/ports.ts'
import { templates } from '../../helpers/core.ts'
import { World } from '../../helpers/world.ts'

const network = { name: 'net', namedConfTemplate: templates.namedConf }
const published = { serial: 5, hash: 'h', due: false, orphaned: false }
const namedConf = 'zones/net/named.conf'

let world: World

beforeEach(() => {
  world = new World()
  world.live = ['192.0.2.1']
  world.zones.set('kept.example', published)
  world.zones.set('gone.example', { ...published, orphaned: true })
  for (const zone of ['kept', 'gone']) world.objects.set(`zones/net/${zone}.example.zone`, 'text')
  world.objects.set(namedConf, 'zone "gone.example" { };\nzone "kept.example" { };\nzone "lost.example" { };\n')
})

function forget(zone: string, changes: Partial<Ports> & { readonly isGone?: boolean } = {}) {
  const { isGone = false, ...ports } = changes
  return forgetZone({ ...network, isGone }, zone, 0, { ...world.ports, clock: Date.now, ...ports })
}

const clauses = () => [...(world.objects.get(namedConf) ?? '').matchAll(/zone "(\S+)"/g)].map(([, zone]) => zone)

describe('to forget a zone', () => {
  test('takes away its clause, its file and its record, and nothing else', async () => {
    await forget('gone.example')
    expect(clauses()).toEqual(['kept.example', 'lost.example'])
    expect([...world.objects.keys()].sort()).toEqual([namedConf, 'zones/net/kept.example.zone'].sort())
    expect([...world.zones.keys()]).toEqual(['kept.example'])
    expect(world.live).toEqual(['192.0.2.1'])
    expect(world.namedConf.due).toBe(false)
  })

  test('is no cycle, and tells what of the state cannot be read', async () => {
    world.lastStatus = 'blind'
    world.cycle = 7
    world.warnings = ['stored item RUN#1 cannot be read: it is lost']
    expect(await forget('gone.example')).toEqual({ status: 'forgotten', warnings: world.warnings })
    expect({ status: world.lastStatus, cycle: world.cycle }).toEqual({ status: 'blind', cycle: 7 })
  })

  test('stops where its lease is over', async () => {
    const late: Ports['table']['begin'] = request => world.table.begin({ ...request, now: request.now - 61_000 })
    await expect(forget('gone.example', { table: { ...world.table, begin: late } })).rejects.toThrow(
      'the lease of net is over',
    )
    expect(clauses()).toContain('gone.example')
    expect(world.objects.has('zones/net/gone.example.zone')).toBe(true)
  })

  test('works for a zone whose record was lost', async () => {
    await forget('lost.example')
    expect(clauses()).toEqual(['gone.example', 'kept.example'])
  })

  test('refuses a zone that never was published, and frees the lease', async () => {
    const before = new Map(world.objects)
    expect(await forget('never.example')).toEqual({ status: 'never published' })
    expect(world.objects).toEqual(before)
    await forget('gone.example')
  })

  test('says until when another run holds the lease', async () => {
    await world.table.begin({ network: 'net', now: Date.now(), leaseSeconds: 70, force: true, samples: 1 })
    const until = expect.any(Number)
    expect(await forget('gone.example')).toEqual({ status: 'locked', until })
    expect(clauses()).toContain('gone.example')
  })

  test.each([`put ${namedConf}`, 'delete zones/net/gone.example.zone'])(
    'leaves named.conf due where it breaks at "%s"',
    async broken => {
      world.before = step => {
        if (step === broken) throw new Error('no room')
      }
      await expect(forget('gone.example')).rejects.toThrow('no room')
      expect(world.namedConf.due).toBe(true)
      expect(world.zones.has('gone.example')).toBe(true)
    },
  )

  test('leaves a network alone whose live set is not recorded, unless it is gone itself', async () => {
    world.live = null
    expect(await forget('gone.example')).toEqual({ status: 'live set lost' })
    expect(world.live).toBe(null)
    expect(clauses()).toContain('gone.example')
    expect((await forget('gone.example', { isGone: true })).status).toBe('forgotten')
    expect(clauses()).not.toContain('gone.example')
  })
})
