import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configurationOutput } from '../../functions/core/operation/stack-names.ts'
import { catalog } from '../../infra/catalog.ts'
import { configurationFolder } from '../helpers/configuration.ts'
import { type Synthesized, synthesize, textOfValue } from '../helpers/template.ts'

const networks = ['alpha', 'beta-2']
const folder = configurationFolder(networks, { networks: { 'beta-2': { run_frequency: 300 } } })
let stack: Synthesized

beforeAll(async () => {
  stack = await synthesize(folder.path)
})

afterAll(() => {
  stack.remove()
  folder.remove()
})

describe('storage', () => {
  test('one table: on demand, point-in-time recovery, deletion protection, kept', () => {
    const { resource: table } = stack.only('AWS::DynamoDB::Table')
    expect(table).toMatchObject({
      Properties: {
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        DeletionProtectionEnabled: true,
        TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      },
      // Deleted where the deploy that made it fails, kept ever after (CloudFormation User Guide, "DeletionPolicy attribute").
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    })
    expect(table.Properties).not.toHaveProperty('TableName')
  })

  test('one bucket: private, encrypted, versioned for 30 days, kept', () => {
    const { resource: bucket } = stack.only('AWS::S3::Bucket')
    expect(bucket).toMatchObject({
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        VersioningConfiguration: { Status: 'Enabled' },
        LifecycleConfiguration: {
          Rules: [{ NoncurrentVersionExpiration: { NoncurrentDays: 30 }, Status: 'Enabled' }],
        },
      },
      // Deleted where the deploy that made it fails, kept ever after (CloudFormation User Guide, "DeletionPolicy attribute").
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    })
    expect(bucket.Properties).not.toHaveProperty('BucketName')
  })

  test('a table and a bucket that were left behind are adopted by name', async () => {
    const context = { tableName: 'old-table', bucketName: 'old-bucket', stackName: 'second' }
    const adopted = await synthesize(folder.path, context)
    adopted.remove()
    const table = adopted.only('AWS::DynamoDB::Table')
    const bucket = adopted.only('AWS::S3::Bucket')
    expect(table.id).toBe(stack.only('AWS::DynamoDB::Table').id)
    expect(table.resource).toMatchObject({
      Properties: { TableName: 'old-table' },
      DeletionPolicy: 'RetainExceptOnCreate',
    })
    expect(bucket.resource).toMatchObject({
      Properties: { BucketName: 'old-bucket' },
      DeletionPolicy: 'RetainExceptOnCreate',
    })
  })

  test('the outputs name what the command line looks for', () => {
    const outputs = Object.keys(stack.outputs)
    const ours = [
      'AlarmTopic',
      'BucketName',
      'FollowerPolicy',
      'OperatorPolicy',
      'PushPolicyArn',
      'ReaderPolicy',
      'TableName',
    ]
    expect(outputs.sort()).toEqual([...networks.map(configurationOutput), ...ours].sort())
  })
})

