import { setMaxListeners } from 'node:events'
import { inSeconds } from '../core/micros.ts'
import type { FailedOutcome, Phases, Probe } from '../core/model.ts'
import type { Ports, Request } from '../cycle/ports.ts'
import { sleep } from './clock.ts'
import { type AttemptResult, type Moments, startAttempt } from './http/attempt.ts'
import { type Deadline, startDeadline } from './http/deadline.ts'
import { resolveAddress } from './http/resolve.ts'

/** A failed connection is tried again so much later (behaviour §1.5). */
const retryAfterMs = 100

/** `ca`: trusted roots in PEM, instead of the system's. */
export interface HttpProbeOptions {
  readonly ca?: string
}

/** How far a probe got. Milliseconds of `performance.now()`. */
interface Course {
  readonly startedMs: number
  address: string | null
  attempts: number
  resolvedMs: number | null
  moments: Moments | null
}

/**
 * The probe over HTTP and HTTPS (behaviour §1): one deadline over resolution, every attempt and the body's last byte.
 * It never rejects, and leaves no socket and no timer behind.
 */
export function createHttpProbe({ ca }: HttpProbeOptions = {}): Ports['probe'] {
  return async (target, request, signal) => {
    setMaxListeners(0, signal)
    const course: Course = {
      startedMs: performance.now(),
      address: target.address,
      attempts: 0,
      resolvedMs: null,
      moments: null,
    }
    const deadline = startDeadline(request.timeoutSeconds * 1000, signal)
    try {
      const trouble = target.address === null ? await resolve(target.name, target.preferred, course, deadline) : null
      return trouble ?? (await fetchObject(request, course, deadline, ca))
    } finally {
      deadline.clear()
    }
  }
}

/** Finds the address of a host name; the probe's end where there is none. */
async function resolve(
  name: string,
  preferred: string | null,
  course: Course,
  deadline: Deadline,
): Promise<Probe | null> {
  const answer = await Promise.race([
    resolveAddress(name, preferred).then(
      address => ({ address }),
      (error: NodeJS.ErrnoException) => ({ error: error.code ?? error.message }),
    ),
    deadline.stopped,
  ])
  if (answer === 'skipped') return ended(course, 'skipped', 'ended early')
  if (answer === 'timeout')
    return ended(course, 'timeout', `the name was not resolved within ${inSeconds(deadline.seconds)}`)
  if ('error' in answer) return ended(course, 'dns_error', `the name does not resolve (${answer.error})`)
  course.address = answer.address
  course.resolvedMs = performance.now()
  return null
}

async function fetchObject(
  request: Request,
  course: Course,
  deadline: Deadline,
  ca: string | undefined,
): Promise<Probe> {
  for (;;) {
    course.attempts++
    const attempt = startAttempt(String(course.address), request, ca)
    course.moments = attempt.moments
    const result = await Promise.race([attempt.result, deadline.stopped])
    if (result === 'skipped' || result === 'timeout') {
      attempt.destroy()
      const got = attempt.moments.firstByte === null ? 'no answer' : 'no whole answer'
      return result === 'skipped'
        ? ended(course, 'skipped', 'ended early')
        : ended(course, 'timeout', `${got} within ${inSeconds(deadline.seconds)}`)
    }
    if (result.outcome === 'ok') return succeeded(course, attempt.moments)
    const isOver = !result.mayRetry || course.attempts >= request.attempts
    if (isOver || (await pauseOrStop(deadline)) === 'timeout') return failed(course, result)
    if (deadline.reason() === 'skipped') return ended(course, 'skipped', 'ended early')
  }
}

function pauseOrStop(deadline: Deadline): Promise<'timeout' | 'skipped' | undefined> {
  return Promise.race([sleep(retryAfterMs).then(() => undefined), deadline.stopped])
}

function succeeded(course: Course, moments: Moments): Probe {
  const last = moments.lastByte ?? performance.now()
  const fetchMicros = Math.round((last - moments.started) * 1000)
  return { ...facts(course, ''), outcome: 'ok', fetchMicros }
}

function failed(course: Course, result: AttemptResult & { outcome: FailedOutcome }): Probe {
  const times = course.attempts === 1 ? '' : ` ${course.attempts} times`
  return ended(course, result.outcome, `${result.detail}${times}`)
}

function ended(course: Course, outcome: FailedOutcome | 'skipped', detail: string): Probe {
  return { ...facts(course, detail), outcome }
}

function facts(course: Course, detail: string) {
  const { address, attempts, startedMs } = course
  const tookSeconds = (performance.now() - startedMs) / 1000
  return { address, attempts, tookSeconds, detail, phases: phasesOf(course) }
}

function phasesOf({ startedMs, resolvedMs, moments }: Course): Phases {
  const resolve = between(startedMs, resolvedMs)
  if (moments === null) return { resolve, connect: null, tls: null, firstByte: null, body: null }
  const { started, connected, secured, firstByte, lastByte } = moments
  return {
    resolve,
    connect: between(started, connected),
    tls: between(connected, secured),
    firstByte: between(secured ?? connected, firstByte),
    body: between(firstByte, lastByte),
  }
}

/** Milliseconds between two moments, to a microsecond. */
function between(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : Math.round((to - from) * 1000) / 1000
}
