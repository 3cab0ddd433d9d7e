import { byName } from '../domain/model.ts'
import { isGreaterSerial } from '../zone/serial.ts'
import type { Claim, Claims, ZoneFault } from './claims.ts'
import { type Leaving, leavingOf } from './leaving.ts'
import { bothWaiting } from './requests.ts'
import type { FileInPlace, FollowerState, KnownNetwork, PlacedZone, Refusal, Waiting } from './state.ts'

/** A refused content is judged again after this long: the check itself may be another by then. Milliseconds. */
const judgedAgainMs = 3_600_000

/** What a pass has seen before it changes anything. */
export interface Sighted {
  readonly state: FollowerState
  /** The zones of the clauses in place; null where they were lost, or never written. */
  readonly named: readonly string[] | null
  readonly networks: ReadonlyMap<string, KnownNetwork>
  /** Networks whose manifest could not be read this time: what is known of them may be out of date. */
  readonly unread: ReadonlySet<string>
  readonly claims: Claims
  /** By zone. */
  readonly inPlace: ReadonlyMap<string, FileInPlace>
}

/** The files that differ from what the manifests want: those to fetch, and those that were refused and still are. */
export function filesToFetch(
  { state, unread, claims, inPlace }: Sighted,
  now: number,
): { readonly fetch: readonly Claim[]; readonly refused: readonly ZoneFault[] } {
  const fetch: Claim[] = []
  const refused: ZoneFault[] = []
  for (const claim of claims.wanted.values()) {
    const { zone, network, sha256 } = claim
    if (inPlace.get(zone)?.sha256 === sha256) continue
    const refusal = state.refused.get(zone)
    const isKnown = refusal?.sha256 === sha256 && Math.abs(now - refusal.since) < judgedAgainMs
    const isPassed = unread.has(network) && isOlder(claim, state.zones.get(zone))
    if (isPassed)
      refused.push({
        zone,
        network,
        reason: 'another network has published it later, and the manifest of this one cannot be read',
      })
    else if (isKnown) refused.push({ zone, network, reason: refusal.reason })
    else fetch.push(claim)
  }
  return { fetch, refused }
}

/**
 * Whether a zone was placed for another network with a greater serial: then a claim that nobody could look at again was
 * given up since. Serials never go back.
 */
function isOlder({ network, serial }: Claim, placed: PlacedZone | undefined): boolean {
  if (placed === undefined || placed.network === '' || placed.network === network) return false
  return isGreaterSerial(placed.serial, serial)
}

/** What came of the files that were fetched. */
export interface Judged {
  /** Those to put in place, by zone. */
  readonly good: ReadonlyMap<string, Claim>
  /** Those that the name server's own check refused, by zone. */
  readonly refused: ReadonlyMap<string, Refusal>
}

export interface PlanLimits {
  readonly now: number
  readonly graceMs: number
  readonly yes: boolean
}

/** What a pass is about to do. */
export interface Plan extends Leaving {
  /** The zones that get a clause, by name, each with the network whose options it has; empty: none is known. */
  readonly members: ReadonlyMap<string, string>
  /** Nobody knows what the server has, and nothing is there to give it: the clauses stay away (behaviour §12.2). */
  readonly isBlind: boolean
  /** Zones that are to be reloaded, as the server may have them loaded already. */
  readonly reloads: readonly string[]
  readonly refused: ReadonlyMap<string, Refusal>
}

/** Who has a clause after this pass, who leaves, and what the server is to reload. */
export function planOf(sighted: Sighted, { good, refused }: Judged, { now, graceMs, yes }: PlanLimits): Plan {
  const { state, named, networks, claims, inPlace } = sighted
  // Where the clauses were lost, a zone without a file may be one that was about to be placed, and never was.
  const before =
    named?.filter(zone => state.zones.has(zone)) ?? [...state.zones.keys()].filter(zone => inPlace.has(zone))
  // Of a network that was never read nobody knows what it has: meanwhile no zone counts as missing.
  const areAllKnown = [...networks.values()].every(({ etag }) => etag !== null)
  const held = areAllKnown ? claims.held : new Set(before)
  const leaving = leavingOf({ members: before, held, missing: state.missing, now, graceMs, yes })
  const left = new Set(leaving.leaving)
  const there = [...claims.wanted.keys()].filter(zone => inPlace.has(zone) || good.has(zone))
  const zones = [...new Set([...before.filter(zone => !left.has(zone)), ...there])].sort(byName)
  const isKnownToServer = (zone: string) => named === null || state.waiting.reconfig || named.includes(zone)
  return {
    ...leaving,
    members: new Map(zones.map(zone => [zone, networkOf(sighted, zone)])),
    isBlind: named === null && zones.length === 0 && (!areAllKnown || claims.wanted.size > 0),
    reloads: [...good.keys()].filter(isKnownToServer),
    refused: stillRefused(new Map([...state.refused, ...refused]), claims),
  }
}

/** The network of a zone that is wanted or known. */
function networkOf({ state, claims }: Sighted, zone: string): string {
  return (claims.wanted.get(zone) ?? (state.zones.get(zone) as PlacedZone)).network
}

function stillRefused(refused: ReadonlyMap<string, Refusal>, { wanted }: Claims): ReadonlyMap<string, Refusal> {
  return new Map([...refused].filter(([zone, { sha256 }]) => wanted.get(zone)?.sha256 === sha256))
}

/** What the server is to be asked for once everything is in place; of zones, only those that have a clause. */
export function waitingFor(
  { state }: Sighted,
  { members, reloads }: Plan,
  changes: Waiting,
  catalog: string | null,
): Waiting {
  const all = bothWaiting(bothWaiting(state.waiting, changes), { reconfig: false, zones: reloads })
  const isAsked = (zone: string) => members.has(zone) || zone === catalog
  return { reconfig: all.reconfig, zones: all.zones.filter(isAsked) }
}

/** The zones of the state and those that are about to be placed: a pass that is killed then leaves no file unknown. */
export function zonesIntended({ zones }: FollowerState, { good }: Judged): ReadonlyMap<string, PlacedZone> {
  const coming = [...good].map(
    ([zone, { network, serial }]) => [zone, { sha256: '', stamp: '', network, serial }] as const,
  )
  return new Map([...zones, ...coming])
}

/** The zones whose files are kept after this pass: those with a clause, and those that the manifests want. */
export function zonesAfter(
  sighted: Sighted,
  { members }: Plan,
  stamps: ReadonlyMap<string, string>,
): { readonly zones: ReadonlyMap<string, PlacedZone>; readonly unused: readonly string[] } {
  const { state, claims, inPlace } = sighted
  const zones = new Map<string, PlacedZone>()
  const unused: string[] = []
  for (const zone of [...new Set([...state.zones.keys(), ...claims.wanted.keys()])].sort(byName)) {
    const claim = claims.wanted.get(zone)
    const known = state.zones.get(zone)
    const stamp = stamps.get(zone)
    const found = inPlace.get(zone)
    const origin = { network: claim?.network ?? '', serial: claim?.serial ?? 0 }
    const isClaimed = found !== undefined && found.sha256 === claim?.sha256
    const { network, serial } = isClaimed || known === undefined ? origin : known
    if (!members.has(zone) && claim === undefined) unused.push(zone)
    else if (stamp !== undefined && claim !== undefined) zones.set(zone, { sha256: claim.sha256, stamp, ...origin })
    else if (found !== undefined) zones.set(zone, { ...found, network, serial })
    else if (known !== undefined) zones.set(zone, known)
  }
  return { zones, unused }
}
