import { monotonic, sleep } from '../../adapters/time/clock.ts'
import { type Chosen, type ChosenNetworks, chooseNetworks } from '../../app/choose-network.ts'
import { exitStatus } from '../../app/errors.ts'
import type { ManageFlags } from '../../app/network-flags.ts'
import { openMemory } from '../../app/open-ports.ts'
import { loadStorage, type OpenStorage, storageAt } from '../../app/open-storage.ts'
import { atOnce, type Moment, runManagedCycle } from '../../app/run-cycle.ts'
import { placeOf } from '../../app/target.ts'
import { minStartsApartSeconds } from '../../core/domain/limits.ts'
import { checkManageFlags } from '../input/flags.ts'
import { stopOnSignals } from '../input/stop.ts'
import { plansChange } from '../output/plan.ts'
import { showCycle } from '../output/show-cycle.ts'
import { problemTeller, tellError } from '../output/tell.ts'
import type { Terminal } from '../output/terminal.ts'
import { atIntervals } from './schedule.ts'
import { sideBySide } from './side-by-side.ts'

/** What comes between a cycle and the next look at the time, at most. */
const slackMs = 1000

/**
 * `edgemanage manage`: one cycle of a network, or of all side by side, or one every so often until stopped. The answer is
 * the exit status, the worst of all.
 */
export async function manage(flags: ManageFlags, terminal: Terminal, env: NodeJS.ProcessEnv): Promise<number> {
  checkManageFlags(flags)
  const place = placeOf(flags, env)
  const first = chooseNetworks(flags, env)
  const watched = first.isOne ? terminal : { ...terminal, progress: () => {} }
  const cycle = cycles(flags, storageAt(place, env), watched)
  if (flags.every === undefined) return onceEach(first, cycle, watched)
  await loadStorage(
    place,
    first.chosen.map(({ network }) => network),
  )
  return everySoOften(first, cycle, flags, watched, env)
}

/** Runs one cycle; the answer is its exit status, null where it could not be ended: then the process has to be. */
type RunCycle = (chosen: Chosen) => Promise<number | null>

function cycles(flags: ManageFlags, open: OpenStorage, terminal: Terminal): RunCycle {
  const told = openMemory()
  // Only as far apart as they must be (behaviour §8.2): a late start does not make the ones after it late.
  const apartMs = flags.force === true ? 0 : minStartsApartSeconds * 1000
  const earliest = new Map<string, Moment>()
  return async chosen => {
    const notBefore = earliest.get(chosen.network.name) ?? atOnce
    const run = await runManagedCycle(chosen, flags, { open, notBefore, told }, terminal)
    const { report } = run
    const startedMs = monotonic() - report.durationMs
    const wallMs = Date.parse(report.startedAt) + apartMs
    earliest.set(chosen.network.name, { wallMs, monotonicMs: startedMs + apartMs + slackMs })
    showCycle(run, chosen, flags, terminal)
    if (run.stillRunning) return null
    if (report.status === 'failed') return exitStatus.failed
    return flags.detailedExitcode === true && plansChange(report) ? exitStatus.planned : exitStatus.success
  }
}

async function onceEach({ chosen, faults }: ChosenNetworks, cycle: RunCycle, terminal: Terminal): Promise<number> {
  const tell = problemTeller(terminal)
  tell([...faults, ...chosen.flatMap(({ problems }) => problems)])
  const statuses = await Promise.all(chosen.map(cycle))
  // What does not end by itself cannot be stopped in any other way.
  if (statuses.includes(null)) process.exit(exitStatus.failed)
  const worst = [exitStatus.failed, exitStatus.planned].find(status => statuses.includes(status))
  return faults.length > 0 ? exitStatus.wrong : (worst ?? exitStatus.success)
}

async function everySoOften(
  first: ChosenNetworks,
  cycle: RunCycle,
  flags: ManageFlags,
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const tell = problemTeller(terminal)
  const running = sideBySide(async (chosen: Chosen) => {
    if ((await cycle(chosen)) === null) process.exit(exitStatus.failed)
  })
  let next: ChosenNetworks | null = first
  // The configuration is read anew for each cycle: it may change while cycles go on.
  const start = (asked: boolean) => {
    try {
      const { chosen, faults } = next ?? chooseNetworks(flags, env)
      next = null
      tell([...faults, ...chosen.flatMap(({ problems }) => problems)])
      for (const one of chosen) running.start(one.network.name, one, asked)
    } catch (error) {
      tellError(error, terminal, flags.verbose === true)
    }
  }
  const stop = stopOnSignals(terminal)
  const onRequest = () => {
    if (!stop.aborted) start(true)
  }
  process.on('SIGHUP', onRequest)
  const work = async () => {
    start(false)
    return true
  }
  await atIntervals((flags.every ?? 0) * 1000, work, stop, { monotonic, sleep })
  await running.ended()
  process.removeListener('SIGHUP', onRequest)
  return exitStatus.success
}
