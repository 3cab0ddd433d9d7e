import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Stack } from 'aws-cdk-lib/core'
import { keyStatements } from './encryption.ts'
import type { Storage } from './storage.ts'

/** How far a function reaches into its network's part of the table, of the bucket and of Route 53. */
export interface Access {
  /** `order`: single items, by their keys. */
  readonly table: 'read' | 'order' | 'write'
  readonly bucket: 'none' | 'read' | 'write'
  /** It may read which zones other networks have: their manifests, and their named.conf where there is none. */
  readonly neighbours?: true
  /** It may send events of edgemanage to the account's default bus. */
  readonly events?: true
  /** It may ask the network's vantage points (infra/vantage-rights.ts). */
  readonly vantages?: true
  /** The addresses in Route 53, where the network pushes them. */
  readonly records?: 'read' | 'write'
}

const tableActions = {
  read: ['dynamodb:GetItem', 'dynamodb:Query'],
  order: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
  write: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
} as const
const bucketReads = ['s3:GetObject']
const bucketWrites = ['s3:PutObject']

/** The objects a network's functions may touch, as keys; the star stands for its zones. */
export function objectKeys(network: string): string[] {
  return [`zones/${network}/*`, `live/${network}.live`]
}

/** What tells which zones a network has, any network's; the star stands for its name. */
export const neighbourKeys = ['zones/*/manifest.json', 'zones/*/named.conf']

/** The statements that give a function this access, and nothing of any other network. */
export function accessStatements(network: string, storage: Storage, access: Access): PolicyStatement[] {
  return [
    tableStatement(network, storage, access),
    ...(access.bucket === 'none' ? [] : [bucketStatement(network, storage, access), listStatement(storage)]),
    ...(access.neighbours === true ? [neighboursStatement(storage)] : []),
    ...(access.events === true ? [eventsStatement(storage)] : []),
    ...keyStatements(storage.key, access.table === 'read' && access.bucket !== 'write' ? 'read' : 'write'),
  ]
}

function eventsStatement({ table }: Storage): PolicyStatement {
  return new PolicyStatement({
    sid: 'OwnEvents',
    effect: Effect.ALLOW,
    actions: ['events:PutEvents'],
    resources: [Stack.of(table).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' })],
    // A request has a source for each of its events: the key is one of many values.
    conditions: {
      'ForAllValues:StringEquals': { 'events:source': ['edgemanage'] },
      Null: { 'events:source': 'false' },
    },
  })
}

function tableStatement(network: string, { table }: Storage, access: Access): PolicyStatement {
  return new PolicyStatement({
    sid: 'OwnPartitionOfTheTable',
    effect: Effect.ALLOW,
    actions: [...tableActions[access.table]],
    resources: [table.tableArn],
    conditions: {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [`NETWORK#${network}`] },
      // A request without any leading key would satisfy "for all values".
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  })
}

function bucketStatement(network: string, { bucket }: Storage, access: Access): PolicyStatement {
  return new PolicyStatement({
    sid: 'OwnObjectsOfTheBucket',
    effect: Effect.ALLOW,
    actions: access.bucket === 'write' ? [...bucketReads, ...bucketWrites] : bucketReads,
    resources: objectKeys(network).map(key => bucket.arnForObjects(key)),
  })
}

/** A zone that changes networks is named by one of them at a time (behaviour §7.6). */
function neighboursStatement({ bucket }: Storage): PolicyStatement {
  return new PolicyStatement({
    sid: 'ZonesOfOtherNetworks',
    effect: Effect.ALLOW,
    actions: bucketReads,
    resources: neighbourKeys.map(key => bucket.arnForObjects(key)),
  })
}

/**
 * Without it S3 denies access to objects that are not there. A GET has no prefix that a condition could look at; the names
 * of other networks' zones are no secret.
 */
function listStatement({ bucket }: Storage): PolicyStatement {
  return new PolicyStatement({
    sid: 'NamesInTheBucket',
    effect: Effect.ALLOW,
    actions: ['s3:ListBucket'],
    resources: [bucket.bucketArn],
  })
}
