import { logOf } from '../../../functions/app/configuration/rollback.ts'
import { nothingKept, storageOf } from '../../helpers/push-place.ts'
import { World } from '../../helpers/world.ts'
import { createTurns } from '../handover/turns.ts'
import { createRandom } from '../world/random.ts'
import { cycle } from './cycles.ts'
import { inForceSince, type Moment } from './history.ts'
import { act, push, repair } from './operators.ts'
import { type Counts, type Net, names, noCounts, readingOf, type Sim } from './sim.ts'

/** What came of one history. */
export interface Outcome {
  readonly broken: readonly string[]
  readonly counts: Counts
}

/** Operators push, roll back and deploy, bundles and pointers are damaged, processes are killed, while cycles work. */
export async function simulateConfigurations(seed: number, rounds: number): Promise<Outcome> {
  const random = createRandom(seed, 'configuration')
  const known = new Map<string, number>()
  const nets = names.map((name): Net => {
    const deployed = readingOf({ known }, name, 1)
    const moments: Moment[] = [{ what: 'deploy', hash: deployed.loaded.hash, base: null }]
    return { name, world: new World(), moments, deployed, memory: new Map(), seen: '', isLost: false }
  })
  const rest = { kept: nothingKept(), turns: createTurns(), broken: [], counts: noCounts(), harmed: new Map() }
  const sim: Sim = {
    ...rest,
    random,
    nets,
    known,
    damaged: new Set(),
    everDamaged: [],
    faults: random.pick([0, 0, 0.01, 0.05]),
    revision: 1,
  }
  for (let round = 0; round < rounds && sim.broken.length === 0; round++) {
    act(sim)
    for (const net of nets) if (random.chance(0.8)) void cycle(sim, net)
    await sim.turns.give(random.between(40, 400), random)
    if (random.chance(0.1) && sim.turns.waiting() > 0) {
      sim.turns.killOne(random)
      sim.counts.killed++
    }
    for (const { world } of nets) world.now += 5_000
  }
  if (sim.broken.length === 0) await calm(sim)
  return { broken: sim.broken, counts: sim.counts }
}

/** All faults end: the same push again is in force in the next cycle, and the log has every entry. */
async function calm(sim: Sim): Promise<void> {
  const { turns, random, nets, broken } = sim
  sim.faults = 0
  await turns.give(100_000, random)
  repair(sim)
  for (const { world } of nets) world.now += 600_000
  for (let time = 0; time < 2; time++) {
    const pushed = push(sim, names, 'last')
    await turns.give(100_000, random)
    await pushed
    for (const net of nets) {
      const done = cycle(sim, net)
      await turns.give(100_000, random)
      await done
      net.world.now += 5_000
    }
  }
  for (const net of nets) {
    const report = net.world.lastStatus
    if (report !== 'ok') broken.push(`a cycle of ${net.name} without faults is ${report}`)
    const reading = logOf(
      net.name,
      storageOf(sim.kept, async (_name, work) => work()),
      1_000,
    )
    const entries = await reading
    if (!entries.some(({ hash }) => hash === inForceSince(net.moments, net.deployed.loaded.hash)[0]))
      broken.push(`the log of ${net.name} lacks what is in force`)
  }
}

/** Simulates these seeds until one breaks the promise (null: none did), for as many cycles in all. */
export async function simulateManyConfigurations(first: number, cycles: number, rounds: number) {
  const counts = noCounts()
  for (let seed = first; counts.cycles < cycles; seed++) {
    const outcome = await simulateConfigurations(seed, rounds)
    for (const key of Object.keys(counts) as (keyof Counts)[]) counts[key] += outcome.counts[key]
    const [broken] = outcome.broken
    if (broken !== undefined) return { counts, broken: `seed ${seed}: ${broken}` }
  }
  return { counts, broken: null }
}
