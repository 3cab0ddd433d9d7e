import { counted, oneLine } from '../domain/printable.ts'
import { spanWords } from '../domain/time-words.ts'
import { type PassReport, troubleLines } from '../following/pass-report.ts'
import { type Checked, statusOf, type Thresholds, unknown, worstOf } from './check.ts'
import { parseRange } from './nagios-range.ts'

/** After how many missing passes a follower is late, and too late; the least that is, in seconds, as clocks and passes vary. */
const lateAfter = { warn: 3, crit: 10 }
const atLeast = { warn: 120, crit: 600 }

/** The report of the last pass that a text holds; null where it is missing or damaged. */
export function parsePassReport(text: string | null): PassReport | null {
  try {
    const value = JSON.parse(text ?? '')
    const lists = [value.networks, value.failed, value.missing, value.kept, value.warnings, value.waiting.zones]
    const isSound = lists.every(Array.isArray) && Number.isFinite(Date.parse(value.startedAt))
    return isSound && Number.isFinite(value.zones) ? value : null
  } catch {
    return null
  }
}

/** The thresholds of the age of the last pass, in seconds: those given, or by how often passes come. A text: a wrong range. */
export function ageThresholds(
  report: PassReport | null,
  given: { readonly warning?: string | undefined; readonly critical?: string | undefined },
): Thresholds | string {
  const every = report?.everySeconds ?? 0
  const warn = given.warning ?? String(Math.max(atLeast.warn, lateAfter.warn * every))
  const crit = given.critical ?? String(Math.max(atLeast.crit, lateAfter.crit * every))
  const ranges = { warn: parseRange(warn), crit: parseRange(crit) }
  const wrong = ranges.warn === null ? warn : ranges.crit === null ? crit : null
  return wrong === null ? ranges : `"${oneLine(wrong, 100)}" is not a range: write 10, 10:, ~:10, 10:20 or @10:20`
}

/** How a follower does (`check follower`): how old its last pass is; zones that failed and reloads that wait are a warning. */
export function followerCheck(report: PassReport | null, now: number, thresholds: Thresholds): Checked {
  if (report === null) return unknown('no pass of a follower has finished there')
  const seconds = Math.max(0, Math.floor((now - Date.parse(report.startedAt)) / 1000))
  const trouble = troubleLines(report)
  const waiting = report.waiting.zones.length + Number(report.waiting.reconfig)
  const count = (name: string, value: number) => ({ name, value, unit: '' as const, thresholds: null })
  return {
    status: worstOf([statusOf(seconds, thresholds), trouble.length > 0 ? 'WARN' : 'OK']),
    text: [`last pass ${spanWords(seconds * 1000)} ago, ${counted(report.zones, 'zone')}`, ...trouble].join('; '),
    figures: [
      { name: 'age', value: seconds, unit: 's', thresholds },
      count('zones', report.zones),
      count('failed', report.failed.length),
      count('missing', report.missing.length),
      count('kept', report.kept.length),
      count('waiting', waiting),
    ],
  }
}
