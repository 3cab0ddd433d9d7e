import { describe, expect, test } from 'vitest'
import type { TakeUp } from '../../../functions/cycle/configuration/take-up.ts'
import { runInTime } from '../../../functions/lambda/run.ts'
import type { System } from '../../../functions/lambda/system.ts'
import { networkOf, World } from '../../helpers/world.ts'

const templates = { zone: '{{#each records}}{{address}}{{/each}}', namedConf: '' }
const asked = { dryRun: false, force: false, forceUpdate: false, verbose: false }

function systemOf(world: World) {
  const ports = { ...world.ports, sleep: (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms / 1000)) }
  return { name: 'net', pushingNetworks: 1, configuration: {} as System['configuration'], ports }
}

const network = networkOf(['192.0.2.1'])
const loaded = { hash: 'a'.repeat(64), network, templates, problems: [] }
const signed = { by: 'deploy', at: 0, comment: '' }
const takeUp: TakeUp = async desired => {
  const report = { hash: loaded.hash, since: new Date(0).toISOString(), by: 'deploy', rejected: [] }
  const news = { rejected: null, aside: null, isNewDeploy: false }
  return { loaded, report, warnings: [], taken: null, signed, desired, news }
}

describe('a run of a function', () => {
  test('gives the report of its cycle', async () => {
    expect(await runInTime(systemOf(new World()), asked, 60_000, takeUp)).toMatchObject({
      status: 'ok',
      live: ['192.0.2.1'],
    })
  })

  test('ends itself after 55 s, whatever it waits for', async () => {
    const world = new World()
    const system = systemOf(world)
    const table = { ...system.ports.table, finish: () => new Promise<void>(() => {}) }
    const report = await runInTime({ ...system, ports: { ...system.ports, table } }, asked, 60_000, takeUp)
    expect(report).toMatchObject({ network: 'net', status: 'failed', dryRun: false })
    expect(report.warnings).toEqual(['the cycle failed: the run was ended: it took longer than 55 s'])
  })
})
