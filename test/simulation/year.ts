import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { plainStart } from './invariants/convergence.ts'
import { networkIn } from './world/folder.ts'
import { coldInstance, startRun } from './world/functions.ts'
import { createRandom } from './world/random.ts'
import { timeoutsBy } from './world/timeouts.ts'
import { createWorld } from './world/world.ts'

const hourMs = 3_600_000

/** What one function held at two moments, in megabytes of heap after everything that could go was gone. */
export interface Held {
  readonly early: number
  readonly late: number
  /** Promises that were broken meanwhile. */
  readonly broken: number
}

/** Lets one function, always warm, do a cycle an hour; `early` and `cycles` tell when it is measured. */
export async function warmYear(seed: number, early: number, cycles: number): Promise<Held> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const heap = () => {
    collect()
    return process.memoryUsage().heapUsed / 2 ** 20
  }
  const world = createWorld(seed)
  const { folder } = world
  // Fewer samples than a fortnight has hours: that many are kept, and the table lets no sooner go of them.
  const settings = { ...folder.settings, run_frequency: 3600, history: { samples: 50, window: 300 } }
  world.network = networkIn({ ...folder, settings })
  const random = createRandom(seed, 'year')
  const restore = timeoutsBy(world.time)
  const instance = coldInstance(world)
  let earlyHeap = 0
  try {
    for (let cycle = 0; cycle < cycles; cycle++) {
      if (cycle === early) earlyHeap = heap()
      if (random.chance(0.3)) world.scene.change(random)
      startRun(world, instance, cycle + 1, plainStart)
      await world.time.advanceTo(world.time.now() + hourMs)
      world.store.expire(world.time.now(), () => true)
      world.watch.keeps()
      world.watch.forgetReplay()
    }
    return { early: earlyHeap, late: heap(), broken: world.watch.violations.length }
  } finally {
    restore()
  }
}
