import {
  ChangeResourceRecordSetsCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  type Route53Client,
} from '@aws-sdk/client-route-53'
import type { Process } from '../world/process.ts'
import { ask, failure, type Service } from './service.ts'

/** By the id of a hosted zone: its record sets, by name and type. */
export type HostedZones = ReadonlyMap<string, Map<string, ResourceRecordSet>>

/** One change as it goes over the wire. */
export interface SentChange {
  readonly action: string
  readonly set: ResourceRecordSet
}

/** Whose requests go through a client, and who looks on. */
export interface RecordsCaller {
  readonly process: Process
  /** A change batch leaves. */
  readonly changing: (hostedZone: string, changes: readonly SentChange[]) => void
}

/** Hosted zones for these zones, as their owner has them: with records that nobody else may touch. */
export function createHostedZones(zones: ReadonlyMap<string, string>): HostedZones {
  return new Map(
    [...zones].map(([zone, id]) => [
      id,
      new Map(ownersSets(zone).map(set => [keyOf(String(set.Name), String(set.Type)), set])),
    ]),
  )
}

/** The owner's records of a zone. */
export function ownersSets(zone: string): ResourceRecordSet[] {
  return [
    { Name: `${zone}.`, Type: 'MX', TTL: 300, ResourceRecords: [{ Value: '10 mail.example.com.' }] },
    { Name: `blog.${zone}.`, Type: 'CNAME', TTL: 300, ResourceRecords: [{ Value: 'blog.example.com.' }] },
  ]
}

/** The key of a record set in its hosted zone. */
export function keyOf(name: string, type: string): string {
  return `${name.toLowerCase().replace(/\.?$/, '.')} ${type}`
}

/** The part of the SDK's client that the records adapter uses: `send`, over hosted zones in memory. */
export function recordsClient(held: HostedZones, service: Service, caller: RecordsCaller): Route53Client {
  const send = async (command: object, { abortSignal }: { abortSignal?: AbortSignal } = {}) =>
    ask(service, {
      process: caller.process,
      // As the product's client is set: what is asked again is its own decision.
      attempts: 1,
      leaving: async () => {
        if (command instanceof ChangeResourceRecordSetsCommand) {
          caller.changing(String(command.input.HostedZoneId), changesOf(command))
        }
      },
      apply: () => answerOf(command, held),
      ...(abortSignal === undefined ? {} : { signal: abortSignal }),
    })
  return { send } as unknown as Route53Client
}

function changesOf({ input }: ChangeResourceRecordSetsCommand): SentChange[] {
  return (input.ChangeBatch?.Changes ?? []).map(({ Action, ResourceRecordSet }) => ({
    action: String(Action),
    set: ResourceRecordSet as ResourceRecordSet,
  }))
}

function answerOf(command: object, held: HostedZones): object {
  if (command instanceof ChangeResourceRecordSetsCommand)
    return change(setsOf(command.input.HostedZoneId, held), command)
  if (command instanceof ListResourceRecordSetsCommand) {
    const { HostedZoneId, StartRecordName, StartRecordType = '', MaxItems = 300 } = command.input
    const start = placeOf(String(StartRecordName), StartRecordType)
    const all = [...setsOf(HostedZoneId, held).values()].sort((a, b) => (place(a) < place(b) ? -1 : 1))
    const rest = all.filter(set => place(set) >= start)
    const next = rest[MaxItems]
    const more = { IsTruncated: true, NextRecordName: next?.Name, NextRecordType: next?.Type }
    return { ResourceRecordSets: rest.slice(0, MaxItems), ...(next === undefined ? { IsTruncated: false } : more) }
  }
  throw failure('NotImplemented', `no such request is known here: ${command.constructor.name}`, 501)
}

function setsOf(id: string | undefined, held: HostedZones): Map<string, ResourceRecordSet> {
  const sets = held.get(String(id))
  if (sets === undefined) throw failure('NoSuchHostedZone', 'there is no such hosted zone', 404)
  return sets
}

/** All of the batch or none. */
function change(sets: Map<string, ResourceRecordSet>, command: ChangeResourceRecordSetsCommand): object {
  const after = new Map(sets)
  for (const { action, set } of changesOf(command)) {
    const key = keyOf(String(set.Name), String(set.Type))
    if (action === 'DELETE') {
      if (textOf(after.get(key)) !== textOf(set)) throw failure('InvalidChangeBatch', `${key} is not as given`, 400)
      after.delete(key)
    } else after.set(key, set)
  }
  sets.clear()
  for (const [key, set] of after) sets.set(key, set)
  return {}
}

function textOf(set: ResourceRecordSet | undefined): string {
  return set === undefined ? '' : `${set.TTL} ${(set.ResourceRecords ?? []).map(({ Value }) => Value).sort()}`
}

/** Route 53 orders names by their labels from the right. */
function placeOf(name: string, type: string): string {
  return `${name.toLowerCase().replace(/\.$/, '').split('.').reverse().join('.')}. ${type}`
}

function place({ Name, Type }: ResourceRecordSet): string {
  return placeOf(String(Name), String(Type))
}
