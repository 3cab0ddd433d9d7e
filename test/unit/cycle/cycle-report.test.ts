import { beforeEach, expect, test } from 'vitest'
import { runCycle } from '../../../functions/cycle/cycle.ts'
import { templates } from '../../helpers/core.ts'
import { networkOf, settingsOf, World, zoneOf } from '../../helpers/world.ts'

const edges = ['192.0.2.1', '192.0.2.2', '192.0.2.3']
const canaries = [{ zone: 'example.org', address: '192.0.2.9' }]

let world: World
beforeEach(() => {
  world = new World()
})

function run(network = networkOf(edges, { canaries }), dryRun = false) {
  world.now += 60_000
  const options = { dryRun, force: false, forceUpdate: false, verbose: false, maxSeconds: 55, problems: [] }
  return runCycle(network, { ...options, templates }, world.ports)
}

test('a canary is reported as used exactly if the published zone has it', async () => {
  world.before = step => {
    if (step.startsWith('put zones/')) throw new Error('disk full')
  }
  expect(await run(undefined, true)).toMatchObject({ canaries: [{ used: true }], zones: [{ action: 'planned' }] })
  expect(await run()).toMatchObject({ canaries: [{ used: false }], zones: [{ action: 'due' }] })
  world.before = () => {}
  expect(await run()).toMatchObject({ canaries: [{ used: true }], zones: [{ action: 'published' }] })
  expect(world.objects.get('zones/net/example.org.zone')).toContain('IN A 192.0.2.9\n')
  expect(await run()).toMatchObject({ canaries: [{ used: true }], zones: [{ action: 'unchanged' }] })
})

test('an invalid zone has no canary, and is told as invalid by a blind cycle as by any other', async () => {
  const zones = [{ ...zoneOf('example.org'), include: null }]
  const settings = settingsOf({ references: ['https://example.net/'] })
  const network = networkOf(edges, { canaries, zones, settings })
  const told = { canaries: [{ used: false }], zones: [{ zone: 'example.org', action: 'invalid' }] }
  expect(await run(network)).toMatchObject({ status: 'ok', ...told })
  world.referencesAnswer = false
  expect(await run(network)).toMatchObject({ status: 'blind', ...told })
})
