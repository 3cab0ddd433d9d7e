import type { Claim } from '../../core/following/claims.ts'
import { type Clause, renderClauses } from '../../core/following/clauses.ts'
import { definitionsFor } from '../../core/following/definitions.ts'
import type { FollowerPorts } from '../../cycle/ports/following.ts'

/** Up to this many zones are judged one by one, more all at once (behaviour §12.1). */
const maxOneByOne = 8
/** More would only take processors away from the name server. */
const atOnce = 2

/** A zone's file that is set aside, and the options that its clause will have. */
export interface StagedZone {
  readonly claim: Claim
  readonly path: string
  readonly options: string
}

type Ports = Pick<FollowerPorts, 'checks' | 'folder' | 'progress'>

/** What the name server's own checks say of each staged zone: null where nothing is wrong, else why it is refused. */
export async function judgeZones(
  staged: readonly StagedZone[],
  { checks, folder, progress }: Ports,
): Promise<ReadonlyMap<string, string | null>> {
  const zones = staged.map(({ claim, path }) => ({ zone: claim.zone, file: path }))
  if (staged.length > maxOneByOne) {
    progress('checking zones', 0, staged.length)
    const clauses = staged.map(({ claim, path, options }) => ({ zone: claim.zone, file: path, options }))
    const verdicts = await checks.zones(zones, { file: await stageConf(folder, 'zones.conf', clauses) })
    progress('checking zones', staged.length, staged.length)
    return verdicts
  }
  const verdicts = new Map<string, string | null>()
  for (let from = 0; from < zones.length; from += atOnce) {
    const some = zones.slice(from, from + atOnce)
    const found = await Promise.all(some.map(zone => checks.zone(zone)))
    for (const [at, { zone }] of some.entries()) verdicts.set(zone, found[at] ?? null)
  }
  return verdicts
}

/** Why the name server would refuse these clauses; null where it would not. */
export async function judgeClauses(
  clauses: readonly Clause[],
  { checks, folder }: Pick<Ports, 'checks' | 'folder'>,
): Promise<string | null> {
  return checks.conf({ file: await stageConf(folder, 'edgemanage.conf', clauses) })
}

/** Clauses as a configuration of their own, behind stand-ins for what their options refer to. */
function stageConf(folder: Ports['folder'], name: string, clauses: readonly Clause[]): Promise<string> {
  const definitions = definitionsFor(clauses.map(({ options }) => options))
  return folder.stage(name, definitions + renderClauses(clauses))
}
