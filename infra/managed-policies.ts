import { Effect, ManagedPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Aws, Stack, Validations } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { catalog, functionName } from './catalog.ts'
import { keyStatements } from './encryption.ts'
import type { Storage } from './storage.ts'

/** The policies that a stack offers to others; it attaches them to nobody. */
export interface OfferedPolicies {
  /** For name servers: reads what is published. */
  readonly reader: ManagedPolicy
  /** For `edgemanage follow`: reads the zones and nothing else. */
  readonly follower: ManagedPolicy
  /** For people: calls every function, and works with the command line on table and bucket. */
  readonly operator: ManagedPolicy
}

/** What a follower reads: zones and manifests. */
const zoneKeys = 'zones/*'
/** What everybody reads who serves or looks: these and live lists. */
const publishedKeys = [zoneKeys, 'live/*']
/** What everybody reads who asks what is in force. */
const configurationKeys = 'config/*'

/** The policies, named after stack and region, as policies are the account's in all regions. */
export function offeredPolicies(scope: Construct, storage: Storage, networks: readonly string[]): OfferedPolicies {
  const stack = Stack.of(scope)
  const policy = (name: string, description: string, statements: PolicyStatement[]) =>
    new ManagedPolicy(scope, `Policy-${name}`, {
      managedPolicyName: `${stack.stackName}-${Aws.REGION}-${name}`,
      description,
      document: new PolicyDocument({ statements, minimize: false }),
    })
  const reader = policy('reader', 'Reads the zones that edgemanage publishes: for name servers', [
    ...readsOf(storage),
    ...keyStatements(storage.key, 'read'),
  ])
  const follower = policy(
    'follower',
    'Reads the zones that edgemanage publishes, and nothing else: for edgemanage follow',
    [allow('Zones', ['s3:GetObject'], [storage.bucket.arnForObjects(zoneKeys)]), ...keyStatements(storage.key, 'read')],
  )
  const operator = policy('operator', 'Calls the functions of edgemanage, reads its state, gives orders: for people', [
    ...readsOf(storage),
    ...operatorStatements(scope, storage, networks),
    ...keyStatements(storage.key, 'write'),
  ])
  for (const one of [reader, operator])
    acknowledge(one, storage, publishedKeys, 'Whoever serves or looks reads what is published of all networks.')
  acknowledge(follower, storage, [zoneKeys], 'A name server serves the zones of all networks.')
  acknowledge(
    operator,
    storage,
    [configurationKeys],
    'Configurations are kept under their hashes, and every push adds some.',
  )
  if (networks.length * catalog.length > maxNamedFunctions) acknowledgeFunctions(operator, networks)
  return { reader, follower, operator }
}

function allow(
  sid: string,
  actions: string[],
  resources: string[],
  conditions?: Record<string, object>,
): PolicyStatement {
  return new PolicyStatement({ sid, effect: Effect.ALLOW, actions, resources, ...(conditions ? { conditions } : {}) })
}

function readsOf({ bucket }: Storage): PolicyStatement[] {
  return [
    allow(
      'Published',
      ['s3:GetObject'],
      publishedKeys.map(key => bucket.arnForObjects(key)),
    ),
    allow('NamesInTheBucket', ['s3:ListBucket'], [bucket.bucketArn]),
  ]
}

function operatorStatements(
  scope: Construct,
  { table, bucket }: Storage,
  networks: readonly string[],
): PolicyStatement[] {
  const stack = Stack.of(scope)
  const keys = networks.map(network => `NETWORK#${network}`)
  const functions = networks.flatMap(network =>
    catalog.map(spec => stack.formatArn({ service: 'lambda', resource: `function:${functionName(network, spec)}` })),
  )
  const items = ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query']
  const ownKeys = {
    'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': keys },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  }
  return [
    allow('Functions', ['lambda:InvokeFunction'], shortened(functions)),
    allow('Configurations', ['s3:GetObject'], [bucket.arnForObjects(configurationKeys)]),
    allow('StateAndOrders', items, [table.tableArn], ownKeys),
    allow('NamesOfTableAndBucket', ['cloudformation:DescribeStacks'], [stack.stackId]),
  ]
}

/** A policy holds 6,144 characters: where every function by name would not fit, `edgemanage-<network>-*` stands for them. */
const maxNamedFunctions = 20

function shortened(functions: readonly string[]): string[] {
  if (functions.length <= maxNamedFunctions) return [...functions]
  const all = functions.map(arn => arn.replace(/-(manage|dry-run|configure|status|query)$/, '-*'))
  return [...new Set(all)]
}

function acknowledge(policy: ManagedPolicy, { bucket }: Storage, keys: readonly string[], reason: string): void {
  const id = Stack.of(policy).getLogicalId(bucket.node.defaultChild as never)
  for (const key of keys) {
    Validations.of(policy).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${id}.Arn>/${key}]`,
      reason,
    })
  }
}

/** The wildcard stands for the functions of one network. */
function acknowledgeFunctions(policy: ManagedPolicy, networks: readonly string[]): void {
  for (const network of networks) {
    Validations.of(policy).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:function:edgemanage-${network}-*]`,
      reason: 'Every function of the network; one by one they would not fit into a policy.',
    })
  }
}
