import { inSeconds } from '../../core/domain/micros.ts'
import type { FailedOutcome, Phases, Probe } from '../../core/domain/model.ts'
import type { Ports, Target } from '../../cycle/ports/ports.ts'
import type { Request } from '../../cycle/ports/request.ts'
import { sleep } from '../time/clock.ts'
import { lookUp as systemLookUp } from './dns/lazy-look-up.ts'
import type { LookUp } from './dns/names.ts'
import { type Attempt, startAttempt } from './http/attempt.ts'
import type { Failure } from './http/attempt-result.ts'
import { type Deadline, type Stop, startDeadline } from './http/deadline.ts'
import { plainWords } from './http/plain-words.ts'
import { startResolving } from './http/resolve.ts'

/** A failed connection is tried again so much later (behaviour §1.5). */
const retryAfterMs = 100

/** `ca`: trusted roots in PEM, instead of the system's; `lookUp`: how names are looked up, instead of the machine's way. */
export interface HttpProbeOptions {
  readonly ca?: string
  readonly lookUp?: LookUp
}

/** How far a probe got. Milliseconds of `performance.now()`. */
interface Course {
  readonly startedMs: number
  address: string | null
  attempts: number
  resolvedMs: number | null
  /** The newest one. */
  attempt: Attempt | null
  /** How the attempts failed, in order. */
  readonly failures: string[]
}

/**
 * The probe over HTTP and HTTPS (behaviour §1): one deadline over resolution, every attempt and the body's last byte.
 * It never rejects, and leaves no socket and no timer behind. Where no time is left to try again, the outcome is that of
 * the last attempt, not `timeout`.
 */
export function createHttpProbe({ ca, lookUp = systemLookUp }: HttpProbeOptions = {}): Ports['probe'] {
  return async (target, request, signal) => {
    const startedMs = performance.now()
    const course: Course = { startedMs, address: null, attempts: 0, resolvedMs: null, attempt: null, failures: [] }
    const deadline = startDeadline(request.timeoutSeconds, signal)
    try {
      return (await resolve(target, course, deadline, lookUp)) ?? (await fetchObject(request, course, deadline, ca))
    } catch (error) {
      return ended(course, 'connection_error', `no request could be made: ${(error as Error).message}`)
    } finally {
      deadline.clear()
    }
  }
}

/** Finds the target's address; the probe's end where there is none. */
async function resolve(target: Target, course: Course, deadline: Deadline, lookUp: LookUp): Promise<Probe | null> {
  const stop = deadline.reason()
  if (stop !== null) return stopped(course, stop, '')
  if (target.address !== null) {
    course.address = target.address
    return null
  }
  const resolving = startResolving(target.lookUp ?? target.name, target.preferred, deadline.leftMs, lookUp)
  const answer = await Promise.race([resolving.result, deadline.stopped])
  resolving.cancel()
  if (typeof answer === 'string') {
    return stopped(course, answer, `the name was not resolved within ${inSeconds(deadline.seconds)}`)
  }
  course.resolvedMs = performance.now()
  if (!('address' in answer)) {
    const end = ended(course, answer.outcome, answer.detail)
    return 'ownFault' in answer ? { ...end, ownFault: answer.ownFault } : end
  }
  course.address = answer.address
  return null
}

async function fetchObject(
  request: Request,
  course: Course,
  deadline: Deadline,
  ca: string | undefined,
): Promise<Probe> {
  for (;;) {
    const attempt = startAttempt(String(course.address), request, ca)
    course.attempts++
    course.attempt = attempt
    const result = await Promise.race([attempt.result, deadline.stopped])
    if (typeof result === 'string') {
      attempt.destroy()
      return stopped(course, result, `${missing(attempt.moments, request)} within ${inSeconds(deadline.seconds)}`)
    }
    if (result.outcome === 'ok') return succeeded(course, attempt)
    course.failures.push(result.detail)
    const mayRetry = result.mayRetry && course.attempts < request.attempts && deadline.leftMs() > retryAfterMs
    if (!mayRetry) return failed(course, result)
    await pause(deadline)
    const stop = deadline.reason()
    if (stop === 'skipped') return stopped(course, stop, '')
    if (stop === 'timeout') return failed(course, result)
  }
}

/** Waits until it is time to try again, or until the probe has to stop. */
async function pause(deadline: Deadline): Promise<void> {
  const stop = new AbortController()
  await Promise.race([sleep(retryAfterMs, stop.signal), deadline.stopped])
  stop.abort()
}

/** What had not come when the time ran out. */
function missing({ connected, secured, firstByte }: Attempt['moments'], { proto }: Request): string {
  if (firstByte !== null) return 'no whole answer'
  if (connected === null) return 'no connection'
  return proto === 'https' && secured === null ? 'no TLS handshake' : 'no answer'
}

function succeeded(course: Course, { moments: { started, lastByte } }: Attempt): Probe {
  const fetchMicros = Math.round(((lastByte ?? performance.now()) - started) * 1000)
  return { ...facts(course, ''), outcome: 'ok', fetchMicros }
}

/** "refused 3 times"; "reset 2 times, then refused"; an end that is not tried again stands alone: "status 503". */
function failureWords({ failures }: Course, { detail, mayRetry }: Failure): string {
  if (!mayRetry) return detail
  const runs: { words: string; times: number }[] = []
  for (const words of failures) {
    const last = runs.at(-1)
    if (last?.words === words) last.times++
    else runs.push({ words, times: 1 })
  }
  return runs.map(({ words, times }) => (times === 1 ? words : `${words} ${times} times`)).join(', then ')
}

function failed(course: Course, failure: Failure): Probe {
  const { ownFault } = failure
  const probe = ended(course, failure.outcome, failureWords(course, failure))
  return ownFault === undefined ? probe : { ...probe, ownFault }
}

function stopped(course: Course, stop: Stop, timeoutWords: string): Probe {
  return ended(course, stop, stop === 'skipped' ? 'ended early' : timeoutWords)
}

function ended(course: Course, outcome: FailedOutcome | 'skipped', detail: string): Probe {
  return { ...facts(course, detail), outcome }
}

function facts(course: Course, detail: string) {
  const { address, attempts, attempt, startedMs } = course
  const tookSeconds = (performance.now() - startedMs) / 1000
  const statusCode = attempt?.statusCode() ?? null
  const certificateExpires = attempt?.certificateExpires() ?? null
  return {
    ...{ address, attempts, tookSeconds, detail: plainWords(detail), phases: phasesOf(course) },
    ...(statusCode === null ? {} : { statusCode }),
    ...(certificateExpires === null ? {} : { certificateExpires }),
  }
}

function phasesOf({ startedMs, resolvedMs, attempt }: Course): Phases {
  const resolve = between(startedMs, resolvedMs)
  if (attempt === null) return { resolve, connect: null, tls: null, firstByte: null, body: null }
  const { started, connected, secured, firstByte, lastByte } = attempt.moments
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