describe('functions', () => {
  const named = networks.flatMap(network =>
    catalog.map(spec => [`edgemanage-${network}-${spec.name}`, network, spec] as const),
  )

  test('are those of the catalog for each network, and no others', () => {
    const names = stack.ofType('AWS::Lambda::Function').map(([, { Properties }]) => Properties.FunctionName)
    expect(names.sort()).toEqual(named.map(([name]) => name).sort())
  })

  test.each(named)('%s runs on Node 24 on arm64 for at most 60 s, tagged and described', (name, network, spec) => {
    const { properties } = stack.functionNamed(name)
    const tableId = stack.only('AWS::DynamoDB::Table').id
    const bucketId = stack.only('AWS::S3::Bucket').id
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Timeout: 60,
      MemorySize: 256,
      Handler: `${spec.name}.handler`,
      Environment: {
        Variables: {
          NETWORK: network,
          TABLE_NAME: { Ref: tableId },
          BUCKET_NAME: { Ref: bucketId },
          LOG_LEVEL: 'INFO',
          NODE_OPTIONS: '--enable-source-maps',
          UV_THREADPOOL_SIZE: '64',
        },
      },
    })
    expect(properties.Tags).toEqual([
      { Key: 'application', Value: 'edgemanage' },
      { Key: 'edgemanage:function', Value: spec.name },
      { Key: 'edgemanage:network', Value: network },
    ])
    expect(String(properties.Description)).toMatch(/Test/)
    expect(String(properties.Description).length).toBeLessThanOrEqual(256)
  })

  test.each(named)('%s is never tried again, nor after 60 s', (name, _network, spec) => {
    const { id } = stack.functionNamed(name)
    const configs = stack
      .ofType('AWS::Lambda::EventInvokeConfig')
      .filter(([, { Properties }]) => textOfValue(Properties.FunctionName) === `<${id}>`)
    const queueId = stack.only('AWS::SQS::Queue').id
    const failures = { OnFailure: { Destination: { 'Fn::GetAtt': [queueId, 'Arn'] } } }
    expect(configs.map(([, { Properties }]) => Properties)).toEqual([
      {
        FunctionName: { Ref: id },
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 0,
        MaximumEventAgeInSeconds: 60,
        ...(spec.scheduled ? { DestinationConfig: failures } : {}),
      },
    ])
  })

  test.each(named)('%s logs into a group of its own that goes with the stack', name => {
    const { properties } = stack.functionNamed(name)
    const { LogGroup } = properties.LoggingConfig as { LogGroup: { Ref: string } }
    expect(stack.resources[LogGroup.Ref]).toMatchObject({
      Type: 'AWS::Logs::LogGroup',
      Properties: { LogGroupName: `/aws/lambda/${name}`, RetentionInDays: 30 },
      DeletionPolicy: 'Delete',
    })
  })
})

describe('schedules', () => {
  test.each([
    ['alpha', 'rate(1 minute)'],
    ['beta-2', 'rate(5 minutes)'],
  ])('%s has one: %s, no window, no retry, no event older than 60 s', (network, rate) => {
    const queueId = stack.only('AWS::SQS::Queue').id
    const { id } = stack.functionNamed(`edgemanage-${network}-manage`)
    const schedules = stack
      .ofType('AWS::Scheduler::Schedule')
      .filter(([, { Properties }]) => Properties.Name === `edgemanage-${network}`)
    expect(schedules.map(([, { Properties }]) => Properties)).toMatchObject([
      {
        ScheduleExpression: rate,
        State: 'ENABLED',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: { 'Fn::GetAtt': [id, 'Arn'] },
          RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': [queueId, 'Arn'] } },
        },
      },
    ])
  })

  test('do not start before their function knows that it must not try again', () => {
    for (const [, schedule] of stack.ofType('AWS::Scheduler::Schedule')) {
      const types = [schedule.DependsOn ?? []].flat().map(id => stack.resources[id]?.Type)
      expect(types).toContain('AWS::Lambda::EventInvokeConfig')
    }
  })
})

describe('the whole', () => {
  test('passes the checks of AwsSolutions', () => {
    expect(stack.violations).toEqual([])
  })

  test('has the resources of a network and of the stack, and no others', () => {
    const counts: Record<string, number> = {}
    for (const { Type } of Object.values(stack.resources)) counts[Type] = (counts[Type] ?? 0) + 1
    const functions = catalog.length * networks.length
    expect(counts).toEqual({
      'AWS::DynamoDB::Table': 1,
      'AWS::S3::Bucket': 1,
      'AWS::S3::BucketPolicy': 1,
      'AWS::SQS::Queue': 1,
      'AWS::SQS::QueuePolicy': 1,
      'AWS::SNS::Topic': 1,
      'AWS::SNS::TopicPolicy': 1,
      'AWS::CloudWatch::Dashboard': 1,
      'AWS::CloudWatch::Alarm': 9 * networks.length + 1,
      'AWS::Lambda::Function': functions,
      'AWS::Lambda::EventInvokeConfig': functions,
      'AWS::Logs::LogGroup': functions,
      'AWS::Scheduler::Schedule': networks.length,
      'AWS::IAM::Role': functions + networks.length,
      'AWS::IAM::ManagedPolicy': 4,
    })
  })
})
