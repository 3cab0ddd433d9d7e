import type { Process } from '../world/process.ts'
import type { Random } from '../world/random.ts'
import type { Time } from '../world/time.ts'
import { drawFault, type Fault, type FaultPlan, faults } from './faults.ts'

/** What the project's clients are set to (adapters/client-settings.ts): attempts in all, and milliseconds for each. */
const defaultAttempts = 3
const attemptMs = 5_000
/** The SDK waits up to so long before it tries again, twice that the second time. */
const backoffMs = 100

/** A service that answers requests, well or badly. New neighbours of the system join the simulation as one of these. */
export interface Service {
  readonly name: string
  /** How faulty it is at the moment. */
  plan: FaultPlan
  readonly random: Random
  readonly time: Time
  /** Told of every fault. */
  readonly told: (fault: Fault) => void
}

/** One request of one run to a service, as the SDK's client makes it. `apply` is what the service does when asked. */
export interface Call<T> {
  readonly process: Process
  /** Done as each attempt leaves; what it rejects with ends the request. */
  readonly leaving: () => Promise<void>
  readonly apply: () => T
  readonly signal?: AbortSignal
  /** Attempts in all, where the client is set to others than usual. */
  readonly attempts?: number
}

/**
 * Asks a service as the SDK does: tries again what may be tried again, gives up on what may not. Rejects with errors
 * that look like the SDK's. An answer that is lost leaves what was done, and the next attempt does it once more.
 */
export async function ask<T>(service: Service, call: Call<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    if (call.signal?.aborted) throw failure('AbortError', 'the request was aborted')
    await call.process.leave()
    await call.leaving()
    const result = await attemptOnce(service, call)
    if ('answer' in result) return result.answer
    const { error, mayRetry } = result
    if (!mayRetry || attempt === (call.attempts ?? defaultAttempts)) throw error
    await service.time.sleep(service.random.int(backoffMs * attempt), call.signal)
    await call.process.arrive()
  }
}

type Attempt<T> = { readonly answer: T } | { readonly error: Error; readonly mayRetry: boolean }

async function attemptOnce<T>(service: Service, { process, apply, signal }: Call<T>): Promise<Attempt<T>> {
  const { random, time } = service
  const fault = drawFault(service.plan, random)
  await time.sleep(random.chance(0.02) ? random.between(500, 4_500) : random.between(1, 20))
  const done = fault === null || faults[fault].isApplied ? attemptResult(apply) : null
  if (fault !== null) {
    service.told(fault)
    process.faults++
    if (faults[fault].waits) await time.sleep(attemptMs, signal)
  }
  await process.arrive()
  if (signal?.aborted) return { error: failure('AbortError', 'the request was aborted'), mayRetry: false }
  if (fault === null && done !== null) return done
  return { error: errorOf(fault ?? 'refused', service.name), mayRetry: fault !== 'refused' }
}

function attemptResult<T>(apply: () => T): Attempt<T> {
  try {
    return { answer: apply() }
  } catch (error) {
    return { error: error as Error, mayRetry: false }
  }
}

function errorOf(fault: Fault, service: string): Error {
  switch (fault) {
    case 'throttled':
      return failure('ThrottlingException', `${service}: too many requests`, 400)
    case 'refused':
      return failure('AccessDeniedException', `${service}: not allowed`, 400)
    case 'connection lost before it was sent':
    case 'answer lost':
      return Object.assign(new Error(`${service}: read ECONNRESET`), { code: 'ECONNRESET' })
    case 'timed out, not done':
    case 'timed out, done':
      return failure('TimeoutError', `${service}: no answer within ${attemptMs} ms`)
  }
}

/** An error as the SDK gives it. */
export function failure(name: string, message: string, status?: number): Error {
  const metadata = status === undefined ? {} : { $metadata: { httpStatusCode: status } }
  return Object.assign(new Error(message), { name, ...metadata })
}
