import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalog } from '../../infra/catalog.ts'
import { configurationFolder } from '../helpers/configuration.ts'
import { allows, type Statement, statementsOf } from '../helpers/rights.ts'
import { idOf, type Synthesized, synthesize, textOfValue } from '../helpers/template.ts'

const networks = ['alpha', 'alpha-2']
const folder = configurationFolder(networks)
let stack: Synthesized
let table = ''
let bucket = ''

beforeAll(async () => {
  stack = await synthesize(folder.path)
  table = `<${stack.only('AWS::DynamoDB::Table').id}>.Arn`
  bucket = `<${stack.only('AWS::S3::Bucket').id}>.Arn`
})

afterAll(() => {
  stack.remove()
  folder.remove()
})

function roleOf(functionName: string): string {
  return idOf(stack.functionNamed(functionName).properties.Role)
}

const rightsOf = (functionName: string) => statementsOf(stack, roleOf(functionName))
const logOf = (functionName: string) =>
  textOfValue((stack.functionNamed(functionName).properties.LoggingConfig as { LogGroup: unknown }).LogGroup)

/** The own log, and the own partition of the table and the own objects of the bucket with these actions. */
function ownRights(
  network: string,
  functionName: string,
  tableActions: string[],
  bucketActions: string[],
): Statement[] {
  return [
    {
      effect: 'Allow',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [`${logOf(functionName)}.Arn`],
      conditions: {},
    },
    {
      effect: 'Allow',
      actions: tableActions,
      resources: [table],
      conditions: {
        'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [`NETWORK#${network}`] },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    },
    {
      effect: 'Allow',
      actions: bucketActions,
      resources: [`${bucket}/zones/${network}/*`, `${bucket}/live/${network}.live`],
      conditions: {},
    },
    // A GET carries no prefix: with a condition on it S3 would deny access to what is not there.
    { effect: 'Allow', actions: ['s3:ListBucket'], resources: [bucket], conditions: {} },
  ]
}

/** Which zones other networks have, and nothing else of theirs. */
const neighbours = (): Statement => ({
  effect: 'Allow',
  actions: ['s3:GetObject'],
  resources: [`${bucket}/zones/*/manifest.json`, `${bucket}/zones/*/named.conf`],
  conditions: {},
})

const ownEvents: Statement = {
  effect: 'Allow',
  actions: ['events:PutEvents'],
  resources: ['arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:event-bus/default'],
  conditions: {
    'ForAllValues:StringEquals': { 'events:source': ['edgemanage'] },
    Null: { 'events:source': 'false' },
  },
}

describe.each(networks)('the roles of %s', network => {
  test('manage: its own partition and objects, its log, the dead-letter queue', () => {
    const name = `edgemanage-${network}-manage`
    const queue = `<${stack.only('AWS::SQS::Queue').id}>.Arn`
    const changes = ['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem']
    const tableActions = ['dynamodb:GetItem', 'dynamodb:Query', ...changes]
    expect(rightsOf(name)).toEqual([
      ...ownRights(network, name, tableActions, ['s3:GetObject', 's3:PutObject']),
      neighbours(),
      ownEvents,
      { effect: 'Allow', actions: ['sqs:SendMessage'], resources: [queue], conditions: {} },
    ])
  })

  test('dry-run: reads its own partition and objects, and writes nothing but its log', () => {
    const name = `edgemanage-${network}-dry-run`
    const reads = ownRights(network, name, ['dynamodb:GetItem', 'dynamodb:Query'], ['s3:GetObject'])
    expect(rightsOf(name)).toEqual([...reads, neighbours()])
    const actions = rightsOf(name).flatMap(statement => statement.actions)
    const readsAndLog = /^(dynamodb:(GetItem|Query)|s3:(GetObject|ListBucket)|logs:(CreateLogStream|PutLogEvents))$/
    expect(actions.filter(action => !readsAndLog.test(action))).toEqual([])
  })

  test('query: reads its own partition, and nothing else', () => {
    const name = `edgemanage-${network}-query`
    const reads = ownRights(network, name, ['dynamodb:GetItem', 'dynamodb:Query'], []).slice(0, 2)
    expect(rightsOf(name)).toEqual(reads)
  })

  test('configure: single items of its own partition, its log, its events', () => {
    const name = `edgemanage-${network}-configure`
    const single = ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem']
    const [log, partition] = ownRights(network, name, single, [])
    expect(rightsOf(name)).toEqual([log, partition, ownEvents])
  })

  test('the schedule: starts one function, and tells the queue', () => {
    const name = `edgemanage-${network}`
    const schedule = stack.ofType('AWS::Scheduler::Schedule').find(([, { Properties }]) => Properties.Name === name)
    const roleId = idOf((schedule?.[1].Properties.Target as { RoleArn?: unknown } | undefined)?.RoleArn)
    const { id } = stack.functionNamed(`edgemanage-${network}-manage`)
    const queue = `<${stack.only('AWS::SQS::Queue').id}>.Arn`
    expect(statementsOf(stack, roleId)).toEqual([
      { effect: 'Allow', actions: ['lambda:InvokeFunction'], resources: [`<${id}>.Arn`], conditions: {} },
      { effect: 'Allow', actions: ['sqs:SendMessage'], resources: [queue], conditions: {} },
    ])
  })
})

describe('what is out of reach', () => {
  const other = 'NETWORK#alpha-2'
  test.each([
    ['another partition', () => ({ action: 'dynamodb:GetItem', resource: table, leadingKeys: [other] })],
    ['two partitions', () => ({ action: 'dynamodb:Query', resource: table, leadingKeys: ['NETWORK#alpha', other] })],
    ['a request without a key', () => ({ action: 'dynamodb:Query', resource: table, leadingKeys: [] })],
    ['a scan', () => ({ action: 'dynamodb:Scan', resource: table, leadingKeys: ['NETWORK#alpha'] })],
    ['zones of another network', () => ({ action: 's3:PutObject', resource: `${bucket}/zones/alpha-2/a.zone` })],
    ['the live list of another', () => ({ action: 's3:PutObject', resource: `${bucket}/live/alpha-2.live` })],
    ['deleting zones', () => ({ action: 's3:DeleteObject', resource: `${bucket}/zones/alpha/a.zone` })],
    [
      'events of another source',
      () => ({ action: 'events:PutEvents', resource: String(ownEvents.resources[0]), sources: ['x'] }),
    ],
    ['listing another bucket', () => ({ action: 's3:ListBucket', resource: 'arn:aws:s3:::other' })],
    ['reading zones of another', () => ({ action: 's3:GetObject', resource: `${bucket}/zones/alpha-2/a.zone` })],
  ])('%s', (_what, wish) => {
    expect(allows(rightsOf('edgemanage-alpha-manage'), wish())).toBe(false)
  })

  test('its own partition and zones are within reach', () => {
    const rights = rightsOf('edgemanage-alpha-manage')
    const item = { action: 'dynamodb:UpdateItem', resource: table, leadingKeys: ['NETWORK#alpha'] }
    expect(allows(rights, item)).toBe(true)
    expect(allows(rights, { action: 's3:PutObject', resource: `${bucket}/zones/alpha/a.zone` })).toBe(true)
    // A rotation sends several events in one request, each with its source.
    const events = { action: 'events:PutEvents', resource: String(ownEvents.resources[0]) }
    expect(allows(rights, { ...events, sources: ['edgemanage'] })).toBe(true)
    expect(allows(rights, { ...events, sources: ['edgemanage', 'edgemanage', 'edgemanage'] })).toBe(true)
    expect(allows(rights, { ...events, sources: ['edgemanage', 'other'] })).toBe(false)
    expect(allows(rights, { ...events, sources: [] })).toBe(false)
  })
})

describe('every role and policy', () => {
  const roles = () => stack.ofType('AWS::IAM::Role')

  test('each function has a role of its own, and each schedule', () => {
    const functions = networks.flatMap(network => catalog.map(({ name }) => roleOf(`edgemanage-${network}-${name}`)))
    expect(new Set(functions).size).toBe(functions.length)
    expect(roles()).toHaveLength(functions.length + networks.length)
  })

  test('no role has a managed policy; those that are offered to others are attached to nobody', () => {
    expect(roles().filter(([, { Properties }]) => 'ManagedPolicyArns' in Properties)).toEqual([])
    expect(stack.ofType('AWS::IAM::Policy')).toEqual([])
    for (const [, { Properties }] of stack.ofType('AWS::IAM::ManagedPolicy')) {
      expect(Properties).not.toHaveProperty('Roles')
      expect(Properties).not.toHaveProperty('Users')
      expect(Properties).not.toHaveProperty('Groups')
    }
  })

  test('no wildcard among actions, and among resources only those of zones, and of what names them', () => {
    const statements = roles().flatMap(([id]) => statementsOf(stack, id))
    expect(statements.flatMap(({ actions }) => actions).filter(action => action.includes('*'))).toEqual([])
    const wide = statements.flatMap(({ resources }) => resources).filter(resource => resource.includes('*'))
    const own = networks.map(network => `${bucket}/zones/${network}/*`)
    expect([...new Set(wide)].sort()).toEqual([...neighbours().resources, ...own].sort())
  })

  test('roles are taken on by services alone, the scheduler for this account only', () => {
    const principals = roles().map(([, { Properties }]) => {
      const { Statement } = Properties.AssumeRolePolicyDocument as { Statement: Record<string, unknown>[] }
      return Statement.map(({ Effect, Principal, Condition }) => ({ Effect, Principal, Condition }))
    })
    const account = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }
    for (const [statement, ...others] of principals) {
      expect(others).toEqual([])
      expect([
        { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Condition: undefined },
        { Effect: 'Allow', Principal: { Service: 'scheduler.amazonaws.com' }, Condition: account },
      ]).toContainEqual(statement)
    }
  })

  test('no function can be called from outside, and nothing is public', () => {
    expect([...stack.ofType('AWS::Lambda::Permission'), ...stack.ofType('AWS::Lambda::Url')]).toEqual([])
    for (const type of ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy']) {
      for (const [, { Properties }] of stack.ofType(type)) {
        const { Statement } = Properties.PolicyDocument as { Statement: Record<string, unknown>[] }
        const tls = Statement.filter(({ Effect }) => Effect === 'Deny')
        expect(tls).toMatchObject([{ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }])
        const allowed = Statement.filter(({ Effect }) => Effect === 'Allow')
        expect(allowed.filter(({ Principal }) => JSON.stringify(Principal).includes('*'))).toEqual([])
      }
    }
  })

  test('alarms of this account may tell the topic', () => {
    const { properties } = stack.only('AWS::SNS::TopicPolicy')
    const { Statement } = properties.PolicyDocument as { Statement: Record<string, unknown>[] }
    expect(Statement.filter(({ Effect }) => Effect === 'Allow')).toMatchObject([
      {
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ])
  })
})
