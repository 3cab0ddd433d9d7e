import { claimsOf } from '../../core/following/claims.ts'
import { zonesInClauses } from '../../core/following/clauses.ts'
import type { NetworkSight } from '../../core/following/pass-report.ts'
import type { Sighted } from '../../core/following/plan.ts'
import { type FileInPlace, type FollowerState, freshState, parseState } from '../../core/following/state.ts'
import { inParallel } from '../../cycle/flow/pool.ts'
import type { FollowerPorts, ServedFolder } from '../../cycle/ports/following.ts'
import { judgeClauses } from './judge-zones.ts'
import { type Followed, readManifests } from './read-manifests.ts'

const atOnce = 8

/** What a pass goes by, and the texts that are in place. */
export interface Look {
  readonly sighted: Sighted
  readonly sights: readonly NetworkSight[]
  readonly stateText: string | null
  readonly clausesText: string | null
}

/** Looks at the state, the manifests and the files in place; changes nothing but what was left aside. */
export async function look(followed: Followed, catalog: string | null, ports: FollowerPorts): Promise<Look> {
  const { folder, published } = ports
  const [stateText, clausesText] = [await folder.read('state'), await folder.read('clauses')]
  const named = zonesInClauses(clausesText)
  const state = parseState(stateText) ?? freshState(named ?? [])
  await folder.clearStage()
  const { networks, sights } = await readManifests(followed, state.networks, published, options =>
    judgeClauses([{ zone: 'options.invalid', file: folder.pathOf('options.invalid'), options }], ports),
  )
  const claims = claimsOf(networks, catalog)
  const inPlace = await filesInPlace([...new Set([...state.zones.keys(), ...claims.wanted.keys()])], state, folder)
  const unread = new Set(sights.flatMap(({ network, manifest }) => (manifest === 'unreadable' ? [network] : [])))
  return { sighted: { state, named, networks, unread, claims, inPlace }, sights, stateText, clausesText }
}

/** The files in place; one that is as it was left is not read. */
async function filesInPlace(
  zones: readonly string[],
  state: FollowerState,
  folder: ServedFolder,
): Promise<ReadonlyMap<string, FileInPlace>> {
  const stamps = await folder.stamps(zones)
  const found = new Map<string, FileInPlace>()
  await inParallel(
    zones,
    atOnce,
    () => false,
    async zone => {
      const known = state.zones.get(zone)
      const stamp = stamps.get(zone)
      if (stamp === undefined) return
      const file = known?.stamp === stamp ? known : await folder.look(zone)
      if (file !== null) found.set(zone, { sha256: file.sha256, stamp: file.stamp })
    },
  )
  return found
}
