import { expect, test } from 'vitest'
import type { Event } from '../../../functions/core/report/event.ts'
import { announceEvents } from '../../../functions/cycle/announce.ts'
import { runCycle } from '../../../functions/cycle/cycle.ts'
import { templates } from '../../helpers/core.ts'
import { networkOf, probeOf, settingsOf, World } from '../../helpers/world.ts'

const settings = settingsOf({ references: ['http://192.0.2.9/'] })
const network = networkOf(['192.0.2.1', '192.0.2.2', '192.0.2.3'], { settings })
const options = {
  ...{ dryRun: false, force: true, forceUpdate: false, verbose: false, maxSeconds: 55 },
  ...{ templates, problems: [] },
}

/** A world whose bus keeps what it was told, request by request; each with what was done before it. */
function told() {
  const world = new World()
  const requests: { happenings: string[]; after: string[] }[] = []
  const steps: string[] = []
  world.after = step => void steps.push(step)
  const announce = async (events: readonly Event[]) => {
    requests.push({ happenings: events.map(({ happening }) => happening), after: [...steps] })
  }
  const cycle = (changes = {}) => runCycle(network, { ...options, ...changes }, { ...world.ports, announce })
  return { world, requests, cycle }
}

test('events come last, and a quiet cycle or a dry run has none', async () => {
  const { requests, cycle } = told()
  await cycle({ dryRun: true })
  expect(requests).toEqual([])
  await cycle()
  await cycle()
  expect(requests).toHaveLength(1)
  expect(requests[0]?.happenings).toContain('edges rotated')
  expect(requests[0]?.after.at(-1)).toBe('finish')
})

test('trouble is told when it begins and when it ends', async () => {
  const { world, requests, cycle } = told()
  await cycle()
  for (const { name } of network.edges) world.probes.set(name, probeOf('verify_failed'))
  await cycle()
  await cycle()
  world.probes.clear()
  await cycle()
  expect(requests.slice(1).map(({ happenings }) => happenings)).toEqual([
    ['edge state changed', 'shortage', 'verification failed'],
    ['edge state changed', 'shortage', 'verification failed'],
  ])
})

test('blindness is told when it begins and when it ends', async () => {
  const { world, requests, cycle } = told()
  await cycle()
  world.referencesAnswer = false
  await cycle()
  await cycle()
  world.referencesAnswer = true
  await cycle()
  expect(requests.slice(1).map(({ happenings }) => happenings)).toEqual([['blind'], ['blind']])
})

test('a cycle that failed before it recorded tells nothing; one that recorded tells what is so', async () => {
  const { world, requests, cycle } = told()
  world.before = step => {
    if (step === 'record') throw new Error('throttled')
  }
  expect((await cycle()).status).toBe('failed')
  expect(requests).toEqual([])
  world.before = step => {
    if (step.startsWith('put ')) throw new Error('no bucket')
  }
  expect((await cycle()).status).toBe('failed')
  expect(requests.map(({ happenings }) => happenings)).toEqual([
    ['cycle finished with changes', 'edges rotated', 'edge state changed'],
  ])
})

test('a bus that hangs is given up, and one that breaks is a warning', async () => {
  const event: Event = { happening: 'blind', detail: {} }
  const hang = () => new Promise<never>(() => {})
  expect(await announceEvents(hang, [event], 20)).toBe('events were not sent: the bus did not answer in time')
  expect(await announceEvents(hang, [event], 0)).toBe('events were not sent: time ran out')
  expect(await announceEvents(() => Promise.reject(new Error('no')), [event])).toBe('events were not sent: no')
  expect(await announceEvents(hang, [])).toBeNull()
  expect(await announceEvents(undefined, [event])).toBeNull()
})
