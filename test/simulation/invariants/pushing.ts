import { addressType } from '../../../functions/core/zone/addresses.ts'
import { zoneKey } from '../../../functions/cycle/publishing/keys.ts'
import { type HostedZones, keyOf, ownersSets, type SentChange } from '../neighbours/route53.ts'
import { hostedZoneIds, networkName } from '../world/folder.ts'
import type { Run } from '../world/run.ts'
import { checkLease, type Publishing } from './publishing.ts'
import { readZone } from './zone-text.ts'

/** Every label that a simulated configuration may rotate, and the apex. */
const ownLabels = ['', 'www.', 'm.']

/** Looks at every change batch as it leaves: only addresses, only where they may stand, never an empty set. */
export function checkPush(run: Run, hostedZone: string, changes: readonly SentChange[], scene: Publishing): void {
  const { eyes, fail } = scene
  const zone = [...hostedZoneIds].find(([, id]) => id === hostedZone)?.[0] ?? ''
  if (run.kind === 'dry-run') fail('a dry run changes nothing', `it pushed records of ${zone}`)
  checkLease(run, `pushed records of ${zone}`, scene)
  const record = eyes.pushed(zone)
  const confirmed = new Set(record?.sets.map(({ name, type, ttl, values }) => textOf(name, type, ttl, values)))
  const names = ownLabels.map(label => `${label}${zone}.`)
  for (const { action, set } of changes) {
    const how = `${action} ${set.Name} ${set.Type}`
    const values = (set.ResourceRecords ?? []).map(({ Value }) => String(Value))
    if (!names.includes(String(set.Name).toLowerCase()))
      fail('no request names a record outside the rotate labels', how)
    if (!['UPSERT', 'DELETE'].includes(action) || values.length === 0) fail('no empty set is ever pushed', how)
    // What somebody edited by hand is put right without a word: it is what is recorded.
    if (record?.due == null && !confirmed.has(textOf(String(set.Name), String(set.Type), Number(set.TTL), values)))
      fail('what is published was recorded first', how)
    if (values.some(value => addressType(value) !== set.Type)) fail('only addresses are pushed', `${how}: ${values}`)
  }
}

function textOf(name: string, type: string, ttl: number, values: readonly string[]): string {
  return JSON.stringify([name.toLowerCase(), type, ttl, [...values].sort()])
}

/** After the faults: what stands in Route 53 is what stands in the zones, and what is the owner's is as it was. */
export function checkPushed(run: Run, held: HostedZones, { objects, fail }: Publishing): void {
  const { network, report } = run
  for (const [zone, id] of hostedZoneIds) {
    for (const set of ownersSets(zone)) {
      const now = held.get(id)?.get(keyOf(String(set.Name), String(set.Type)))
      if (JSON.stringify(now) !== JSON.stringify(set)) fail("the owner's records stay as they are", `${set.Name}`)
    }
  }
  if (!network.settings.route53.enabled || report?.status !== 'ok') return
  const sound = new Set(report.zones.filter(({ action }) => action !== 'invalid').map(({ zone }) => zone))
  for (const { name } of network.zones.filter(zone => sound.has(zone.name))) {
    const read = readZone(name, objects.get(zoneKey(networkName, name)) ?? '')
    if (typeof read === 'string') continue
    const sets = held.get(hostedZoneIds.get(name) ?? '')
    for (const [label, addresses] of read.addresses) {
      const owner = label === '@' ? `${name}.` : `${label}.${name}.`
      for (const type of ['A', 'AAAA'] as const) {
        const wanted = addresses.filter(address => addressType(address) === type)
        const found = (sets?.get(keyOf(owner, type))?.ResourceRecords ?? []).map(({ Value }) => String(Value))
        if ([...found].sort().join() !== [...wanted].sort().join())
          fail('after the faults the records are the live set', `${owner} ${type}: ${found} instead of ${wanted}`)
      }
    }
  }
}
