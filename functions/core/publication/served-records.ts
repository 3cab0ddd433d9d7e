import { maxAskedNames } from '../config/asked-servers.ts'
import { byName } from '../domain/model.ts'
import type { Pushed } from '../state/network-state.ts'
import type { ServedRow, ServedSeen } from '../state/served-seen.ts'
import type { RecordSet } from '../zone/record-set.ts'
import { type AnswersOf, type Finding, listOf } from './served.ts'

/** The records of one zone as Route 53 was last given them and confirmed it. */
export interface ExpectedRecords {
  readonly zone: string
  readonly hostedZone: string
  readonly sets: readonly RecordSet[]
}

/** The addresses that a name server has for each of some record sets, in their order, or why it says nothing. */
export type RecordsAnswer = { readonly values: readonly (readonly string[])[] } | { readonly trouble: string }

/** What Route 53 has of all zones of which that is known for sure (behaviour §12). `pushed`: as it is after this cycle. */
export function expectedRecords(pushed: ReadonlyMap<string, Pushed>): ExpectedRecords[] {
  return [...pushed].flatMap(([zone, { hostedZone, sets, attempted, due }]) => {
    const isSure = due === null && attempted.length === 0 && sets.length > 0
    return isSure && hostedZone !== null ? [{ zone, hostedZone, sets: setsToAsk(zone, sets) }] : []
  })
}

function setsToAsk(zone: string, sets: readonly RecordSet[]): RecordSet[] {
  const others = [...new Set(sets.map(({ name }) => name))].filter(name => name !== `${zone}.`).sort(byName)
  const names = [`${zone}.`, ...others].slice(0, maxAskedNames)
  return names.flatMap(name => sets.filter(set => set.name === name))
}

/**
 * What was found at Route 53's own name servers. `servers`: by hosted zone, as far as Route 53 told them; where it did not,
 * what was known of a zone stays.
 */
export function recordFindings(
  expected: readonly ExpectedRecords[],
  servers: ReadonlyMap<string, readonly string[]>,
  answers: AnswersOf<RecordsAnswer>,
  { late }: ServedSeen,
): Finding[] {
  return expected.flatMap(one => {
    const { zone, hostedZone } = one
    const remembered = () => late.filter(row => row.zone === zone && row.hostedZone === hostedZone)
    const names = servers.get(hostedZone) ?? remembered().map(({ server }) => server)
    return names.map(server => {
      const answer = answers.get(server)?.get(zone)
      return { server, zone, hostedZone, row: answer === undefined ? undefined : rowOf(server, one, answer) }
    })
  })
}

/** How a server's answer differs from what Route 53 was given; null where it does not. */
function rowOf(server: string, { zone, hostedZone, sets }: ExpectedRecords, answer: RecordsAnswer): ServedRow | null {
  const row = { server, hostedZone, zone, serial: null }
  if ('trouble' in answer) return { ...row, state: 'unreachable', detail: answer.trouble }
  for (const [at, { name, type, values }] of sets.entries()) {
    const [has, wanted] = [listOf(answer.values[at] ?? []), listOf(values)]
    if (has === wanted) continue
    const detail = `at ${name.replace(/\.$/, '')} it has the ${type} records ${has || '(none)'}, not ${wanted}`
    return { ...row, state: 'stale', detail }
  }
  return null
}
