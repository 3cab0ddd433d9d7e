import { beforeEach, describe, expect, test } from 'vitest'
import { readTemplates } from '../../../functions/app/templates.ts'
import type { Earlier } from '../../../functions/core/report/events.ts'
import { announceReport } from '../../../functions/cycle/announce.ts'
import { runCycle } from '../../../functions/cycle/cycle.ts'
import { persistently } from '../../../functions/cycle/free-lease.ts'
import { LeaseLost } from '../../../functions/cycle/ports/errors.ts'
import type { Ports } from '../../../functions/cycle/ports/ports.ts'
import { networkOf, probeOf, World } from '../../helpers/world.ts'

const network = networkOf(['192.0.2.1', '192.0.2.2', '192.0.2.3'])
const how = { dryRun: false, force: false, forceUpdate: false, verbose: false, maxSeconds: 55, problems: [] }
const templates = readTemplates()

let world: World
beforeEach(() => {
  world = new World()
})

function run(ports: Partial<Ports> = {}, changes: Partial<typeof how> = {}) {
  return runCycle(network, { ...how, templates, ...changes }, { ...world.ports, ...ports })
}

/** Makes this step fail the next this many times. */
function failing(step: string, times: number, error: Error = new Error('table away')) {
  let left = times
  world.before = name => {
    if (name === step && left-- > 0) throw error
  }
}

describe('the lease of a cycle that failed', () => {
  test.each(['record', 'finish'])('is free for the next one, where only %s failed', async step => {
    failing(step, 1)
    expect((await run()).status).toBe('failed')
    expect(world.lastStatus).toBe('failed')
    world.now += 60_000
    expect((await run()).status).toBe('ok')
  })

  test('is tried to be freed again where that fails, too', async () => {
    failing('finish', 4)
    expect((await run()).status).toBe('failed')
    world.now += 31_000
    expect((await run()).status).toBe('ok')
  })

  test('ends by itself where nothing helps', async () => {
    failing('finish', 100)
    expect((await run()).status).toBe('failed')
    world.now += 60_000
    expect((await run()).status).toBe('locked')
    world.before = () => {}
    world.now += 11_000
    expect((await run()).status).toBe('ok')
  })

  test('is not asked for again by a run that has lost it, nor past the run’s time', async () => {
    let asked = 0
    const lost = async () => {
      asked++
      throw new LeaseLost('another run has taken the lease')
    }
    expect((await run({ table: { ...world.table, finish: lost } })).status).toBe('failed')
    expect(asked).toBe(2)
    asked = 0
    world = new World()
    const late = async () => {
      asked++
      world.now += 30_000
      throw new Error('timed out')
    }
    await run({ table: { ...world.table, finish: late } })
    expect(asked).toBe(2)
  })
})

test('what frees a lease is done until it is done, or four times', async () => {
  const waits: number[] = []
  const sleep = async (ms: number) => void waits.push(ms)
  let left = 2
  const work = async () => {
    if (left-- > 0) throw new Error('away')
  }
  await persistently(work, { sleep })
  expect(waits).toEqual([200, 400])
  left = 9
  await expect(persistently(work, { sleep })).rejects.toThrow('away')
  expect(left).toBe(5)
})

describe('a cycle that was saved', () => {
  test('is no failed one because its events cannot be told or sent', async () => {
    const announce = () => {
      throw new Error('no bus')
    }
    const report = await run({ announce })
    expect(report).toMatchObject({ status: 'ok', rotated: true })
    expect(report.warnings).toContain('events were not sent: no bus')
    world.now += 60_000
    expect((await run()).status).toBe('ok')
  })

  test('nor because nobody can say what its events are', async () => {
    const report = await run()
    const earlier = { live: [], status: 'ok' } as unknown as Earlier
    const told = await announceReport({ ...report, live: ['a'] }, earlier, network, 5000, {})
    expect(told).toMatchObject({ status: 'ok', warnings: [expect.stringMatching(/^events were not sent: /)] })
  })
})

describe('a clock that is set while a cycle works', () => {
  const shifted = (ms: number) => {
    const started = world.now
    return { clock: () => (world.now === started ? world.now : world.now + ms), monotonic: () => world.now }
  }

  test.each([-1000, -300_000])('by %i ms leaves it in its time, and its duration what it was', async ms => {
    world.after = step => {
      if (step === 'begin') world.now += 500
    }
    const report = await run(shifted(ms))
    expect(report).toMatchObject({ status: 'ok', durationMs: 500 })
    expect(world.objects.size).toBe(4)
  })

  test('ends it with its lease all the same', async () => {
    world.after = step => {
      if (step === 'record') world.now += 53_000
    }
    expect(await run(shifted(-120_000))).toMatchObject({ status: 'failed', zones: [{ action: 'due' }] })
    expect(world.objects.size).toBe(0)
  })

  test.each([3_600_000, -3_600_000])('so far (%i ms) that its lease is over for others publishes nothing', async ms => {
    world.after = step => {
      if (step === 'record') world.now += 1
    }
    expect(await run(shifted(ms))).toMatchObject({ status: 'failed', durationMs: 1 })
    expect(world.objects.size).toBe(0)
  })
})

describe('an outage of all live edges', () => {
  test('is told by the report, whatever its status', async () => {
    expect(await run()).toMatchObject({ passing: 2, wanted: 2 })
    for (const { name } of network.edges) world.probes.set(name, probeOf('timeout', 10))
    world.now += 60_000
    expect(await run()).toMatchObject({ status: 'ok', passing: 0, wanted: 2, live: ['192.0.2.1', '192.0.2.2'] })
    world.probes.delete('192.0.2.2')
    world.now += 60_000
    expect(await run()).toMatchObject({ passing: 1, wanted: 2 })
    world.now += 10_000
    expect(await run()).toMatchObject({ status: 'too_soon', passing: 0, wanted: 0 })
  })
})
