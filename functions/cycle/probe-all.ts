import { messageOf } from '../core/message.ts'
import { isFailure, type Probe, unprobed } from '../core/model.ts'
import type { Probing } from '../core/participants.ts'
import { inParallel } from './pool.ts'
import type { Ports, Request, Target } from './ports.ts'
import { createStop, type Stop } from './stop.ts'

/** Starts are paced at most one per so many milliseconds (behaviour §1.1). */
const paceMs = 2

/** What the prober brought home, and how busy it was itself. */
export interface Probed extends Probing {
  /** The event loop's worst delay, in milliseconds. */
  readonly lagMs: number
}

export interface ProbeAllOptions {
  /** Probes in flight. */
  readonly workers: number
  /** Failed canaries that end the probing of canaries; 0 is off (behaviour §1.10). */
  readonly canaryKiller: number
  readonly references: readonly string[]
  /** Milliseconds: what is not finished by then is skipped (behaviour §1.9). */
  readonly endsAt: number
}

type ProbePorts = Pick<Ports, 'probe' | 'reference' | 'clock' | 'sleep' | 'watchLag' | 'progress'>

/** What ends each kind of probe. */
type Stops = Readonly<Record<Target['kind'], Stop>>

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
  const lag = ports.watchLag()
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
    probeTargets(targets, request, options, stops, ports),
    anyAnswer(options.references, request.timeoutSeconds, stops.reference, ports),
  ])
  done.abort()
  return { ...found, blind: options.references.length > 0 && !answered, lagMs: lag() }
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
  stops: Stops,
  ports: ProbePorts,
): Promise<Omit<Probed, 'blind' | 'lagMs'>> {
  const found = new Map<Target, Probe>()
  let failedCanaries = 0
  const isKilled = () => options.canaryKiller > 0 && failedCanaries >= options.canaryKiller
  const settle = (target: Target, probe: Probe) => {
    found.set(target, probe)
    if (target.kind === 'canary' && isFailure(probe.outcome)) failedCanaries++
    if (isKilled()) stops.canary.end('too many canaries failed')
    tell(found.size, targets.length, ports)
  }
  const pace = createPace(ports.sleep)
  await inParallel(
    targets,
    options.workers,
    () => false,
    async target => settle(target, await pacedProbe(target, request, stops[target.kind], pace, ports)),
  )
  const ofKind = (kind: Target['kind']) =>
    new Map(
      targets.filter(target => target.kind === kind).map(target => [target.name, found.get(target) ?? unprobed('')]),
    )
  return { edges: ofKind('edge'), canaries: ofKind('canary'), killed: isKilled() }
}

/** Probes one target when its turn comes; what is stopped before its end is skipped, whatever the port says later. */
async function pacedProbe(target: Target, request: Request, stop: Stop, pace: Pace, ports: ProbePorts): Promise<Probe> {
  const late = stop.late.then(() => unprobed(''))
  const probe = await pace(
    () => stop.why() === null,
    async () => Promise.race([ports.probe(target, request, stop.signal), late]),
  ).catch(error => unprobed(`the probe broke: ${messageOf(error)}`))
  const why = stop.why()
  return probe === null ? unprobed(why ?? '') : why === null ? probe : skipped(probe, why)
}

/** Does `start` when its turn comes, and gives what that gives; null if it is not wanted any more by then. */
type Pace = <T>(isWanted: () => boolean, start: () => Promise<T>) => Promise<T | null>

/** Turns, first come first served, at least `paceMs` after the one before has started: time lost is not made up for. */
function createPace(sleep: Ports['sleep']): Pace {
  let free: Promise<void> = Promise.resolve()
  return (isWanted, start) =>
    new Promise((resolve, reject) => {
      free = free.then(async () => {
        if (!isWanted()) return resolve(null)
        start().then(resolve, reject)
        await sleep(paceMs)
      })
    })
}

/** At most a hundred words of progress. */
function tell(done: number, total: number, ports: ProbePorts): void {
  if (done === total || done % Math.ceil(total / 100) === 0) ports.progress({ step: 'probing', done, total })
}

function skipped({ address, attempts, tookSeconds, phases }: Probe, detail: string): Probe {
  return { outcome: 'skipped', address, attempts, tookSeconds, detail, phases }
}
