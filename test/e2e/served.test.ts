import { afterAll, beforeAll, expect, test } from 'vitest'
import { serialOf } from '../../functions/core/zone/published.ts'
import { edgesForAll } from '../helpers/at-work.ts'
import { runInside } from '../helpers/in-process.ts'
import { type NameServer, startNameServer } from '../helpers/name-server.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

const addresses = ['127.0.41.1', '127.0.41.2']
const edges = edgesForAll(addresses)
let place: Workplace
let server: NameServer

beforeAll(async () => {
  place = workplaceFor(edges, addresses)
  server = await startNameServer({ serial: 1, addresses })
  place.settings({ served: { servers: [server.address], grace: 0 } })
})

afterAll(() => {
  place.remove()
  server.close()
})

const at = () => ['-c', place.config, '--local', place.storage]

async function cycle() {
  const { stdout } = await runInside(['manage', '--force', '--json', ...at()])
  return JSON.parse(stdout)
}

const check = () => runInside(['check', 'served', '--config', place.config, '--local', place.storage])
const serials = () =>
  ['org', 'net'].map(end => Number(serialOf(place.published(`zones/net/example.${end}.zone`) ?? '')))

test('a name server that lags is told of until it has what was published (behaviour §12)', async () => {
  // What was published in this very cycle may take a while, even without a grace.
  expect((await cycle()).served).toEqual([])
  const stale = await cycle()
  expect(stale.status).toBe('ok')
  expect(stale.served).toMatchObject([
    { server: server.address, zone: 'example.net', state: 'stale', serial: 1 },
    { server: server.address, zone: 'example.org', state: 'stale', serial: 1 },
  ])
  expect(stale.warnings.join()).toContain(`name server ${server.address} is stale for`)
  expect(await check()).toMatchObject({ status: 1, stdout: expect.stringContaining('EDGE_SERVED WARN') })

  server.said = { serial: Math.max(...serials()), addresses: ['192.0.2.1'] }
  expect((await cycle()).served).toMatchObject([{ state: 'stale' }, { state: 'stale' }])

  server.said = { ...server.said, isSilent: true }
  const silent = await cycle()
  expect(silent.served).toMatchObject([{ state: 'unreachable', serial: null }, { state: 'unreachable' }])
  expect(silent.live).toEqual(addresses)

  server.said = { serial: Math.max(...serials()), addresses }
  expect((await cycle()).served).toEqual([])
  expect(await check()).toMatchObject({ status: 0 })
})
