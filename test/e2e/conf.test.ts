import { mkdirSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import { workplaceForEach } from '../helpers/at-work.ts'
import { startCommand } from '../helpers/command.ts'
import { runInside } from '../helpers/in-process.ts'
import { putEmbedded } from '../helpers/stores.ts'

const addresses = ['127.0.13.1', '127.0.13.2', '127.0.13.3']
const { edges, place } = workplaceForEach(addresses)

beforeEach(() => {
  for (const address of addresses) edges.behave(address, {})
  edges.behave('127.0.13.3', { delayMs: 150 })
  mkdirSync(place.storage)
})

const flags = () => ['-c', place.config, '--local', place.storage]
const run = (...words: string[]) => runInside([...words, ...flags()], { SUDO_USER: 'alice' })

async function cycle(): Promise<Report> {
  return JSON.parse((await run('manage', '--json', '--force')).stdout)
}

describe('conf', () => {
  test('orders an edge, which the next cycle obeys, and ends the order', async () => {
    const given = await run('conf', '127.0.13.3', '-m', 'force', '-C', 'launch day', '--expires', '2h')
    expect(given).toMatchObject({ status: 0, stderr: '' })
    expect(given.stdout).toMatch(
      /^127\.0\.13\.3: force, until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, by alice@\S+: "launch day"\n$/,
    )
    expect((await cycle()).live).toContain('127.0.13.3')
    const ended = await run('conf', '127.0.13.3', '-m', 'available', '--json')
    expect(JSON.parse(ended.stdout)).toMatchObject({ edge: '127.0.13.3', mode: 'available', comment: null })
    expect((await cycle()).edges.map(({ mode }) => mode)).toEqual(['available', 'available', 'available'])
  })

  test('orders several edges after showing them, and only with --yes where there is no terminal', async () => {
    const several = ['conf', '127.0.13.*', '-m', 'unavailable', '-C', 'move']
    const refused = await run(...several)
    expect(refused).toMatchObject({ status: 2, stdout: '' })
    expect(refused.stderr).toMatch(/^unavailable for 3 edges:\n( {2}127\.0\.13\.\d\n){3}edgemanage: .*--yes/)
    const given = await run(...several, '--yes', '--json')
    const orders = given.stdout.trimEnd().split('\n')
    expect(orders.map(line => JSON.parse(line).edge)).toEqual(addresses)
    expect((await cycle()).status).toBe('no_edges')
  })

  test('an edge that is not in the list is wrong usage', async () => {
    const { status, stdout, stderr } = await run('conf', '127.0.13.9', '-m', 'available')
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toBe('edgemanage: 127.0.13.9 is not in the edge list of net\n')
  })

  test('replaces an order that cannot be read, and keeps what stood there', async () => {
    await putEmbedded(place.storage, 'net', 'ORDER#127.0.13.1', { mode: { S: 'what?' } })
    expect((await run('conf', '127.0.13.1', '-m', 'unavailable', '-C', 'x')).status).toBe(0)
    const report = await cycle()
    expect(report.warnings.filter(warning => /cannot be read/.test(warning))).toEqual([])
    expect(report.live).toEqual(['127.0.13.2', '127.0.13.3'])
  })

  test('takes back the order of an edge that has left the list', async () => {
    await run('conf', '127.0.13.3', '-m', 'force', '-C', 'x')
    place.write('config/edges/net', '127.0.13.1\n127.0.13.2\n')
    expect((await cycle()).warnings).toContainEqual(expect.stringContaining('the order for 127.0.13.3 is kept'))
    expect(await run('conf', '127.0.13.3', '-m', 'available')).toMatchObject({ status: 0 })
    expect((await cycle()).warnings).toEqual([])
  })

  test('does not wait for a cycle that works on the same folder', async () => {
    edges.behave('127.0.13.1', { delayMs: 1000 })
    const asked = edges.asked('127.0.13.1')
    const running = startCommand(['manage', '--force', '--json', ...flags()])
    await asked
    expect(await run('conf', '127.0.13.2', '-m', 'unavailable', '-C', 'x')).toMatchObject({ status: 0, stderr: '' })
    expect((await running.ended).status).toBe(0)
  })
})

describe('freeze and thaw', () => {
  test('hold the live set, loudly, and let it go', async () => {
    await cycle()
    const frozen = await run('freeze', '-C', 'launch', '--expires', '1h')
    expect(frozen.stdout).toMatch(/^net: frozen, until \S+ \S+ UTC, by alice@\S+: "launch"\n$/)
    edges.behave('127.0.13.1', { status: 503 })
    const held = await run('manage', '--force')
    expect(held.stdout).toMatch(/^net, .*: ok, FROZEN, 2 of 3 edges live/)
    expect(held.stdout).toMatch(/the network is frozen until \S+ \S+ UTC by alice@\S+: "launch"/)
    expect(held.stdout).toMatch(/\n {2}held back: the network is frozen/)
    expect((await run('thaw')).stdout).toBe('net: thawed\n')
    expect((await run('thaw', '--json')).stdout).toContain('"freeze":false')
    expect((await cycle()).live).toEqual(['127.0.13.2', '127.0.13.3'])
  })
})
