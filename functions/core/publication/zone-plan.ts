import type { ZoneSource } from '../config/network.ts'
import { countOf } from '../config/problem.ts'
import { messageOf } from '../domain/message.ts'
import { counted } from '../domain/printable.ts'
import type { Before, Published, ZoneRecord } from '../state/network-state.ts'
import { hashText } from '../zone/hash.ts'
import { laterSerial, nextSerial } from '../zone/serial.ts'
import { type LiveEdge, withCanary } from './canary.ts'
import { type DriftState, driftReason } from './drift.ts'
import { type Foreign, isNewZone, nobodys } from './handover.ts'
import { makerOfZones, ZoneMakerMissing } from './making.ts'
import { type BasisFacts, basisOf, lostRecord } from './zone-basis.ts'
import { liveAddresses, zoneHash } from './zone-content.ts'

/** What is to happen to one zone. Only a `write` has a text, a hash and a new serial. */
export type ZonePlan = { readonly zone: string; readonly reason: string; readonly warnings: readonly string[] } & (
  | { readonly action: 'write'; readonly record: ZoneRecord; readonly text: string; readonly hash: string }
  | { readonly action: 'keep' | 'wait' | 'invalid'; readonly record: ZoneRecord | null }
)

/** This many errors of an include are told by a cycle. */
const maxErrors = 10

export interface PlanContext extends BasisFacts {
  readonly template: string
  /** Milliseconds. */
  readonly now: number
  /** The live set with its addresses; never empty. */
  readonly live: readonly LiveEdge[]
  /** The address of each zone's passing canary. */
  readonly canaries: ReadonlyMap<string, string>
  readonly forceUpdate: boolean
  /** Zones whose published file is not as it was confirmed (behaviour §7.8); left out: none is known of. */
  readonly drift?: ReadonlyMap<string, DriftState>
  /** The zones that named.conf is known to name, where it had to be read. */
  readonly clauses?: Before['clauses'] | undefined
  /** By zone that is new to the network: what other networks say of it; left out: they have none of them. */
  readonly foreign?: ReadonlyMap<string, Foreign> | undefined
}

/** What is to happen to one zone of the configuration (behaviour §7.2, §7.3, §7.5). */
export function planZone(source: ZoneSource, context: PlanContext): ZonePlan {
  const zone = source.name
  const found = context.readBack.get(zone)
  const record = context.records.get(zone) ?? lostRecord(found)
  const warnings = errorLines(source)
  const basis = basisOf(source, found, context.network)
  if (record === null || 'unread' in basis) {
    const reason = 'the published zone is needed and cannot be read: left as it is until it can'
    return { zone, action: 'wait', record, reason, warnings: [...warnings, `zone ${zone}: ${reason}`] }
  }
  if ('fault' in basis) return invalidPlan(zone, record, basis.fault, warnings)
  const isNew = isNewZone(zone, record, context.clauses)
  const foreign = (isNew ? context.foreign?.get(zone) : undefined) ?? nobodys
  const serialAfter = laterSerial(record.serial, foreign.serial)
  if (foreign.blocked === null) {
    return planText({ source, record, include: basis.include, isNew, serialAfter, warnings }, context)
  }
  const reason = foreign.blocked
  // Whoever has it may have forgotten it by the time that it is free.
  const noted = { ...record, serial: serialAfter }
  return { zone, action: 'wait', record: noted, reason, warnings: [...warnings, `zone ${zone} waits: ${reason}`] }
}

/** A zone that may be published, and what its text is made of. */
interface Publishable {
  readonly source: ZoneSource
  readonly record: ZoneRecord
  readonly include: string
  readonly isNew: boolean
  /** A new serial is later than this one. */
  readonly serialAfter: number
  readonly warnings: readonly string[]
}

function planText(
  { source, record, include, isNew, serialAfter, warnings }: Publishable,
  context: PlanContext,
): ZonePlan {
  const zone = source.name
  const addresses = zoneAddresses(zone, context)
  const render = (serial: number) =>
    makerOfZones().renderZone(context.template, zoneData(zone, include, serial, addresses, context))
  const inputs = { template: context.template, dns: context.network.settings.dns, include, addresses }
  const hashed = attempted(() => zoneHash(source, inputs, () => hashText(render(0))))
  if ('fault' in hashed) return invalidPlan(zone, record, hashed.fault, warnings)
  const hash = hashed.text
  const reason = whyWrite(zone, record, hash, isNew, context)
  if (reason === null) return { zone, action: 'keep', record, reason: 'nothing changed', warnings }
  const serial = nextSerial(context.now, serialAfter)
  const text = render(serial)
  const { includeContext, renderedFault } = makerOfZones()
  const fault = renderedFault({ text, serial, include, context: includeContext(zone, context.network.settings) })
  if (fault !== null) return invalidPlan(zone, record, fault, warnings)
  return { zone, action: 'write', record: announcedRecord(record, serial, isNew), text, hash, reason, warnings }
}

