import { monotonic, sleep } from '../../adapters/time/clock.ts'
import { type CycleSubject, type CycleSubjects, chooseSubjects } from '../../app/cycle-subject.ts'
import { exitStatus } from '../../app/exit-status.ts'
import type { ManageFlags } from '../../app/network-flags.ts'
import { loadStorage, type OpenStorage, storageAt } from '../../app/open-storage.ts'
import { atOnce, type Moment, msUntil, runManagedCycle } from '../../app/run-cycle.ts'
import { placeOf } from '../../app/target.ts'
import { minStartsApartSeconds } from '../../core/domain/limits.ts'
import type { LoadedMemory } from '../../cycle/configuration/take-up.ts'
import { checkManageFlags } from '../input/flags.ts'
import { stopOnSignals } from '../input/stop.ts'
import { plansChange } from '../output/plan.ts'
import { showCycle } from '../output/show-cycle.ts'
import { problemTeller, tellError } from '../output/tell.ts'
import type { Terminal } from '../output/terminal.ts'
import { atIntervals } from './schedule.ts'
import { type SideBySide, sideBySide } from './side-by-side.ts'

/** What comes between a cycle and the next look at the time, at most. */
const slackMs = 1000

/**
 * `edgemanage manage`: one cycle of a network, or of all side by side, or one every so often until stopped. The answer is
 * the exit status, the worst of all.
 */
export async function manage(flags: ManageFlags, terminal: Terminal, env: NodeJS.ProcessEnv): Promise<number> {
  checkManageFlags(flags)
  const place = placeOf(flags, env)
  const open = storageAt(place, env)
  const choose = () => chooseSubjects({ flags, env, place, open })
  const first = await choose()
  const watched = first.isOne ? terminal : { ...terminal, progress: () => {} }
  const cycle = cycles(flags, open, watched)
  if (flags.every === undefined) return onceEach(first, cycle, watched)
  await loadStorage(
    place,
    first.subjects.flatMap(({ reading }) => (reading.is === 'valid' ? [reading.loaded.network] : [])),
  )
  return everySoOften(first, choose, cycle, flags, watched)
}

/**
 * Runs one cycle; the answer is its exit status, null where it could not be ended: then the process has to be. One that has
 * yet to wait for its time when `stop` fires is left out.
 */
type RunCycle = (subject: CycleSubject, stop?: AbortSignal) => Promise<number | null>

function cycles(flags: ManageFlags, open: OpenStorage, terminal: Terminal): RunCycle {
  const loaded: LoadedMemory = new Map()
  // Only as far apart as they must be (behaviour §8.2): a late start does not make the ones after it late.
  const apartMs = flags.force === true ? 0 : minStartsApartSeconds * 1000
  const earliest = new Map<string, Moment>()
  return async (subject, stop) => {
    const notBefore = earliest.get(subject.name) ?? atOnce
    await sleep(msUntil(notBefore) - slackMs, stop)
    if (stop?.aborted) return exitStatus.success
    const run = await runManagedCycle(subject, flags, { open, notBefore, loaded }, terminal)
    const { report } = run
    const startedMs = monotonic() - report.durationMs
    const wallMs = Date.parse(report.startedAt) + apartMs
    earliest.set(subject.name, { wallMs, monotonicMs: startedMs + apartMs + slackMs })
    showCycle(run, subject, flags, terminal)
    if (run.stillRunning) return null
    if (report.status === 'failed') return exitStatus.failed
    return flags.detailedExitcode === true && plansChange(report) ? exitStatus.planned : exitStatus.success
  }
}

async function onceEach(
  { subjects, faults, isOne }: CycleSubjects,
  cycle: RunCycle,
  terminal: Terminal,
): Promise<number> {
  const tell = problemTeller(terminal)
  tell([...faults, ...subjects.flatMap(({ problems }) => problems)])
  const statuses = await Promise.all(
    subjects.map(subject =>
      cycle(subject).catch(error => {
        if (isOne) throw error
        tellError(error, terminal, false)
        return exitStatus.wrong
      }),
    ),
  )
  // What does not end by itself cannot be stopped in any other way.
  if (statuses.includes(null)) process.exit(exitStatus.failed)
  const worst = [exitStatus.wrong, exitStatus.failed, exitStatus.planned].find(status => statuses.includes(status))
  return faults.length > 0 ? exitStatus.wrong : (worst ?? exitStatus.success)
}

async function everySoOften(
  first: CycleSubjects,
  choose: () => Promise<CycleSubjects>,
  cycle: RunCycle,
  flags: ManageFlags,
  terminal: Terminal,
): Promise<number> {
  const isVerbose = flags.verbose === true
  const stop = stopOnSignals(terminal)
  const running = sideBySide(async (subject: CycleSubject) => {
    try {
      if ((await cycle(subject, stop)) === null) process.exit(exitStatus.failed)
    } catch (error) {
      tellError(error, terminal, isVerbose)
    }
  })
  const start = starter(first, choose, running, { terminal, stop, isVerbose })
  const onRequest = () => {
    if (!stop.aborted) void start(true)
  }
  process.on('SIGHUP', onRequest)
  const work = async () => {
    await start(false)
    return true
  }
  await atIntervals((flags.every ?? 0) * 1000, work, stop, { monotonic, sleep })
  await running.ended()
  process.removeListener('SIGHUP', onRequest)
  return exitStatus.success
}

/**
 * Starts a cycle of each network. `first` serves for the first time; after that the configuration is read again for each
 * cycle, as it may change while cycles go on. Never rejects; `asked`: an operator did (SIGHUP).
 */
function starter(
  first: CycleSubjects,
  choose: () => Promise<CycleSubjects>,
  running: Pick<SideBySide<CycleSubject>, 'start'>,
  { terminal, stop, isVerbose }: { terminal: Terminal; stop: AbortSignal; isVerbose: boolean },
): (asked: boolean) => Promise<void> {
  const tell = problemTeller(terminal)
  let next: CycleSubjects | null = first
  return async asked => {
    try {
      const known = next
      next = null
      const { subjects, faults } = known ?? (await choose())
      if (stop.aborted) return
      tell([...faults, ...subjects.flatMap(({ problems }) => problems)])
      for (const one of subjects) running.start(one.name, one, asked)
    } catch (error) {
      tellError(error, terminal, isVerbose)
    }
  }
}
