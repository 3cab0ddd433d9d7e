import { counted } from '../core/domain/printable.ts'
import type { Report } from '../core/report/report.ts'
import type { Past } from '../cycle/look.ts'

/** What a function may answer, less some room: the platform refuses 6 MB. */
const maxAnswerBytes = 5_500_000
/** What the warnings that say what is left out may take. */
const warningBytes = 1_000

/**
 * The report as it fits into an answer: with as many zone texts as there is room for, then with as many rows of zones,
 * records, edges and canaries, those of zones that are unchanged going first. Warnings count what is left out.
 */
export function withinAnswer(report: Report): Report {
  const { rows: zones, left: texts } = withoutTexts(report)
  if (texts === 0) return withRows(report)
  const shorter = withRows({ ...report, zones })
  const warning = `the texts of ${counted(texts, 'zone')} do not fit into this answer`
  return { ...shorter, warnings: [...shorter.warnings, warning] }
}

function withoutTexts(report: Report): { rows: Report['zones']; left: number } {
  let room = maxAnswerBytes - warningBytes - bytesOf({ ...report, zones: [] })
  let left = 0
  const rows = report.zones.map(zone => {
    const { text, ...rest } = zone
    room -= bytesOf(rest) + 1
    const bytes = text === undefined ? 0 : bytesOf(text) + 8
    if (text === undefined || bytes <= room) {
      room -= bytes
      return zone
    }
    left++
    return rest
  })
  return { rows, left }
}

const lists = ['zones', 'route53', 'edges', 'canaries'] as const

function withRows(report: Report): Report {
  if (bytesOf(report) <= maxAnswerBytes) return report
  let room = maxAnswerBytes - warningBytes - bytesOf({ ...report, zones: [], route53: [], edges: [], canaries: [] })
  const kept: Record<string, readonly object[]> = {}
  const warnings: string[] = []
  // What few readers miss comes last, and finds least room.
  for (const list of lists.toReversed()) {
    const rows = fitting<object>(report[list], room)
    room -= rows.reduce((sum, row) => sum + bytesOf(row) + 1, 0)
    kept[list] = rows
    const left = report[list].length - rows.length
    if (left > 0) warnings.push(`${counted(left, 'row')} of ${list} do not fit into this answer`)
  }
  return { ...report, ...kept, warnings: [...report.warnings, ...warnings] }
}

/** As many rows as fit, in their order; those that say that nothing changed give way to the others. */
function fitting<Row extends object>(rows: readonly Row[], room: number): Row[] {
  let left = room
  const isQuiet = (row: Row) => 'action' in row && row.action === 'unchanged'
  const kept = new Set<Row>()
  for (const row of [...rows.filter(one => !isQuiet(one)), ...rows.filter(isQuiet)]) {
    left -= bytesOf(row) + 1
    if (left < 0) break
    kept.add(row)
  }
  return rows.filter(row => kept.has(row))
}

/** The past of an edge with as many samples as fit, the newest; `omitted` counts older ones, and is missing where none are. */
export function withinPast(past: Past): Past & { readonly omitted?: number } {
  let room = maxAnswerBytes - bytesOf({ ...past, samples: [] })
  let first = past.samples.length
  while (first > 0) {
    room -= bytesOf(past.samples[first - 1] ?? {}) + 1
    if (room < 0) break
    first--
  }
  return first === 0 ? past : { ...past, samples: past.samples.slice(first), omitted: first }
}

/** The rows about edges that fit; `omitted` counts the others, and is missing where there are none. */
export function withinList<Answer extends { readonly edges: readonly object[] }>(
  answer: Answer,
): Answer & { readonly omitted?: number } {
  const edges = fitting(answer.edges, maxAnswerBytes - bytesOf({ ...answer, edges: [] }))
  const omitted = answer.edges.length - edges.length
  return omitted === 0 ? answer : { ...answer, edges, omitted }
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}
