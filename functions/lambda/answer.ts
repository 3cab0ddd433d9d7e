import type { Report } from '../core/report.ts'

/** What a function may answer, less some room: the platform refuses 6 MB. */
const largestAnswerBytes = 5_500_000

/** The report, with as many zone texts as fit into an answer; a warning counts those left out. */
export function withinAnswer(report: Report): Report {
  let room = largestAnswerBytes - Buffer.byteLength(JSON.stringify({ ...report, zones: [] }))
  let left = 0
  const zones = report.zones.map(zone => {
    const { text, ...rest } = zone
    room -= Buffer.byteLength(JSON.stringify(rest)) + 1
    const bytes = text === undefined ? 0 : Buffer.byteLength(JSON.stringify(text)) + 8
    if (text === undefined || bytes <= room) {
      room -= bytes
      return zone
    }
    left++
    return rest
  })
  if (left === 0) return report
  return { ...report, zones, warnings: [...report.warnings, `the texts of ${left} zones do not fit into this answer`] }
}