/** The record of a zone that is about to be written (behaviour §7.4). */
function announcedRecord({ hash, file }: ZoneRecord, serial: number, isNew: boolean): ZoneRecord {
  const announced = { serial, hash, due: true, orphaned: false }
  return { ...announced, ...(isNew ? { unclaimed: true } : {}), ...(file === undefined ? {} : { file }) }
}

/** What `render` gives, or why it gives nothing. */
function attempted(render: () => string): { readonly text: string } | { readonly fault: string } {
  try {
    return { text: render() }
  } catch (error) {
    if (error instanceof ZoneMakerMissing) throw error
    return { fault: `it cannot be rendered: ${messageOf(error)}` }
  }
}

function invalidPlan(zone: string, record: ZoneRecord, reason: string, warnings: readonly string[]): ZonePlan {
  return { zone, action: 'invalid', record, reason, warnings: [...warnings, `zone ${zone} is invalid: ${reason}`] }
}

/** The first errors of a zone's include, each with its place: a cycle has room for no more. */
function errorLines({ file, errors }: ZoneSource): string[] {
  const lines = errors.slice(0, maxErrors).map(error => `${error.file}:${error.line}:${error.column}: ${error.message}`)
  const rest = countOf(errors.slice(maxErrors))
  return rest === 0 ? lines : [...lines, `${file}: and ${counted(rest, 'more error')}: edgemanage validate lists them`]
}

function whyWrite(zone: string, record: ZoneRecord, hash: string, isNew: boolean, context: PlanContext): string | null {
  if (record.due) return 'an earlier write was not confirmed'
  if (record.hash === null) return 'not published before'
  if (isNew) return 'it comes from another network'
  if (record.hash !== hash) return 'its content changed'
  const drift = context.drift?.get(zone)
  if (drift !== undefined) return driftReason[drift]
  return context.forceUpdate ? 'update forced' : null
}

/** The text of a zone that is kept, as it was published; null where there is nothing that it could be made of. */
export function keptText(source: ZoneSource, { serial }: ZoneRecord, context: PlanContext): string | null {
  const basis = basisOf(source, context.readBack.get(source.name), context.network)
  if (!('include' in basis)) return null
  const addresses = zoneAddresses(source.name, context)
  return makerOfZones().renderZone(context.template, zoneData(source.name, basis.include, serial, addresses, context))
}

function zoneData(zone: string, include: string, serial: number, addresses: readonly string[], context: PlanContext) {
  const { dns } = context.network.settings
  return {
    zone,
    serial,
    ttl: dns.ttl,
    soa: { nameserver: dns.soa_nameserver, mailbox: dns.soa_mailbox, ...dns.soa },
    nsRecords: dns.ns_records,
    rotateLabels: dns.rotate_zones,
    addresses,
    include,
  }
}

/** The addresses that a zone is to have: those of the live set, with its passing canary among them (behaviour §6). */
export function zoneAddresses(
  zone: string,
  { canaries, live }: Pick<PlanContext, 'canaries' | 'live'>,
): readonly string[] {
  const canary = canaries.get(zone)
  return canary === undefined ? liveAddresses(live) : withCanary(canary, zone, live)
}

/** Why a file of the bucket (named.conf, the live list) is to be written; null if it may stay as it is. */
export function whyWriteFile(
  known: Published,
  text: string,
  forceUpdate: boolean,
  drift: DriftState | null = null,
): string | null {
  return whyWriteContent(known, hashText(text), forceUpdate, drift)
}

/** The same for a text of which the hash is known. */
export function whyWriteContent(
  known: Published,
  hash: string,
  forceUpdate: boolean,
  drift: DriftState | null = null,
): string | null {
  if (known.due) return 'an earlier write was not confirmed'
  if (known.hash !== hash) return 'its content changed'
  if (drift !== null) return driftReason[drift]
  return forceUpdate ? 'update forced' : null
}
