import { messageOf } from '../../core/domain/message.ts'
import { counted } from '../../core/domain/printable.ts'
import { type Asking, type Finding, zonesToAsk } from '../../core/publication/served.ts'
import { type ExpectedRecords, type RecordsAnswer, recordFindings } from '../../core/publication/served-records.ts'
import type { ServedSeen } from '../../core/state/served-seen.ts'
import { askingMs, withinTime } from '../flow/asking-time.ts'
import { inParallel } from '../flow/pool.ts'
import type { Ports, RecordsPort } from '../ports/ports.ts'
import { type Calls, pacedCalls, timeIsOver } from './calls.ts'

/** Each has four name servers. */
const zonesAtOnce = 16

/** By port: the name servers of hosted zones that were told once. They stay the same for as long as a hosted zone is there. */
const told = new WeakMap<RecordsPort, Map<string, readonly string[]>>()

/** What is left of the cycle's time, and its share of Route 53's rate in requests a second. */
export interface AskingLimit {
  readonly leftMs: number
  readonly rate: number
}

/**
 * Asks Route 53's own name servers whether they have the records that were pushed, of the zones whose turn it is, in at most
 * 5 s. Which they are is asked once for each hosted zone. Never rejects: what Route 53 did not tell is a warning.
 */
export async function askNameServers(
  expected: readonly ExpectedRecords[],
  seen: ServedSeen,
  asking: Omit<Asking, 'servers'>,
  { leftMs, rate }: AskingLimit,
  ports: Pick<Ports, 'records' | 'askRecords' | 'clock' | 'sleep'>,
): Promise<{ readonly findings: readonly Finding[]; readonly warnings: readonly string[] }> {
  const { records, askRecords, clock } = ports
  const answers = new Map<string, Map<string, RecordsAnswer>>()
  const { known, serversOf, troubles } = lookUps(
    records,
    pacedCalls(records, { endsAt: clock() + askingMs(leftMs), rate }, ports),
  )
  const askAll = (signal: AbortSignal) =>
    inParallel(
      zonesToAsk(expected, seen, asking),
      zonesAtOnce,
      () => signal.aborted,
      async ({ zone, hostedZone, sets }) => {
        const servers = await serversOf(hostedZone)
        const each = servers.map(async server => [server, await askRecords?.(server, sets, signal)] as const)
        for (const [server, answer] of await Promise.all(each)) {
          if (answer === undefined || signal.aborted) continue
          answers.set(server, (answers.get(server) ?? new Map<string, RecordsAnswer>()).set(zone, answer))
        }
      },
    )
  if (askRecords !== undefined && leftMs > 0) await withinTime(leftMs, ports, askAll)
  return { findings: recordFindings(expected, known, answers, seen), warnings: warningsOf(troubles()) }
}

/** The name servers of hosted zones, each looked up once in the life of the port, and why some are not known so far. */
function lookUps(records: RecordsPort, calls: Calls) {
  const known = told.get(records) ?? new Map<string, readonly string[]>()
  told.set(records, known)
  const trouble = new Map<string, string>()
  const [pending, wasKnown] = [new Set<string>(), known.size]
  const serversOf = async (hostedZone: string): Promise<readonly string[]> => {
    pending.add(hostedZone)
    try {
      const servers = known.get(hostedZone) ?? (await calls.nameServers(hostedZone))
      known.set(hostedZone, servers)
      return servers
    } catch (error) {
      trouble.set(hostedZone, messageOf(error))
      return []
    } finally {
      pending.delete(hostedZone)
    }
  }
  // Where Route 53 told something, the others only wait for their turn.
  const silent = () => (known.size === wasKnown ? [...pending] : [])
  const troubles = () => new Map([...trouble, ...silent().map(id => [id, 'Route 53 gave no answer in time'] as const)])
  return { known, serversOf, troubles }
}

/** One warning for all hosted zones whose name servers are not known; those that time was too short for get their turn. */
function warningsOf(trouble: ReadonlyMap<string, string>): string[] {
  const [first, ...others] = [...trouble].filter(([, why]) => why !== timeIsOver)
  if (first === undefined) return []
  const more = others.length === 0 ? '' : ` and ${counted(others.length, 'more hosted zone')}`
  return [`the name servers of hosted zone ${first[0]}${more} are not known, and not asked: ${first[1]}`]
}
