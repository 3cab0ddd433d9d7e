import { byName } from '../domain/model.ts'
import type { ServedRow, ServedSeen } from '../state/served-seen.ts'
import { isGreaterSerial } from '../zone/serial.ts'

/** What a name server says of a zone, or why it says nothing. */
export type ServedAnswer =
  | { readonly serial: number; readonly addresses: readonly string[] }
  | { readonly trouble: string }

/** A zone as it was published and confirmed. */
export interface Expected {
  readonly zone: string
  readonly serial: number
  readonly addresses: readonly string[]
}

/** How to ask (settings `served`), and when: milliseconds. `turn` grows with every cycle. */
export interface Asking {
  readonly servers: readonly string[]
  readonly graceSeconds: number
  readonly sample: number
  readonly now: number
  readonly turn: number
}

/** This many stale or unreachable pairs are remembered. */
const maxLate = 500

/** The zones to ask about: what was published lately or is late somewhere, and some of the others in turn. */
export function zonesToAsk<T extends { readonly zone: string }>(
  expected: readonly T[],
  seen: ServedSeen,
  asking: Omit<Asking, 'servers'>,
): T[] {
  const { sample, turn } = asking
  const urgent = new Set([...seen.waiting, ...seen.late.map(({ zone }) => zone)])
  const isUrgent = ({ zone }: T) => urgent.has(zone) || isFresh(zone, seen, asking)
  const others = expected.filter(one => !isUrgent(one))
  const taken = rotated(others, turn * sample).slice(0, sample)
  return [...rotated(expected.filter(isUrgent), turn * sample), ...taken]
}

function rotated<T>(items: readonly T[], by: number): T[] {
  const at = items.length === 0 ? 0 : by % items.length
  return [...items.slice(at), ...items.slice(0, at)]
}

function isFresh(
  zone: string,
  { published }: ServedSeen,
  { now, graceSeconds }: Pick<Asking, 'now' | 'graceSeconds'>,
): boolean {
  return now - (published.get(zone) ?? Number.NEGATIVE_INFINITY) <= graceSeconds * 1000
}

/** Answers of a cycle, by server and zone; who was not asked, or not in time, is missing. */
export type AnswersOf<T> = ReadonlyMap<string, ReadonlyMap<string, T>>
export type Answers = AnswersOf<ServedAnswer>

/** What a cycle found at one name server about one zone. */
export interface Finding {
  readonly server: string
  readonly zone: string
  readonly hostedZone?: string
  /** Null where it is as published; undefined where the server was not asked, or not in time. */
  readonly row: ServedRow | null | undefined
}

/** What was found at the servers of the settings. */
export function fileFindings(expected: readonly Expected[], answers: Answers, servers: readonly string[]): Finding[] {
  return servers.flatMap(server =>
    expected.map(one => {
      const answer = answers.get(server)?.get(one.zone)
      return { server, zone: one.zone, row: answer === undefined ? undefined : rowOf(server, one, answer) }
    }),
  )
}

/** What is known of the name servers after these findings; `seen` has the times of what was published just now. */
export function servedAfter(
  findings: readonly Finding[],
  seen: ServedSeen,
  asking: Pick<Asking, 'now' | 'graceSeconds'>,
): ServedSeen {
  const before = new Map(seen.late.map(row => [keyOf(row), row]))
  const late: ServedRow[] = []
  const waiting = new Set<string>()
  for (const finding of findings) {
    const row = finding.row === undefined ? before.get(keyOf(finding)) : finding.row
    if (row === undefined || row === null) continue
    // Who does not answer is unreachable at once; who lags has the grace.
    if (row.state === 'stale' && isFresh(row.zone, seen, asking)) waiting.add(row.zone)
    else late.push(row)
  }
  const published = new Map([...seen.published].filter(([zone]) => isFresh(zone, seen, asking)))
  return { published, waiting: [...waiting].sort(byName), late: late.slice(0, maxLate) }
}

function keyOf({ server, zone, hostedZone = '' }: Pick<ServedRow, 'server' | 'zone' | 'hostedZone'>): string {
  return `${server} ${zone} ${hostedZone}`
}

/** How a server's answer differs from what was published; null where it does not. */
function rowOf(server: string, { zone, serial, addresses }: Expected, answer: ServedAnswer): ServedRow | null {
  if ('trouble' in answer) return { server, zone, state: 'unreachable', serial: null, detail: answer.trouble }
  const row = { server, zone, state: 'stale' as const, serial: answer.serial }
  if (isGreaterSerial(serial, answer.serial)) return { ...row, detail: `it has serial ${answer.serial}, not ${serial}` }
  const [has, wanted] = [listOf(answer.addresses), listOf(addresses)]
  return has === wanted ? null : { ...row, detail: `it has the addresses ${has || '(none)'}, not ${wanted}` }
}

/** Addresses in one order, whatever the order they came in. */
export function listOf(addresses: readonly string[]): string {
  return [...addresses].sort(byName).join(' ')
}

/** One warning for each server and state. */
export function servedWarnings(late: readonly ServedRow[]): string[] {
  const groups = new Map<string, ServedRow[]>()
  for (const row of late) {
    const key = `${row.server} ${row.state} ${row.hostedZone !== undefined}`
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()].map(rows => {
    const [{ server, hostedZone, state, zone, detail } = rows[0] as ServedRow] = rows
    const whose = hostedZone === undefined ? 'name server' : "Route 53's name server"
    const rest = rows.length === 1 ? '' : ` and ${rows.length - 1} more`
    const what = state === 'stale' ? 'is stale for' : 'gives no answer for'
    return `${whose} ${server} ${what} ${zone}${rest}: ${detail}`
  })
}

/** How many name servers are stale or unreachable for some zone. */
export function countServers(late: readonly ServedRow[]): number {
  return new Set(late.map(({ server }) => server)).size
}

/** What began and what ended between two cycles. */
export function servedChanges(before: readonly ServedRow[], after: readonly ServedRow[]) {
  const keys = (rows: readonly ServedRow[]) => new Set(rows.map(row => `${keyOf(row)} ${row.state}`))
  const [was, is] = [keys(before), keys(after)]
  return {
    began: after.filter(row => !was.has(`${keyOf(row)} ${row.state}`)),
    ended: before.filter(row => !is.has(`${keyOf(row)} ${row.state}`)),
  }
}
