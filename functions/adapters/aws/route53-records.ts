import {
  ChangeResourceRecordSetsCommand,
  GetHostedZoneCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  type Route53Client,
  type RRType,
} from '@aws-sdk/client-route-53'
import type { FoundSet, RecordChange } from '../../core/zone/record-set.ts'
import type { RecordPlace, RecordsPort } from '../../cycle/ports/ports.ts'
import { faultOf } from './route53-fault.ts'

/** As many as a page holds. */
const pageSize = 300

/** The records port on the SDK's client; every error it throws is a `RecordsFault`. */
export function createRoute53Records(client: Route53Client): RecordsPort {
  return {
    hostedZones: (from, signal) =>
      asked(async () => {
        const command = new ListHostedZonesCommand(from === null ? {} : { Marker: from })
        const answer = await client.send(command, { abortSignal: signal })
        const zones = (answer.HostedZones ?? []).map(({ Id, Name, Config }) => ({
          id: String(Id).replace(/^\/hostedzone\//, ''),
          name: String(Name),
          isPrivate: Config?.PrivateZone === true,
        }))
        return { zones, next: answer.IsTruncated ? (answer.NextMarker ?? null) : null }
      }),
    recordSets: (hostedZone, from, signal) =>
      asked(async () => {
        const command = new ListResourceRecordSetsCommand({ HostedZoneId: hostedZone, ...startAt(from) })
        const answer = await client.send(command, { abortSignal: signal })
        const next = {
          name: answer.NextRecordName ?? '',
          type: answer.NextRecordType ?? null,
          identifier: answer.NextRecordIdentifier ?? null,
        }
        return { sets: (answer.ResourceRecordSets ?? []).map(foundSet), next: answer.IsTruncated ? next : null }
      }),
    nameServers: (hostedZone, signal) =>
      asked(async () => {
        const { DelegationSet } = await client.send(new GetHostedZoneCommand({ Id: hostedZone }), {
          abortSignal: signal,
        })
        return (DelegationSet?.NameServers ?? []).map(name => name.toLowerCase().replace(/\.$/, ''))
      }),
    change: (hostedZone, changes, signal) =>
      asked(async () => {
        const ChangeBatch = { Comment: 'edgemanage', Changes: changes.map(changeOf) }
        const command = new ChangeResourceRecordSetsCommand({ HostedZoneId: hostedZone, ChangeBatch })
        await client.send(command, { abortSignal: signal })
      }),
  }
}

async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw faultOf(error)
  }
}

function startAt({ name, type, identifier }: RecordPlace) {
  return {
    MaxItems: pageSize,
    StartRecordName: name,
    ...(type === null ? {} : { StartRecordType: type as RRType }),
    ...(identifier === null ? {} : { StartRecordIdentifier: identifier }),
  }
}

function changeOf({ action, set }: RecordChange) {
  const ResourceRecords = set.values.map(Value => ({ Value }))
  return {
    Action: action,
    ResourceRecordSet: { Name: set.name, Type: set.type, TTL: set.ttl, ResourceRecords },
  }
}

function foundSet(set: ResourceRecordSet): FoundSet {
  return {
    name: String(set.Name),
    type: String(set.Type),
    ttl: set.TTL ?? null,
    values: (set.ResourceRecords ?? []).map(({ Value }) => String(Value)),
    kind: kindOf(set),
  }
}

/** What a set is when it is not a plain one. */
function kindOf(set: ResourceRecordSet): string {
  if (set.Weight !== undefined) return 'weighted'
  if (set.GeoLocation !== undefined) return 'geolocation'
  if (set.GeoProximityLocation !== undefined) return 'geoproximity'
  if (set.Region !== undefined) return 'latency'
  if (set.Failover !== undefined) return 'failover'
  if (set.MultiValueAnswer === true) return 'multivalue'
  if (set.CidrRoutingConfig !== undefined) return 'CIDR'
  if (set.TrafficPolicyInstanceId !== undefined) return 'traffic policy'
  if (set.AliasTarget !== undefined) return 'alias'
  return set.SetIdentifier === undefined ? 'plain' : 'routed'
}
