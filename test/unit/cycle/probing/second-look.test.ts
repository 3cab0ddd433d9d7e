import { expect, test } from 'vitest'
import type { Probe } from '../../../../functions/core/domain/model.ts'
import { createStop } from '../../../../functions/cycle/flow/end-of-run.ts'
import type { Ports, Target } from '../../../../functions/cycle/ports/ports.ts'
import type { Pace } from '../../../../functions/cycle/probing/pace.ts'
import { lookAgain, type Sample } from '../../../../functions/cycle/probing/second-look.ts'
import { measuresTime } from '../../../helpers/measures-time.ts'
import { probeOf, restingLoop } from '../../../helpers/world.ts'

const request = {
  ...({ proto: 'http', host: 'h', port: 80, uri: '/', verify: true } as const),
  ...{ timeoutSeconds: 10, attempts: 3, sha256: '', bytes: 0 },
}
const target = (name: string): Target => ({ kind: 'edge', name, address: name, preferred: null })

/** Seconds of the first fetch of each target, all of them made by a prober that was 0.2 s late. */
async function look(first: Record<string, Probe>, probe: Ports['probe'], leftMs = 20_000, ended: string | null = null) {
  const targets = Object.keys(first).map(target)
  const found = new Map<Target, Sample>(
    targets.map(one => [one, { probe: first[one.name] as Probe, fromMs: 0, toMs: 1 }]),
  )
  const stop = createStop(async () => {}, new AbortController().signal)
  if (ended !== null) stop.end(ended)
  const pace: Pace = async (isWanted, start) => (isWanted() ? start() : null)
  const watch = { pace, stops: { edge: stop, canary: stop }, loop: { ...restingLoop(), lagMs: () => 200 } }
  const standardOf = () => ({ thresholdMicros: 500_000, isLive: false })
  const unsure = await lookAgain(found, request, { endsAt: leftMs, standardOf }, watch, { probe, clock: () => 0 })
  return { unsure, seconds: targets.map(one => secondsOf(found.get(one)?.probe)) }
}

const secondsOf = (probe: Probe | undefined) => (probe?.outcome === 'ok' ? probe.fetchMicros / 1e6 : probe?.outcome)

test('the second fetch is the sample, be it quicker or slower', measuresTime, async () => {
  const first = { good: probeOf('ok', 0.4), near: probeOf('ok', 0.6), nearer: probeOf('ok', 0.55) }
  const again: Record<string, number> = { near: 0.3, nearer: 0.65 }
  const { seconds, unsure } = await look(first, async ({ name }) => probeOf('ok', again[name]))
  expect(seconds).toEqual([0.4, 0.3, 0.65])
  expect(unsure).toBe(0)
})

test('a name is not resolved again: the second fetch goes where the first one went', async () => {
  const asked: (string | null)[] = []
  await look({ near: probeOf('ok', 0.6, '192.0.2.9') }, async ({ address }) => {
    asked.push(address)
    return probeOf('ok', 0.1, address)
  })
  expect(asked).toEqual(['192.0.2.9'])
})

test('what is slower than the prober was late, or failed, is not fetched again', measuresTime, async () => {
  const first = { slow: probeOf('ok', 0.8), failed: probeOf('timeout') }
  const { seconds } = await look(first, async () => probeOf('ok', 0.1))
  expect(seconds).toEqual([0.8, 'timeout'])
})

test.each<[string, Ports['probe']]>([
  ['fails', async () => probeOf('refused')],
  ['is skipped', async () => probeOf('skipped')],
  ['breaks', async () => Promise.reject(new Error('a fault'))],
  [
    'throws',
    () => {
      throw new Error('a fault')
    },
  ],
])('where the second fetch %s, the first one stands', async (_how, probe) => {
  expect((await look({ near: probeOf('ok', 0.6) }, probe)).seconds).toEqual([0.6])
})

test('side by side, within what is left of the probe’s deadline and of the time to probe', async () => {
  let [inFlight, maxInFlight] = [0, 0]
  const limits: number[] = []
  const probe: Ports['probe'] = async (_target, { timeoutSeconds }) => {
    maxInFlight = Math.max(maxInFlight, ++inFlight)
    limits.push(timeoutSeconds)
    await new Promise(resolve => setImmediate(resolve))
    inFlight--
    return probeOf('ok', 0.1)
  }
  const first = { a: probeOf('ok', 0.6), b: { ...probeOf('ok', 0.6), tookSeconds: 9 } }
  expect((await look(first, probe)).seconds).toEqual([0.1, 0.1])
  expect(limits).toEqual([9.4, 1])
  expect(maxInFlight).toBe(2)
  await look(first, probe, 700)
  expect(limits.slice(2)).toEqual([0.7, 0.7])
})

test('with too little time for a good answer, or after the end, nobody is fetched again', async () => {
  const never: Ports['probe'] = async () => probeOf('ok', 0.1)
  expect((await look({ near: probeOf('ok', 0.6) }, never, 500)).seconds).toEqual([0.6])
  expect((await look({ near: probeOf('ok', 0.6) }, never, 20_000, 'it is over')).seconds).toEqual([0.6])
})

test('who is one too many is counted', async () => {
  const first = Object.fromEntries(Array.from({ length: 18 }, (_, at) => [`e${at}`, probeOf('ok', 0.6)]))
  const { unsure, seconds } = await look(first, async () => probeOf('ok', 0.1))
  expect(unsure).toBe(2)
  expect(seconds.filter(one => one === 0.1)).toHaveLength(16)
})
