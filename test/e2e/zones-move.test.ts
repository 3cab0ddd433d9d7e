import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { treeHash, type Workplace, workplaceFor } from '../helpers/workplace.ts'

const addresses = ['127.0.42.1', '127.0.42.2']
let edges: Edges
let place: Workplace

beforeAll(async () => {
  edges = await startEdges(addresses)
  place = workplaceFor(edges, addresses)
  place.write('config/edges/quarantine', `${addresses.join('\n')}\n`)
  place.write('config/canaries/net', 'example.net: 127.0.42.9\n')
})

afterAll(async () => {
  place.remove()
  await edges.close()
})

const move = (...words: string[]) =>
  runInside(['zones', 'move', ...words, '-c', place.config, '--local', place.storage])
const zones = (network: string) =>
  runInside(['zones', '-A', network, '--json', '-c', place.config, '--local', place.storage])

/** A cycle of each network, one after the other. */
async function cycle(...networks: string[]) {
  const reports = []
  for (const network of networks) {
    const where = ['-A', network, '-c', place.config, '--local', place.storage]
    const { stdout } = await runInside(['manage', '--force', '--json', ...where])
    reports.push(JSON.parse(stdout))
  }
  return reports
}

const named = (network: string) =>
  [...(place.published(`zones/${network}/named.conf`) ?? '').matchAll(/^zone "(.+?)"/gm)].map(([, zone]) => zone)

test('a zone moves with one command, and is in one named.conf at a time (behaviour §7.6)', async () => {
  await cycle('net', 'quarantine')
  expect([named('net'), named('quarantine')]).toEqual([['example.net', 'example.org'], []])
  const moved = await move('Example.NET.', '--to', 'quarantine')
  expect(moved).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('zone example.net moved from net to quarantine'),
  })
  expect(moved.stderr).toContain('canaries/net still has a canary for example.net')
  expect(existsSync(join(place.config, 'zones/net/example.net.zone'))).toBe(false)
  const [first] = await cycle('quarantine', 'net')
  expect(first.zones).toMatchObject([{ zone: 'example.net', action: 'due', reason: 'network net still has it' }])
  expect(named('net')).toEqual(['example.org'])
  await cycle('quarantine')
  expect(named('quarantine')).toEqual(['example.net'])
  const manifest = JSON.parse(place.published('zones/net/manifest.json') ?? '')
  expect(manifest.zones).toMatchObject([{ zone: 'example.net', handedOver: true }, { zone: 'example.org' }])
  const rows = (await zones('net')).stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(rows).toMatchObject([{ zone: 'example.net', handedOver: true, orphaned: false }, { zone: 'example.org' }])
  expect(await move('example.net', '--to', 'quarantine')).toMatchObject({
    status: 0,
    stdout: 'zone example.net is in quarantine already\n',
  })
})

test.each([
  [['example.org', '--to', 'nowhere'], 'there is no network nowhere'],
  [['other.example', '--to', 'quarantine'], 'has the zone other.example'],
  [['example.org', '--to', 'quarantine', '-A', 'quarantine'], 'is not in network quarantine, but in net'],
])('%j is wrong usage, and moves nothing', async (words, reason) => {
  const before = treeHash(place.config)
  const { status, stderr } = await move(...words)
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(reason) })
  expect(treeHash(place.config)).toBe(before)
})

test('a zone that would be faulty there stays', async () => {
  place.settings({ networks: { quarantine: { dns: { rotate_zones: ['mail'] } } } })
  const before = treeHash(place.config)
  const { status, stderr } = await move('example.org', '--to', 'quarantine')
  expect(status).toBe(2)
  expect(stderr).toContain('zones/quarantine/example.org.zone:1:1')
  expect(treeHash(place.config)).toBe(before)
  place.settings({})
})

test('a network that has left the configuration is forgotten zone by zone, and what waited for it goes on', async () => {
  place.write('config/edges/renamed', `${addresses.join('\n')}\n`)
  await move('example.net', '--to', 'renamed')
  rmSync(join(place.config, 'edges/quarantine'))
  rmSync(join(place.config, 'zones/quarantine'), { recursive: true })
  const [waiting] = await cycle('renamed')
  expect(waiting.zones).toMatchObject([{ action: 'due', reason: 'network quarantine still has it' }])
  const where = ['-c', place.config, '--local', place.storage]
  const forgotten = await runInside(['zones', 'forget', 'example.net', '-A', 'quarantine', ...where])
  expect(forgotten).toMatchObject({ status: 0, stdout: 'zone example.net of quarantine is forgotten\n' })
  expect(await runInside(['zones', 'forget', 'example.net', '-A', 'quarantine', ...where])).toMatchObject({
    status: 2,
  })
  await cycle('renamed')
  expect([named('quarantine'), named('renamed')]).toEqual([[], ['example.net']])
})
