import { InvalidArgumentError } from 'commander'
import type { ManageFlags } from '../../app/network-flags.ts'
import { UsageError } from '../../core/domain/errors.ts'
import { keptHours, maxRunSeconds, minStartsApartSeconds } from '../../core/domain/limits.ts'
import { logKeptSeconds } from '../../core/inspect/log-entry.ts'

/** A run has at least so much time. */
export const minRunSeconds = 30
const maxIntervalSeconds = 86_400

/** The argument of `--every`: whole seconds, from 1 to a day. */
export function parseEvery(text: string): number {
  return wholeSeconds(text, 1, maxIntervalSeconds)
}

/** The argument of `--max-seconds` (behaviour §8.1). */
export function parseMaxSeconds(text: string): number {
  return wholeSeconds(text, minRunSeconds, maxRunSeconds)
}

/** The argument of `--serve`: a port, or 0 for any that is free. */
export function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw new InvalidArgumentError('It takes a port, from 0 (any that is free) to 65535.')
}

/** The argument of `--hours`: as many hourly averages are kept (behaviour §2.3). */
export function parseHours(text: string): number {
  return wholeNumber(text, 1, keptHours)
}

const sinceUnits = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** The argument of `--since`, in milliseconds: 90s, 15m, 12h, 3d; at most as far back as the log is kept. */
export function parseSince(text: string): number {
  const [, digits, unit] = /^(\d{1,7})([smhd])$/.exec(text) ?? []
  const ms = Number(digits) * sinceUnits[unit as keyof typeof sinceUnits]
  if (ms > 0 && ms <= logKeptSeconds * 1000) return ms
  throw new InvalidArgumentError(`It takes a span such as 90s, 15m, 12h or 3d, at most ${logKeptSeconds / 86_400}d.`)
}

/** The argument of a flag that takes a whole number above 0. */
export function parseWhole(text: string): number {
  return wholeNumber(text, 1, 100_000)
}

/** The argument of `--grace`: whole seconds, up to 30 days. */
export function parseGrace(text: string): number {
  return wholeSeconds(text, 0, 30 * 86_400)
}

/** Values of a flag that may be given several times. */
export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text]
}

/** The argument of `--limit`. */
export function parseLimit(text: string): number {
  return wholeNumber(text, 1, 1000)
}

function wholeNumber(text: string, least: number, most: number): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (count >= least && count <= most) return count
  throw new InvalidArgumentError(`It takes a whole number, from ${least} to ${most}.`)
}

function wholeSeconds(text: string, least: number, most: number): number {
  const seconds = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN
  if (seconds >= least && seconds <= most) return seconds
  throw new InvalidArgumentError(`It takes whole seconds, from ${least} to ${most}.`)
}

/** Throws `UsageError` where flags do not go together. */
export function checkManageFlags({ every, force, dryRun, detailedExitcode }: ManageFlags): void {
  if (detailedExitcode === true && dryRun !== true) throw new UsageError('--detailed-exitcode needs --dry-run')
  if (detailedExitcode === true && every !== undefined)
    throw new UsageError('--detailed-exitcode and --every cannot be used together')
  if (every !== undefined && every < minStartsApartSeconds && force !== true) {
    throw new UsageError(`--every under ${minStartsApartSeconds} needs --force: cycles would start too soon`)
  }
}
