import { beforeEach, describe, expect, test } from 'vitest'
import type { Storage } from '../../../../functions/app/open-storage.ts'
import { forget } from '../../../../functions/cli/commands/zones-forget.ts'
import { networkOf, World, zoneOf } from '../../../helpers/world.ts'

const network = networkOf(['192.0.2.1'], { zones: [zoneOf('kept.example')] })
const published = { serial: 5, hash: 'h', due: false, orphaned: false }
const namedConf = 'zones/net/named.conf'

let world: World
let storage: Pick<Storage, 'table' | 'bucket'>

beforeEach(() => {
  world = new World()
  storage = { table: world.table, bucket: world.bucket }
  world.live = ['192.0.2.1']
  world.zones.set('kept.example', published)
  world.zones.set('gone.example', { ...published, orphaned: true })
  for (const zone of ['kept', 'gone']) world.objects.set(`zones/net/${zone}.example.zone`, 'text')
  world.objects.set(namedConf, 'zone "gone.example" { };\nzone "kept.example" { };\nzone "lost.example" { };\n')
})

const clauses = () => [...(world.objects.get(namedConf) ?? '').matchAll(/zone "(\S+)"/g)].map(([, zone]) => zone)

describe('to forget a zone', () => {
  test('takes away its clause, its file and its record, and nothing else', async () => {
    await forget(storage, network, 'gone.example')
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
    expect(await forget(storage, network, 'gone.example')).toEqual(world.warnings)
    expect({ status: world.lastStatus, cycle: world.cycle }).toEqual({ status: 'blind', cycle: 7 })
  })

  test('stops where its lease is over', async () => {
    const { begin } = storage.table
    const late: Storage['table']['begin'] = request => begin({ ...request, now: request.now - 61_000 })
    const table = { ...storage.table, begin: late }
    await expect(forget({ ...storage, table }, network, 'gone.example')).rejects.toThrow('the lease of net is over')
    expect(clauses()).toContain('gone.example')
    expect(world.objects.has('zones/net/gone.example.zone')).toBe(true)
  })

  test('works for a zone whose record was lost', async () => {
    await forget(storage, network, 'lost.example')
    expect(clauses()).toEqual(['gone.example', 'kept.example'])
  })

  test('refuses a zone that never was published, and frees the lease', async () => {
    const before = new Map(world.objects)
    await expect(forget(storage, network, 'never.example')).rejects.toThrow('never published')
    expect(world.objects).toEqual(before)
    await forget(storage, network, 'gone.example')
  })

  test('says until when another run holds the lease', async () => {
    await world.table.begin({ network: 'net', now: Date.now(), leaseSeconds: 70, force: true, samples: 1 })
    await expect(forget(storage, network, 'gone.example')).rejects.toThrow(
      /another run holds the lease of net until \d{4}-/,
    )
    expect(clauses()).toContain('gone.example')
  })

  test.each([`put ${namedConf}`, 'delete zones/net/gone.example.zone'])(
    'leaves named.conf due where it breaks at "%s"',
    async broken => {
      world.before = step => {
        if (step === broken) throw new Error('no room')
      }
      await expect(forget(storage, network, 'gone.example')).rejects.toThrow('no room')
      expect(world.namedConf.due).toBe(true)
      expect(world.zones.has('gone.example')).toBe(true)
    },
  )

  test('waits for a cycle where the live set is not recorded', async () => {
    world.live = null
    await expect(forget(storage, network, 'gone.example')).rejects.toThrow('run a cycle first')
    expect(world.live).toBe(null)
    expect(clauses()).toContain('gone.example')
  })
})
