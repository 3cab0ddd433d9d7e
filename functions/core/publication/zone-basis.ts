import type { Network, ZoneSource } from '../config/network.ts'
import { countOf } from '../config/problem.ts'
import { counted, firstOf } from '../domain/printable.ts'
import { neverPublished, type ZoneRecord } from '../state/network-state.ts'
import { makerOfZones } from './making.ts'

/** What was found in the bucket for a zone whose record is missing or whose include is broken. */
export type ReadBack = { readonly status: 'read'; readonly text: string | null } | { readonly status: 'unreadable' }

/** This many errors of an include are told as a zone's reason. */
const maxReasons = 3

/** What the includes of a network's zones are found in. */
export interface BasisFacts {
  readonly network: Network
  readonly records: ReadonlyMap<string, ZoneRecord>
  readonly readBack: ReadonlyMap<string, ReadBack>
}

/** The include that a zone is to be made with, or why it has none; `unread`: the published zone would have to be read. */
type Basis = { readonly include: string } | { readonly fault: string } | { readonly unread: true }

/** What a zone is made with; `found`: what was read back of it, where that was needed (behaviour §7.5). */
export function basisOf(
  { name, include, errors, publishable }: ZoneSource,
  found: ReadBack | undefined,
  network: Network,
): Basis {
  if (include !== null) return { include }
  const messages = errors.map(error => error.message)
  const rest = countOf(errors.slice(maxReasons))
  const why = firstOf(messages, maxReasons, () => `and ${counted(rest, 'more error')}`).join('; ')
  if (!publishable) return { fault: why }
  if (found?.status !== 'read') return { unread: true }
  const earlier = found.text === null ? null : earlierInclude(name, found.text, network)
  return earlier === null ? { fault: `${why}; there is no earlier include to use instead` } : { include: earlier }
}

/** Why zones are invalid, by name: the same, whether anything is published or not (behaviour §7.5). */
export function invalidZones({ network, records, readBack }: BasisFacts): Map<string, string> {
  const invalid = new Map<string, string>()
  for (const source of network.zones) {
    const found = readBack.get(source.name)
    const record = records.get(source.name) ?? lostRecord(found)
    const basis = basisOf(source, found, network)
    if (record !== null && 'fault' in basis) invalid.set(source.name, basis.fault)
  }
  return invalid
}

/** The record of a zone that has none, by its published file (behaviour §8.5); null where that was not read. */
export function lostRecord(found: ReadBack | undefined): ZoneRecord | null {
  if (found?.status !== 'read') return null
  return { ...neverPublished, serial: makerOfZones().lastSerialIn(found.text), orphaned: false }
}

/** The include of the published zone, where a zone that is made with it would still load (behaviour §7.5). */
function earlierInclude(zone: string, text: string, { settings }: Network): string | null {
  const { includeContext, lastGoodInclude } = makerOfZones()
  return lastGoodInclude(text, includeContext(zone, settings))
}
