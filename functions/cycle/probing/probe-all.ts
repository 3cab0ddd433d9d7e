import type { Probing } from '../../core/judgement/participants.ts'
import type { Prober } from '../../core/report/prober-warnings.ts'
import { createStop, type Stop } from '../flow/end-of-run.ts'
import { inParallel } from '../flow/pool.ts'
import type { LoopWatch } from '../ports/loop-watch.ts'
import type { Ports, Target } from '../ports/ports.ts'
import type { Request } from '../ports/request.ts'
import { createFindings } from './findings.ts'
import { createPace } from './pace.ts'
import { fetcher, type Stops } from './paced-probe.ts'
import { createRechecks, type RecheckRule } from './recheck.ts'
import { lookAgain } from './second-look.ts'
import type { Standard } from './targets.ts'

/** What the prober brought home, and how busy it was itself. */
export interface Probed extends Probing, Prober {
  readonly rechecked: ReadonlySet<string>
}

/** Milliseconds of the prober's time that a handshake takes, at the least. */
const handshakeMs = 2

export interface ProbeAllOptions {
  /** Probes in flight. */
  readonly workers: number
  /** Failed canaries that end the probing of canaries; 0 is off (behaviour §1.10). */
  readonly canaryKiller: number
  readonly references: readonly string[]
  /** Milliseconds: what is not finished by then is skipped (behaviour §1.9). */
  readonly endsAt: number
  /** What each target's fetch time is held against. */
  readonly standardOf: (target: Target) => Standard
  /** Null: nobody is fetched once more before it is judged. */
  readonly recheck: RecheckRule | null
}

type ProbePorts = Pick<Ports, 'probe' | 'reference' | 'clock' | 'sleep' | 'watchLoop' | 'progress'>

/**
 * Probes every target once, in their order, and the references beside them, in no worker's place. Never rejects, and
 * takes no longer than until `endsAt` and a moment's grace, whatever the ports do.
 */
export async function probeAll(
  targets: readonly Target[],
  request: Request,
  options: ProbeAllOptions,
  ports: ProbePorts,
): Promise<Probed> {
  const loop = ports.watchLoop()
  const done = new AbortController()
  const stop = () => createStop(ports.sleep, done.signal)
  const stops = { edge: stop(), canary: stop(), reference: stop() }
  const endAll = () => {
    for (const each of Object.values(stops)) each.end('probing ended before it was done')
  }
  const leftMs = options.endsAt - ports.clock()
  if (leftMs <= 0) endAll()
  else void ports.sleep(leftMs, done.signal).then(endAll)
  const [found, answered] = await Promise.all([
    probeTargets(targets, request, options, { stops, loop }, ports),
    anyAnswer(options.references, request.timeoutSeconds, stops.reference, ports),
  ])
  done.abort()
  const { worstMs, oftenMs } = loop.end()
  const blind = options.references.length > 0 && !answered
  return { ...found, blind, lagMs: worstMs, oftenLagMs: oftenMs }
}

/** Whether any reference answers in time; the first that does is enough, and the others are not waited for. */
async function anyAnswer(
  urls: readonly string[],
  timeoutSeconds: number,
  stop: Stop,
  ports: ProbePorts,
): Promise<boolean> {
  let answered = false
  const fetches = urls.map(async url => {
    try {
      const answer = stop.why() === null && (await ports.reference(url, timeoutSeconds, stop.signal))
      if (!answer || stop.why() !== null) return
      answered = true
      stop.end('one has answered')
    } catch {
      // A reference that breaks is one that gave no answer.
    }
  })
  await Promise.race([Promise.all(fetches), stop.late])
  return answered
}

async function probeTargets(
  targets: readonly Target[],
  request: Request,
  options: ProbeAllOptions,
  { stops, loop }: { stops: Stops; loop: LoopWatch },
  ports: ProbePorts,
): Promise<Omit<Probed, 'blind' | 'lagMs' | 'oftenLagMs'>> {
  const { samples, settle, ...findings } = createFindings(targets, options.canaryKiller, () =>
    stops.canary.end('too many canaries failed'),
  )
  const pace = createPace({
    turns: targets.length,
    spreadMs: spreadOf(request, options, ports),
    expectedCostMs: request.proto === 'https' ? handshakeMs : 0,
    loop,
    sleep: ports.sleep,
  })
  const fetch = fetcher(request, options.workers, { stops, loop, pace }, ports)
  const rechecks = createRechecks({
    rule: options.recheck,
    stop: stops.edge,
    sleep: ports.sleep,
    fetch,
    settle: (target, sample) => samples.set(target, sample),
  })
  await inParallel(
    targets,
    options.workers,
    () => false,
    async target => {
      const sample = await fetch(target)
      settle(target, sample)
      tell(samples.size, targets.length, ports)
      rechecks.after(target, sample.probe)
    },
  )
  const rechecked = await rechecks.ended()
  const unsure = await lookAgain(samples, request, options, { stops, loop, pace }, ports)
  return { ...findings.probes(), unsure, rechecked }
}

/** Over how many milliseconds the starts still to come may be spread, so that each has its whole `timeout` (§1.9). */
function spreadOf({ timeoutSeconds }: Request, { workers, endsAt }: ProbeAllOptions, { clock }: ProbePorts) {
  return (turns: number) => endsAt - clock() - Math.ceil(turns / workers) * timeoutSeconds * 1000
}

/** At most a hundred words of progress. */
function tell(done: number, total: number, ports: ProbePorts): void {
  if (done === total || done % Math.ceil(total / 100) === 0) ports.progress({ step: 'probing', done, total })
}
