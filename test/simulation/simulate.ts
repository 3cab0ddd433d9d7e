import { checkConvergence, plainStart, runOnce } from './invariants/convergence.ts'
import type { Violation } from './invariants/watch.ts'
import { faultless } from './neighbours/faults.ts'
import type { Counts } from './world/counts.ts'
import { coldInstance, type Instance, startRun } from './world/functions.ts'
import { settle } from './world/operator.ts'
import { type Fate, spared } from './world/process.ts'
import { createRandom, type Random } from './world/random.ts'
import type { Run } from './world/run.ts'
import { drawStarts, type Planned } from './world/schedule.ts'
import { timeoutsBy } from './world/timeouts.ts'
import { changeWorld, createWorld, type StoreKind, type World } from './world/world.ts'

/** A cycle's time: the schedule fires once a minute. */
const cycleMs = 60_000

/** What to simulate. The same seed and number of cycles give the same history; more cycles only add to it. */
export interface Simulation {
  readonly seed: number
  readonly cycles: number
  /** Kills the first run of this cycle (from 0) at this point, whatever chance has in store. */
  readonly kill?: { readonly cycle: number; readonly point: number }
  /** Lets the clock jump, hours and years, both ways; left out: in one world of seven. */
  readonly clocks?: boolean
  /** What keeps the state; left out: DynamoDB. */
  readonly store?: StoreKind | undefined
  /** Told of everything that happens, for those who want to see it. */
  readonly trace?: (line: string) => void
}

/** What came of it. */
export interface Outcome {
  readonly violations: readonly Violation[]
  /** The cycle (from 0) after which something was wrong; null where nothing was. `cycles`: in the calm at the end. */
  readonly brokenAt: number | null
  readonly counts: Counts
  readonly world: World
}

/** Lets a world go its way for this many cycles, then ends all faults and sees whether everything comes right. */
export async function simulate(simulation: Simulation): Promise<Outcome> {
  const { seed, cycles } = simulation
  const world = createWorld(seed, simulation.store)
  const restore = timeoutsBy(world.time)
  try {
    const fleet: Fleet = { instances: [], runs: 0 }
    for (let cycle = 0; cycle < cycles; cycle++) {
      await oneCycle(world, fleet, cycle, simulation)
      if (world.watch.violations.length > 0) return outcomeOf(world, cycle)
    }
    await calm(world, fleet)
    return outcomeOf(world, world.watch.violations.length > 0 ? cycles : null)
  } finally {
    restore()
  }
}

function outcomeOf(world: World, brokenAt: number | null): Outcome {
  const { watch, counts } = world
  counts.rotations = watch.rotations()
  return { violations: watch.violations, brokenAt, counts, world }
}

/** The functions that are there, warm ones and those that hang, and how many runs there were. */
interface Fleet {
  instances: Instance[]
  runs: number
}

async function oneCycle(world: World, fleet: Fleet, cycle: number, simulation: Simulation): Promise<void> {
  const { time, counts } = world
  const random = createRandom(simulation.seed, 'cycle', cycle)
  const begins = time.now()
  changeWorld(world, random)
  if (simulation.clocks ?? simulation.seed % 7 === 6)
    setClock(world, fleet, createRandom(simulation.seed, 'clock', cycle))
  // A deploy, or nothing to do for long: every function is started anew.
  if (random.chance(0.02)) fleet.instances = []
  const starts = drawStarts(random)
  const lasts = random.chance(0.01) ? random.between(1, 5 * 1440) * cycleMs : cycleMs
  for (const [at, planned] of starts.entries()) {
    const isKilled = simulation.kill?.cycle === cycle && at === 0
    const fate: Fate = isKilled ? { ...spared, killAt: simulation.kill?.point ?? 0 } : planned.fate
    time.at(begins + planned.afterMs, () => start(world, fleet, { ...planned, fate }, simulation.trace))
  }
  await time.advanceTo(begins + lasts)
  counts.cycles++
  counts.days += lasts / 86_400_000
  if (cycle % 10 === 9) world.watch.keeps()
}

/** Now and then somebody sets the clock, also while functions work: that may cost those their cycle. */
function setClock(world: World, fleet: Fleet, random: Random): void {
  if (!random.chance(0.06)) return
  const { time, wall } = world
  time.at(time.now() + (random.chance(0.5) ? 0 : random.int(20_000)), () => {
    for (const { run } of fleet.instances) if (run !== null) run.process.faults++
    wall.set(random)
  })
}

function start(world: World, fleet: Fleet, planned: Planned, trace?: (line: string) => void): void {
  const { counts } = world
  fleet.instances = fleet.instances.filter(one => one.run?.process.isDead() !== true)
  if (fleet.instances.some(one => one.run !== null)) counts.overlaps++
  const idle = planned.isCold ? undefined : fleet.instances.find(one => one.run === null)
  const instance = idle ?? coldInstance(world)
  if (idle === undefined) {
    counts.coldStarts++
    fleet.instances.push(instance)
  }
  const run = startRun(world, instance, ++fleet.runs, planned)
  trace?.(`${new Date(run.startedAt).toISOString()} run ${fleet.runs} starts (${JSON.stringify(planned)})`)
}

/** All faults end; edges are of one mind; nobody orders anything. Within a few cycles everything has to be right. */
async function calm(world: World, fleet: Fleet): Promise<void> {
  const { time, scene, services, store, watch, network } = world
  for (const service of Object.values(services)) service.plan = faultless
  scene.calm()
  world.regions.calm()
  settle(store)
  world.wall.setRight()
  world.orders++
  // Runs that hang get to their end or to their lease's, and the budget is free again.
  await time.advanceTo(time.now() + 660_000)
  const { up_after, down_after, brake, brake_cycles } = network.settings
  const cycles = Math.max(3, up_after + 2, brake > 0 ? down_after + brake_cycles + 1 : 0)
  let last: Run | null = null
  for (let cycle = 0; cycle < cycles; cycle++) {
    const instance = fleet.instances.find(one => one.run === null) ?? coldInstance(world)
    last = await runOnce(world, instance, ++fleet.runs, plainStart)
  }
  if (last !== null) await checkConvergence(world, last, fleet.runs + 1)
  watch.keeps()
  const replayed = watch.replays()
  world.counts.replayed += replayed.cycles
}
