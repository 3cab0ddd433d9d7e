import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import type { Cloud } from '../helpers/cloud.ts'
import { startCloud } from '../helpers/cloud.ts'
import { startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import type { Invoked, RunningFunction } from '../helpers/lambda-runtime.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

// Push, rollback, fall-back and deploy through the deployed functions, with the rights of their roles and of the operators'
// policy, on emulators of table and bucket (behaviour §11).

const addresses = ['127.0.20.1', '127.0.20.2', '127.0.20.3']
const added = '127.0.20.4'
let place: Workplace
let cloud: Cloud
let manage: RunningFunction
let close: () => Promise<void>

beforeAll(async () => {
  const edges = await startEdges([...addresses, added])
  place = workplaceFor(edges, addresses)
  place.write('config/edges/two', `${addresses.join('\n')}\n`)
  place.write('config/zones/two/two.example.zone', '')
  cloud = await startCloud(place.config)
  manage = await cloud.start('edgemanage-net-manage')
  close = async () => {
    await cloud.close()
    await edges.close()
    place.remove()
  }
}, 120_000)
afterAll(() => close())

function reportOf({ answer, error }: Invoked): Report {
  if (error !== null) throw new Error(`${error.errorType}: ${error.errorMessage}`)
  return answer as Report
}

const cycle = async () => reportOf(await manage.invoke({ force: true }))
const config = (...args: string[]) => runInside(['config', ...args, '-c', place.config], cloud.operator)
const names = ({ edges }: Report) => edges.map(({ edge }) => edge)
const events = () => cloud.bus.journal.flatMap(({ events: sent }) => sent)
const first: { hash: string } = { hash: '' }

describe('a stack', () => {
  test('brings a configuration, which is in force, stored and logged', async () => {
    const { configuration } = await cycle()
    const { properties } = cloud.stack.functionNamed('edgemanage-net-manage')
    const { Variables } = properties.Environment as { Variables: Record<string, string> }
    expect(configuration).toMatchObject({ hash: Variables.CONFIGURATION, by: 'deploy', rejected: [] })
    first.hash = String(configuration?.hash)
    expect(cloud.bucket.objects.has(`config/net/${first.hash}`)).toBe(true)
    const log = await config('log', '-A', 'net', '--json')
    expect(JSON.parse(log.stdout)).toMatchObject({ what: 'deploy', hash: first.hash, isInForce: true })
    const two = await cloud.start('edgemanage-two-manage')
    expect(reportOf(await two.invoke({})).status).toBe('ok')
  })

  test('a quiet warm cycle asks the bucket for nothing', async () => {
    await cycle()
    const before = cloud.bucket.journal.length
    const tableBefore = cloud.table.journal.length
    await cycle()
    expect(cloud.bucket.journal.length).toBe(before)
    expect(cloud.table.journal.slice(tableBefore).map(({ action }) => action)).toHaveLength(5)
  })

  test('an edge that is pushed is probed in the next cycle, without a deploy; only that network moves', async () => {
    place.write('config/edges/net', `${[...addresses, added].join('\n')}\n`)
    const plan = await config('push', '-n')
    expect(plan).toMatchObject({ status: 0 })
    const pushed = await config('push', '-C', 'a fourth', '--json')
    expect(pushed).toMatchObject({ status: 0 })
    const rows = pushed.stdout
      .trim()
      .split('\n')
      .map(row => JSON.parse(row))
    expect(rows.map(({ network, action }) => [network, action])).toEqual([
      ['net', 'pushed'],
      ['two', 'unchanged'],
    ])
    const report = await cycle()
    expect(names(report)).toContain(added)
    expect(report.configuration).toMatchObject({ hash: rows[0].hash, rejected: [] })
    const query = await cloud.start('edgemanage-net-query')
    const { answer } = await query.invoke({})
    expect((answer as { edges: { edge: string }[] }).edges.map(({ edge }) => edge)).toContain(added)
    const dryRun = await cloud.start('edgemanage-net-dry-run')
    expect(names(reportOf(await dryRun.invoke({ bundle: first.hash })))).not.toContain(added)
    expect(names(reportOf(await dryRun.invoke({})))).toContain(added)
  }, 60_000)

  test('a bundle that cannot be tried is a wrong question, no failed cycle', async () => {
    const dryRun = await cloud.start('edgemanage-net-dry-run')
    const unknown = await dryRun.invoke({ bundle: 'f'.repeat(64) })
    expect(unknown.error).toMatchObject({
      errorType: 'InvalidInput',
      errorMessage: expect.stringMatching(/^bundle: ffffffffffff cannot be tried: .*is missing in the bucket/),
    })
    const key = `config/net/${first.hash}`
    const whole = String(cloud.bucket.objects.get(key))
    cloud.bucket.objects.set(key, `${whole} `)
    const fresh = await cloud.start('edgemanage-net-dry-run')
    const damaged = await fresh.invoke({ bundle: first.hash })
    cloud.bucket.objects.set(key, whole)
    // What is deployed lies beside the code, too.
    expect(damaged.error).toBeNull()
    const { configuration } = await cycle()
    const pushed = `config/net/${configuration?.hash}`
    const text = String(cloud.bucket.objects.get(pushed))
    cloud.bucket.objects.set(pushed, text.slice(0, 40))
    const other = await cloud.start('edgemanage-net-dry-run')
    const { error } = await other.invoke({ bundle: configuration?.hash })
    expect(error).toMatchObject({ errorType: 'InvalidInput', errorMessage: expect.stringContaining('is damaged') })
    cloud.bucket.objects.set(pushed, text)
    expect(reportOf(await other.invoke({ bundle: configuration?.hash })).configuration?.hash).toBe(configuration?.hash)
  }, 60_000)

  test('what takes a deploy is refused with each reason, and nothing is changed', async () => {
    const before = cloud.bucket.objects.size
    place.settings({ run_frequency: 120, metrics: { per_edge: true } })
    place.write('config/edges/three', `${addresses.join('\n')}\n`)
    const { status, stderr } = await config('push')
    expect(status).toBe(2)
    for (const reason of ['run_frequency', 'metrics', 'three is a new network']) expect(stderr).toContain(reason)
    expect(cloud.bucket.objects.size).toBe(before)
    place.settings({})
    const { rmSync } = await import('node:fs')
    rmSync(`${place.config}/edges/three`)
  })

  test('a bundle that is damaged is not used: one warning in each cycle, one event, the metric', async () => {
    const good = (await cycle()).configuration
    place.settings({ down_after: 2 })
    const rows = (await config('push', '--json')).stdout.trim().split('\n')
    const { hash } = JSON.parse(String(rows[0]))
    const whole = String(cloud.bucket.objects.get(`config/net/${hash}`))
    cloud.bucket.objects.set(`config/net/${hash}`, whole.slice(0, 30))
    for (const _ of [1, 2]) {
      const report = await cycle()
      expect(report.status).toBe('ok')
      expect(report.configuration?.hash).toBe(good?.hash)
      expect(report.warnings.filter(warning => warning.includes('is not used'))).toHaveLength(1)
    }
    expect(events().filter(({ happening }) => happening === 'configuration rejected')).toHaveLength(1)
    expect(manage.log()).toContain('"ConfigurationRejected":1')
    cloud.bucket.objects.set(`config/net/${hash}`, whole)
    expect((await cycle()).configuration).toMatchObject({ hash, rejected: [] })
  }, 60_000)

  test('a rollback is one command', async () => {
    const { status } = await config('rollback', first.hash.slice(0, 12), '-A', 'net', '-C', 'back')
    expect(status).toBe(0)
    const report = await cycle()
    expect(report.configuration?.hash).toBe(first.hash)
    expect(names(report)).toEqual(addresses)
  })

  test('after a deploy with other content the deployed one is in force, and the push is set aside, loudly', async () => {
    place.write('config/edges/net', `${[...addresses, '127.0.20.5'].join('\n')}\n`)
    const deployed = await cloud.start('edgemanage-net-manage', { EDGEMANAGE_CONFIG: place.config })
    const report = reportOf(await deployed.invoke({ force: true }))
    expect(names(report)).toContain('127.0.20.5')
    expect(report.configuration).toMatchObject({ by: 'deploy' })
    expect(report.warnings.join('\n')).toMatch(/is set aside/)
    expect(events().filter(({ happening }) => happening === 'configuration set aside')).toHaveLength(1)
    const again = reportOf(await deployed.invoke({ force: true }))
    expect(again.warnings.join('\n')).not.toMatch(/is set aside/)
    const log = (await config('log', '-A', 'net', '--json')).stdout
      .trim()
      .split('\n')
      .map(row => JSON.parse(row))
    expect(log[0]).toMatchObject({ what: 'deploy', setAside: { hash: first.hash }, isInForce: true })
    // The old function, should it still run: its own deploy is another, and the pointer never holds again.
    expect(log[1]).toMatchObject({ what: 'rollback', hash: first.hash })
  }, 60_000)

  test('nobody asked for more than the roles allow', () => {
    expect(cloud.refused()).toEqual([])
  })
})
