import { isFailure, type Probe } from '../core/model.ts'
import type { Probing } from '../core/participants.ts'
import type { Ports, Request, Target } from './ports.ts'

/** Starts are paced at most one per so many milliseconds (behaviour §1.1). */
const paceMs = 2
/** A probe that was told to end gets so long to do so. */
const graceMs = 500

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

/** Probes every target once, and the references beside them. Never rejects; takes no longer than until `endsAt`. */
export async function probeAll(
  targets: readonly Target[],
  request: Request,
  options: ProbeAllOptions,
  ports: ProbePorts,
): Promise<Probed> {
  const lag = ports.watchLag()
  const over = new AbortController()
  const done = new AbortController()
  const end = ports.sleep(options.endsAt - ports.clock(), done.signal).then(() => over.abort())
  const references = options.references.map(url => ports.reference(url, request.timeoutSeconds, over.signal))
  const found = await probeTargets(targets, request, options, ports, over.signal)
  const answers = await Promise.all(references.map(answer => answer.catch(() => false)))
  done.abort()
  await end
  return { ...found, blind: answers.length > 0 && !answers.includes(true), lagMs: lag() }
}

async function probeTargets(
  targets: readonly Target[],
  request: Request,
  options: ProbeAllOptions,
  ports: ProbePorts,
  over: AbortSignal,
): Promise<Pick<Probed, 'edges' | 'canaries' | 'killed'>> {
  const found = { edge: new Map<string, Probe>(), canary: new Map<string, Probe>() }
  const killer = new AbortController()
  over.addEventListener('abort', () => killer.abort(), { once: true })
  let failedCanaries = 0
  let killed = false
  const settle = (target: Target, probe: Probe) => {
    found[target.kind].set(target.name, probe)
    if (target.kind === 'canary' && isFailure(probe.outcome)) failedCanaries++
    if (options.canaryKiller > 0 && failedCanaries >= options.canaryKiller && !killed) {
      killed = true
      killer.abort()
    }
    tell(found.edge.size + found.canary.size, targets.length, ports)
  }
  const slots = slotsOf(options.workers)
  const running: Promise<void>[] = []
  for (const target of targets) {
    const signal = target.kind === 'canary' ? killer.signal : over
    await slots.take(over)
    if (signal.aborted) {
      slots.free()
      settle(target, skipped)
      continue
    }
    const probe = boundedProbe(target, request, signal, ports)
    running.push(probe.then(result => settle(target, result)).finally(slots.free))
    await ports.sleep(paceMs, over)
  }
  await Promise.all(running)
  return { edges: found.edge, canaries: found.canary, killed }
}

/** A probe that ends soon after its signal fires, and never rejects, whatever is behind the port. */
async function boundedProbe(target: Target, request: Request, signal: AbortSignal, ports: ProbePorts): Promise<Probe> {
  const finished = new AbortController()
  const late = aborted(signal, finished.signal)
    .then(() => ports.sleep(graceMs, finished.signal))
    .then(() => skipped)
  const probe = ports.probe(target, request, signal).catch(() => skipped)
  const result = await Promise.race([probe, late])
  finished.abort()
  return result
}

/** Resolves when the signal fires, or when nobody waits for it any more. */
function aborted(signal: AbortSignal, unless: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      signal.removeEventListener('abort', done)
      unless.removeEventListener('abort', done)
      resolve()
    }
    if (signal.aborted || unless.aborted) return done()
    signal.addEventListener('abort', done, { once: true })
    unless.addEventListener('abort', done, { once: true })
  })
}

/** Places for probes in flight. `take` waits for one, or for the end of probing. */
function slotsOf(count: number) {
  let free = count
  const waiting: (() => void)[] = []
  return {
    take: (over: AbortSignal) =>
      new Promise<void>(resolve => {
        if (free > 0 || over.aborted) {
          free--
          return resolve()
        }
        const go = () => {
          over.removeEventListener('abort', go)
          const at = waiting.indexOf(go)
          if (at >= 0) waiting.splice(at, 1)
          free--
          resolve()
        }
        waiting.push(go)
        over.addEventListener('abort', go, { once: true })
      }),
    free: () => {
      free++
      waiting[0]?.()
    },
  }
}

/** At most a hundred words of progress. */
function tell(done: number, total: number, ports: ProbePorts): void {
  if (done === total || done % Math.ceil(total / 100) === 0) ports.progress({ step: 'probing', done, total })
}

const skipped: Probe = {
  outcome: 'skipped',
  address: null,
  attempts: 0,
  tookSeconds: 0,
  detail: 'probing ended before it was done',
  phases: { resolve: null, connect: null, tls: null, firstByte: null, body: null },
}
