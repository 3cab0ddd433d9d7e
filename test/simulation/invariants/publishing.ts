import { isFailure } from '../../../functions/core/domain/model.ts'
import { parseManifest } from '../../../functions/core/publication/manifest.ts'
import { addressFault } from '../../../functions/core/zone/addresses.ts'
import { hashText } from '../../../functions/core/zone/hash.ts'
import { isGreaterSerial } from '../../../functions/core/zone/serial.ts'
import { liveListKey, manifestKey, namedConfKey, zoneKey } from '../../../functions/cycle/publishing/keys.ts'
import { zonesIn } from '../../../functions/cycle/publishing/read-back.ts'
import { networkName } from '../world/folder.ts'
import type { Run } from '../world/run.ts'
import { modeOf, type Onlooker } from './onlooker.ts'
import { readZone } from './zone-text.ts'

/** Says that a promise was broken: which one, and how. */
export type Fail = (promise: string, how: string) => void

/** What was sent under each key so far. */
export interface Sent {
  readonly serial: number
  readonly text: string
}

export interface Publishing {
  readonly eyes: Onlooker
  readonly objects: ReadonlyMap<string, string>
  readonly sent: Map<string, Sent>
  readonly now: () => number
  /** Whether operators did something since this run started: then nobody can tell what it knew. */
  readonly ordersChanged: (run: Run) => boolean
  readonly fail: Fail
}

/** Looks at every write to the bucket as it leaves (behaviour §4.5, §6, §7, §8.1, §8.3). */
export function checkPublication(run: Run, key: string, text: string, scene: Publishing): void {
  const { eyes, fail } = scene
  if (run.kind === 'dry-run') fail('a dry run changes nothing', `it wrote ${key}`)
  checkLease(run, `published ${key}`, scene)
  if (!scene.ordersChanged(run) && run.network.edges.every(edge => modeOf(edge.name, run, eyes) === 'unavailable'))
    fail('nothing is published where nobody can be live', key)
  if (key === liveListKey(networkName)) {
    const expected = (eyes.live() ?? []).map(edge => `${edge}\n`).join('')
    if (text !== expected || text === '') fail('the live list is the live set', JSON.stringify({ text, expected }))
    if (!eyes.files().liveList.due) fail('what is published was recorded first', 'the live list')
    return
  }
  if (key === manifestKey(networkName)) checkManifest(text, scene)
  else if (key === namedConfKey(networkName)) checkNamedConf(text, scene)
  else checkZone(run, key, text, scene)
}

/** Behaviour §8.1: a run that has no lease neither publishes nor saves. */
export function checkLease(run: Run, deed: string, { eyes, now, fail }: Publishing): void {
  const { owner, leaseUntil } = eyes.state()
  const holds = run.lease !== null && owner === run.lease.run && leaseUntil !== null && leaseUntil > now()
  if (!holds) fail('nothing is published or saved by a run without the lease', `run ${run.process.id} ${deed}`)
}

/** Behaviour §7.9: what it says of a zone is what is there, but where a write is not confirmed. */
function checkManifest(text: string, { eyes, objects, fail }: Publishing): void {
  if (!eyes.files().manifest.due) fail('what is published was recorded first', 'the manifest')
  const manifest = parseManifest(text)
  if (typeof manifest === 'string') {
    fail('a manifest can be read', manifest)
    return
  }
  for (const { zone, sha256 } of manifest.zones) {
    const isThere = hashText(objects.get(zoneKey(networkName, zone)) ?? '') === sha256
    if (!isThere && eyes.zone(zone)?.due !== true) fail('a manifest tells what is published', zone)
  }
}

function checkNamedConf(text: string, { eyes, objects, fail }: Publishing): void {
  if (!eyes.files().namedConf.due) fail('what is published was recorded first', 'named.conf')
  const missing = zonesIn(text).filter(zone => !objects.has(`zones/${networkName}/${zone}.zone`))
  if (missing.length > 0) fail('named.conf names what is published', `there is no zone ${missing.join(', ')}`)
}

function checkZone(run: Run, key: string, text: string, scene: Publishing): void {
  const { eyes, sent, fail } = scene
  const zone = /^zones\/net\/(.+)\.zone$/.exec(key)?.[1] ?? ''
  const read = readZone(zone, text)
  if (typeof read === 'string') {
    fail('every published zone is safe', `${zone}: ${read}`)
    return
  }
  const last = sent.get(zone)
  const isSame = read.serial === last?.serial && text === last.text
  if (last !== undefined && !isSame && !isGreaterSerial(read.serial, last.serial))
    fail('serials grow and never stand for two contents', `${zone}: ${read.serial} after ${last.serial}`)
  sent.set(zone, { serial: read.serial, text })
  const record = eyes.zone(zone)
  if (record?.due !== true || record.serial !== read.serial)
    fail('what is published was recorded first', `${zone} with serial ${read.serial}: ${JSON.stringify(record)}`)
  const source = run.network.zones.find(one => one.name === zone)
  if (source === undefined) {
    fail('only zones of the configuration are published', zone)
    return
  }
  if (source.include !== null && source.include !== read.include)
    fail('the include is inserted verbatim', `${zone}: ${read.include}`)
  const apex = read.addresses.get('@') ?? []
  const unreachable = apex.filter(address => addressFault(address) !== null)
  if (unreachable.length > 0) fail('every published address can be reached by clients', `${zone}: ${unreachable}`)
  const labels = ['@', ...run.network.settings.dns.rotate_zones]
  const odd = labels.filter(label => String(read.addresses.get(label)) !== String(apex))
  if (odd.length > 0 || read.addresses.size !== labels.length)
    fail('every rotate label has the addresses', `${zone}: ${JSON.stringify([...read.addresses])}`)
  checkAddresses(run, zone, apex, scene)
}

/** The live set's addresses, those of one edge replaced by the canary where it passes (behaviour §6, §7.1). */
function checkAddresses(run: Run, zone: string, apex: readonly string[], { eyes, fail }: Publishing): void {
  if (apex.length === 0) {
    fail('no empty address set is published', zone)
    return
  }
  const live = eyes.live() ?? []
  const addresses = live.flatMap(edge => addressOf(run, edge, eyes) ?? [])
  const canary = run.network.canaries.find(one => one.zone === zone)?.address
  const how = `${zone}: ${apex.join(' ')} for the live set ${live.join(' ')} (canary ${canary ?? 'none'})`
  if (new Set(apex).size !== apex.length) fail('no address stands twice', how)
  if (isSame(apex, addresses)) return
  // Two live edges may have come to share an address while the set is held.
  const isReplaced = addresses.some((_, out) =>
    isSame(apex, [...addresses.filter((_, at) => at !== out), String(canary)]),
  )
  if (canary === undefined || !isReplaced) fail('a zone has the addresses of the live set, or its canary for one', how)
  const probe = canary === undefined ? undefined : run.probes.get(canary)
  const isOut = probe !== undefined && isFailure(probe.outcome) && run.network.settings.down_after === 1
  if (isOut) fail('a failing canary leaves its zone', how)
}

/** Whether two lists hold the same, whatever the order. */
function isSame(a: readonly string[], b: readonly string[]): boolean {
  return [...new Set(a)].sort().join() === [...new Set(b)].sort().join()
}

/** The address under which an edge is published: its own, the one probed, or the last known. */
function addressOf(run: Run, edge: string, eyes: Onlooker): string | null {
  const configured = run.network.edges.find(one => one.name === edge)
  if (configured === undefined) return null
  return configured.address ?? run.probes.get(edge)?.address ?? eyes.knownAddress(edge)
}
