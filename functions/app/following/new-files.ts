import type { ZoneFault } from '../../core/following/claims.ts'
import { filesToFetch, type Judged } from '../../core/following/plan.ts'
import type { FollowerPorts } from '../../cycle/ports/following.ts'
import { fetchZones } from './fetch-zones.ts'
import { judgeZones } from './judge-zones.ts'
import type { Look } from './look.ts'

/** Fetches, verifies and judges what differs. */
export async function newFiles(
  { sighted }: Look,
  now: number,
  ports: FollowerPorts,
): Promise<{ readonly judged: Judged; readonly failed: readonly ZoneFault[] }> {
  const { fetch, refused: before } = filesToFetch(sighted, now)
  const { paths, faults } = await fetchZones(fetch, ports)
  const optionsOf = (network: string) => sighted.networks.get(network)?.options ?? ''
  const staged = fetch.flatMap(claim => {
    const path = paths.get(claim.zone)
    return path === undefined ? [] : [{ claim, path, options: optionsOf(claim.network) }]
  })
  const verdicts = await judgeZones(staged, ports)
  const bad = staged.filter(({ claim }) => verdicts.get(claim.zone) !== null)
  const reasonOf = (zone: string) => verdicts.get(zone) ?? 'it was not judged'
  const good = staged.filter(one => !bad.includes(one)).map(({ claim }) => [claim.zone, claim] as const)
  const refused = bad.map(
    ({ claim: { zone, sha256 } }) => [zone, { sha256, reason: reasonOf(zone), since: now }] as const,
  )
  const failed = fetch.flatMap(({ zone, network }) => {
    const reason = faults.get(zone) ?? (paths.has(zone) ? verdicts.get(zone) : null)
    return reason === null || reason === undefined ? [] : [{ zone, network, reason }]
  })
  return {
    judged: { good: new Map(good), refused: new Map(refused) },
    failed: [...sighted.claims.faults, ...before, ...failed],
  }
}
