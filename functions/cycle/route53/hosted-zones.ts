import { normalRecordName } from '../../core/zone/record-set.ts'
import { RecordsFault } from '../ports/errors.ts'
import type { HostedZone } from '../ports/ports.ts'
import type { Calls } from './calls.ts'

/**
 * Finds the public hosted zone of a zone. The account's hosted zones are listed when the first zone asks, and once. It
 * throws `RecordsFault`, for that zone alone, where there is none or more than one.
 */
export function hostedZoneFinder(calls: Calls): (zone: string) => Promise<string> {
  let listed: Promise<readonly HostedZone[]> | null = null
  return async zone => {
    listed ??= listAll(calls)
    const found = (await listed).filter(one => !one.isPrivate && normalRecordName(one.name) === `${zone}.`)
    const [first, ...others] = found
    const advice = `say which in edgemanage.yaml: route53.zones: {${zone}: Z…}`
    if (first === undefined) {
      throw new RecordsFault(
        'missing',
        `there is no public hosted zone ${zone} in this account: create it, or ${advice}`,
      )
    }
    if (others.length === 0) return first.id
    const ids = found.map(({ id }) => id).join(', ')
    throw new RecordsFault('missing', `there are ${found.length} public hosted zones ${zone} (${ids}): ${advice}`)
  }
}

async function listAll(calls: Calls): Promise<HostedZone[]> {
  const all: HostedZone[] = []
  let from: string | null = null
  do {
    const page: Awaited<ReturnType<Calls['hostedZones']>> = await calls.hostedZones(from)
    all.push(...page.zones)
    from = page.next
  } while (from !== null)
  return all
}
