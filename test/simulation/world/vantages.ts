import { createVantagePoints, type Invoked } from '../../../functions/adapters/aws/vantage-points.ts'
import type { AskVantage } from '../../../functions/cycle/ports/vantage.ts'
import { createVantagePoint } from '../../../functions/lambda/vantage-point.ts'
import { bump } from './counts.ts'
import { regionPool } from './folder.ts'
import { createRandom, type Random } from './random.ts'
import type { RegionMood } from './regions.ts'
import type { Run } from './run.ts'
import { failed } from './scene.ts'
import type { World } from './world.ts'

/** To a vantage point and back. */
const latencyMs = 80

type Outcomes = { name: string; outcome: string; fetchSeconds: number | null; detail: string }[]

/** The real asking and the real vantage points, each in a region with faults of its own, with the world between them. */
export function vantagesOf(world: World, run: Run): AskVantage {
  const { time, regions, counts } = world
  const { process } = run
  const random = createRandom(world.seed, 'vantages', process.id)
  const functions = new Map(regionPool.map(region => [region, 'vantage']))
  return createVantagePoints(functions, async (region, _name, payload, signal) => {
    const mood = regions.moodOf(region)
    const { targets } = JSON.parse(payload) as { targets: { name: string }[] }
    for (const { name } of targets) run.sight.asked.add(name)
    await process.leave()
    counts.asked++
    if (mood !== 'works') bump(counts.faults, `vantage point: ${mood}`)
    if (mood === 'hangs') await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()))
    const answer = signal.aborted ? null : await answerOf(world, region, mood, payload, random)
    await time.sleep(latencyMs, signal)
    await process.arrive()
    if (answer === null || signal.aborted) throw new Error('nobody waits any more')
    if (isHeard(mood)) note(run, region, JSON.parse(answer.text).outcomes)
    return answer
  })
}

/** Whether what it says has a form that counts. */
function isHeard(mood: RegionMood): boolean {
  return mood === 'works' || mood === 'cut off' || mood === 'lies' || mood === 'tells a part'
}

/** Keeps what was said, as far as it is a vote. */
function note({ sight }: Run, region: string, outcomes: Outcomes): void {
  for (const { name, outcome } of outcomes) {
    if (outcome !== 'skipped') sight.votes.set(name, [...(sight.votes.get(name) ?? []), { region, outcome }])
  }
}

async function answerOf(world: World, region: string, mood: RegionMood, payload: string, random: Random) {
  if (mood === 'throws') return { text: JSON.stringify({ errorMessage: 'out of memory' }), isError: true }
  const point = createVantagePoint({
    region,
    mayFetch: () => true,
    probe: async (target, request) => {
      const { timeoutSeconds } = request
      if (mood === 'cut off') {
        await world.time.sleep(timeoutSeconds * 1000)
        return failed('timeout', target.address)
      }
      const { probe, afterMs } = world.scene.seenFromElsewhere(target, timeoutSeconds, random)
      await world.time.sleep(afterMs)
      return probe
    },
  })
  const told = await point(JSON.parse(payload))
  const answer: Invoked = { text: JSON.stringify(distorted(told, mood, random)), isError: false }
  return answer
}

/** What a vantage point in this mood makes of the truth. */
function distorted(told: { version: number; outcomes: readonly object[] }, mood: RegionMood, random: Random): object {
  const outcomes = told.outcomes as Outcomes
  const good = (one: Outcomes[number]) => ({ ...one, outcome: 'ok', fetchSeconds: 0.1 })
  switch (mood) {
    case 'lies':
      return {
        ...told,
        outcomes: outcomes.map(one => (random.chance(0.5) ? good(one) : { ...one, outcome: 'refused' })),
      }
    case 'tells a part':
      return { ...told, outcomes: outcomes.filter(() => random.chance(0.5)) }
    case 'babbles':
      return random.pick([
        { ...told, outcomes: [...outcomes, good({ ...(outcomes[0] as Outcomes[number]), name: 'nobody.example' })] },
        { ...told, outcomes: [...outcomes, ...outcomes].map(good) },
        { ...told, outcomes: outcomes.map(one => ({ ...good(one), fetchSeconds: 'at once' })) },
        { ...told, outcomes: Object.fromEntries(outcomes.map(one => [one.name, good(one)])) },
      ])
    case 'has another version':
      return { ...told, version: told.version + 1, outcomes: outcomes.map(good) }
    default:
      return told
  }
}
