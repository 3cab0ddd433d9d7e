import { Effect, ManagedPolicy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import {
  Architecture,
  type CfnFunction,
  Code,
  EventInvokeConfig,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import { Duration, RemovalPolicy, Stack, Tags, Validations } from 'aws-cdk-lib/core'
import { Construct } from 'constructs'
import { type FunctionSpec, functionName } from './catalog.ts'
import type { DeployOptions } from './options.ts'
import { accessStatements, configurationKey, neighbourKeys, objectKeys } from './permissions.ts'
import { interfaceStatements, moveInto } from './reach.ts'
import { type RecordZone, recordRights } from './record-rights.ts'
import type { Storage } from './storage.ts'
import { vantageArns, vantageEnvironment, vantageStatements } from './vantage-rights.ts'

export interface NetworkFunctionProps {
  readonly network: string
  /** The hash of the bundle that the function's folder holds. */
  readonly configuration: string
  readonly spec: FunctionSpec
  /** The folder with everything the function runs. */
  readonly assetFolder: string
  readonly memoryMegabytes: number
  readonly storage: Storage
  readonly deadLetters: IQueue
  /** The zones whose records the network pushes to Route 53, and how many networks of the stack do. */
  readonly recordZones: readonly RecordZone[]
  readonly pushingNetworks: number
  /** Cycles ask Route 53's own name servers (`served.route53`). */
  readonly asksRoute53: boolean
  /** The regions with a vantage point of the network. */
  readonly vantages: readonly string[]
  readonly options: DeployOptions
  /** Of functions that probe from inside a VPC. */
  readonly securityGroupIds: readonly string[]
}

/** One function of one network, with its own role, its own log group, and no second attempt. */
export class NetworkFunction extends Construct {
  readonly lambda: LambdaFunction

  constructor(scope: Construct, id: string, props: NetworkFunctionProps) {
    super(scope, id)
    const { network, spec, storage, deadLetters, options } = props
    const name = functionName(network, spec)
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${name}`,
      retention: options.logRetention,
      ...(storage.key === undefined ? {} : { encryptionKey: storage.key }),
      removalPolicy: RemovalPolicy.DESTROY,
    })
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName: name,
      description: spec.description(network),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: `${spec.name}.handler`,
      code: Code.fromAsset(props.assetFolder),
      timeout: Duration.seconds(60),
      memorySize: props.memoryMegabytes,
      role: functionRole(this, props, logGroup),
      logGroup,
      environment: {
        NETWORK: network,
        TABLE_NAME: storage.table.tableName,
        BUCKET_NAME: storage.bucket.bucketName,
        LOG_LEVEL: options.logLevel,
        CONFIGURATION: props.configuration,
        NODE_OPTIONS: '--enable-source-maps',
        // Names are resolved in the thread pool: of four threads, four names that hang would hold up all the others.
        UV_THREADPOOL_SIZE: '64',
        ...recordEnvironment(props),
        ...vantageEnvironment(askedBy(this, props)),
      },
    })
    if (spec.probes && options.reach !== null) {
      moveInto(this.lambda.node.defaultChild as CfnFunction, options.reach, props.securityGroupIds)
    }
    // Invocations are asynchronous: without this the platform would try a failed cycle again by itself.
    new EventInvokeConfig(this, 'Once', {
      function: this.lambda,
      retryAttempts: 0,
      maxEventAge: Duration.seconds(60),
      ...(spec.scheduled ? { onFailure: { bind: () => ({ destination: deadLetters.queueArn }) } } : {}),
    })
    Tags.of(this).add('edgemanage:function', spec.name)
  }
}

/** A role that may do what the function's entry in the catalog says, and write its own log. */
function functionRole(scope: Construct, props: NetworkFunctionProps, logGroup: LogGroup) {
  const { network, spec, storage, deadLetters } = props
  const { records } = spec.access
  const rights = recordRights(records === undefined ? [] : props.recordZones, records ?? 'read', props.asksRoute53)
  const statements = [
    ownLog(logGroup),
    ...accessStatements(network, storage, spec.access),
    ...(spec.scheduled ? [sendTo(deadLetters)] : []),
    ...vantageStatements(askedBy(scope, props)),
    ...(isInVpc(props) ? interfaceStatements(scope, functionName(network, spec)) : []),
    ...rights.inline,
  ]
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `${functionName(network, spec)}: its own network, and nothing else`,
    inlinePolicies: { own: new PolicyDocument({ statements, minimize: false }) },
    managedPolicies: rights.policies.map((more, at) => {
      const document = new PolicyDocument({ statements: [...more], minimize: false })
      return new ManagedPolicy(scope, `Records${at}`, { document })
    }),
  })
  if (rights.inline.some(({ resources }) => resources.some(one => one.endsWith('/*')))) acknowledgeReads(role)
  if (isInVpc(props)) acknowledgeInterfaces(role)
  acknowledgeObjects(role, props)
  return role.withoutPolicyUpdates()
}

/** The ARNs of the vantage points that the function may ask. */
function askedBy(scope: Construct, { spec, vantages }: NetworkFunctionProps): string[] {
  return spec.access.vantages === true ? vantageArns(Stack.of(scope).stackName, vantages) : []
}

/** Functions that reach Route 53 have to know with how many networks, of all stacks, they share the account's rate. */
function recordEnvironment({
  spec,
  recordZones,
  pushingNetworks,
  options,
}: NetworkFunctionProps): Record<string, string> {
  const isPushing = spec.access.records !== undefined && recordZones.length > 0
  return isPushing ? { ROUTE53_NETWORKS: String(pushingNetworks / options.route53Share) } : {}
}

function isInVpc({ spec, options }: NetworkFunctionProps): boolean {
  return spec.probes && options.reach !== null
}

function acknowledgeInterfaces(role: Role): void {
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'Lambda attaches the function to the VPC by interfaces that it names itself; its own code may not.',
  })
}

function acknowledgeReads(role: Role): void {
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:route53:::hostedzone/*]',
    reason:
      'Several hundred hosted zones do not fit into a role twice: reading is then allowed for all, altering never.',
  })
}

function ownLog(logGroup: LogGroup): PolicyStatement {
  return new PolicyStatement({
    sid: 'OwnLog',
    effect: Effect.ALLOW,
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  })
}

function sendTo(queue: IQueue): PolicyStatement {
  return new PolicyStatement({
    sid: 'FailedCycles',
    effect: Effect.ALLOW,
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
  })
}

function acknowledgeObjects(role: Role, { network, spec, storage }: NetworkFunctionProps): void {
  const bucket = Stack.of(role).getLogicalId(storage.bucket.node.defaultChild as never)
  const acknowledge = (key: string, reason: string) =>
    Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::<${bucket}.Arn>/${key}]`, reason })
  acknowledge(configurationKey(network), 'Configurations are kept under their hashes, and every push adds some.')
  if (spec.access.bucket === 'none') return
  for (const key of objectKeys(network).filter(key => key.endsWith('*'))) {
    acknowledge(key, 'A network has as many zones as its configuration names, and orphaned ones; all lie below this.')
  }
  if (spec.access.neighbours !== true) return
  for (const key of neighbourKeys) {
    acknowledge(key, 'A zone gets its clause only while no other network has it, also one that left the configuration.')
  }
}
