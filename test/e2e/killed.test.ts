import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import { serialOf } from '../../functions/core/zone/published.ts'
import { startCommand } from '../helpers/command.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { openEmbedded } from '../helpers/stores.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

const addresses = ['127.0.6.1', '127.0.6.2', '127.0.6.3']
const zones = Array.from({ length: 500 }, (_, at) => `zone${at}.example`)
let edges: Edges
let place: Workplace
beforeEach(async () => {
  edges = await startEdges(addresses)
  place = workplaceFor(edges, addresses)
  for (const zone of zones) place.write(`config/zones/net/${zone}.zone`, '')
})
afterEach(async () => {
  await edges.close()
  place.remove()
})

const args = () => ['manage', '-c', place.config, '--local', place.storage, '--force', '--json']

async function cycle(): Promise<Report> {
  return JSON.parse((await runInside(args())).stdout) as Report
}

/** Ends the dead run's lease, as time would. */
async function endLease(): Promise<void> {
  const store = await openEmbedded(place.storage)
  const set = { leaseUntil: { N: '1' } }
  await store.rows('net').update('STATE', { when: { is: 'all', of: [] }, set })
  await store.close()
}

test('killed while it publishes: no half-written zone, the lease holds, and the next cycle makes it good', async () => {
  const running = startCommand(args())
  const folder = join(place.storage, 'bucket/zones/net')
  while (!existsSync(folder) || readdirSync(folder).filter(name => name.endsWith('.zone')).length < 20) await pause(2)
  running.child.kill('SIGKILL')
  await running.ended
  const written = readdirSync(folder).filter(name => name.endsWith('.zone'))
  expect(written.length).toBeLessThan(zones.length)
  const serials = new Map(written.map(name => [name, serialOf(String(place.published(`zones/net/${name}`)))]))
  expect([...serials.values()].every(serial => serial !== null)).toBe(true)
  expect(await cycle()).toMatchObject({ status: 'locked', edges: [] })
  await endLease()
  const next = await cycle()
  expect(next).toMatchObject({ status: 'ok', rotated: false })
  expect(next.zones.filter(zone => zone.action !== 'published')).toEqual([])
  for (const [name, serial] of serials) {
    expect(serialOf(String(place.published(`zones/net/${name}`)))).toBeGreaterThan(Number(serial))
  }
  expect(place.published('live/net.live')).toBe(next.live.map(edge => `${edge}\n`).join(''))
  const quiet = await cycle()
  expect(quiet.zones.every(zone => zone.action === 'unchanged')).toBe(true)
})
