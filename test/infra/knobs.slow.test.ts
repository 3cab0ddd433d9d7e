import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App } from 'aws-cdk-lib/core'
import { afterAll, describe, expect, test } from 'vitest'
import { deployOptions } from '../../infra/options.ts'
import { rememberedNames, rememberNames } from '../../infra/remembered-names.ts'
import { checkTemplateSizes } from '../../infra/template-size.ts'
import { configurationFolder } from '../helpers/configuration.ts'
import { allows, statementsOf } from '../helpers/rights.ts'
import { idOf, type Synthesized, synthesize, textOfValue } from '../helpers/template.ts'

const made: { remove: () => void }[] = []
afterAll(() => {
  for (const one of made) one.remove()
})

async function stackOf(networks: readonly string[], context: Record<string, unknown> = {}, settings: object = {}) {
  const folder = configurationFolder(networks, settings)
  const stack = await synthesize(folder.path, context as Record<string, string>)
  made.push(folder, stack)
  return stack
}

const kms = 'arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555'
const everything = {
  vpcId: 'vpc-1a',
  subnetIds: 'subnet-1a,subnet-2b',
  ipv6AllowedForDualStack: 'true',
  kmsKeyArn: kms,
  logLevel: 'debug',
  logRetentionDays: '7',
  memoryFloor: '512',
  tags: 'team=dns,cost=7=8',
  '@aws-cdk/core:permissionsBoundary': { name: 'boundary' },
}

const functionsOf = (stack: Synthesized) =>
  stack.ofType('AWS::Lambda::Function').map(([, { Properties }]) => Properties)

describe('with every knob turned', () => {
  test('functions, logs, storage and roles follow, and the checks pass', async () => {
    const stack = await stackOf(['alpha'], everything, { route53: { enabled: false } })
    expect(stack.violations).toEqual([])
    for (const { FunctionName, VpcConfig, MemorySize, Environment, Tags } of functionsOf(stack)) {
      const isProbing = /-(manage|dry-run)$/.test(String(FunctionName))
      const groups = stack.ofType('AWS::EC2::SecurityGroup').map(([id]) => ({ 'Fn::GetAtt': [id, 'GroupId'] }))
      const inVpc = { SubnetIds: ['subnet-1a', 'subnet-2b'], SecurityGroupIds: groups, Ipv6AllowedForDualStack: true }
      expect(VpcConfig).toEqual(isProbing ? inVpc : undefined)
      expect(MemorySize).toBe(512)
      expect(Environment).toMatchObject({ Variables: { LOG_LEVEL: 'DEBUG' } })
      expect(Tags).toContainEqual({ Key: 'cost', Value: '7=8' })
    }
    for (const [, { Properties }] of stack.ofType('AWS::Logs::LogGroup')) {
      expect(Properties).toMatchObject({ RetentionInDays: 7, KmsKeyId: kms })
    }
    expect(stack.only('AWS::DynamoDB::Table').properties.SSESpecification).toMatchObject({ KMSMasterKeyId: kms })
    expect(JSON.stringify(stack.only('AWS::S3::Bucket').properties.BucketEncryption)).toContain(kms)
    for (const [, { Properties }] of stack.ofType('AWS::IAM::Role')) {
      expect(textOfValue(Properties.PermissionsBoundary)).toMatch(/:policy\/boundary$/)
    }
  })

  test('a function in a VPC is attached by Lambda, and cannot make interfaces by itself', async () => {
    const stack = await stackOf(['alpha'], { subnetIds: ['subnet-1a'], securityGroupIds: ['sg-1a'] })
    expect(stack.ofType('AWS::EC2::SecurityGroup')).toEqual([])
    const rights = statementsOf(stack, idOf(stack.functionNamed('edgemanage-alpha-manage').properties.Role))
    const ec2 = rights.filter(({ actions }) => actions.some(action => action.startsWith('ec2:')))
    expect(ec2.map(({ effect }) => effect)).toEqual(['Allow', 'Deny'])
    const query = statementsOf(stack, idOf(stack.functionNamed('edgemanage-alpha-query').properties.Role))
    expect(query.flatMap(({ actions }) => actions).filter(action => action.startsWith('ec2:'))).toEqual([])
    expect(stack.violations).toEqual([])
  })

  test('IPv6 edges are named unless they are reached', async () => {
    const folder = configurationFolder(['alpha'])
    folder.write('edges/alpha', '2001:db8::7\n')
    const told = async (context: Record<string, string>) => {
      const stack = await synthesize(folder.path, context)
      made.push(stack)
      return stack.warnings.filter(warning => warning.includes('2001:db8::7'))
    }
    made.push(folder)
    const vpc = { subnetIds: 'subnet-1a', securityGroupIds: 'sg-1a' }
    expect(await told({})).toHaveLength(1)
    expect(await told(vpc)).toHaveLength(1)
    expect(await told({ ...vpc, ipv6AllowedForDualStack: 'true' })).toEqual([])
  })

  test('everything that is wrong is told at once', () => {
    const context = {
      ...{ vpcId: 'vpc', securityGroupIds: 'sg-1a', logLevel: 'LOUD', logRetentionDays: '8', memoryFloor: '64' },
      ...{ kmsKeyArn: 'key', tags: 'team', route53Share: '2' },
    }
    const read = () => deployOptions(new App({ context }).node)
    for (const key of Object.keys(context)) expect(read).toThrow(new RegExp(`^context ${key}: `, 'm'))
    const alone = new App({ context: { subnetIds: 'subnet-1a' } })
    expect(() => deployOptions(alone.node)).toThrow(/it takes securityGroupIds too, or vpcId/)
  })

  test("a stack's part of the account's rate for Route 53 is counted as this many more networks", async () => {
    const route53 = { enabled: true, zones: { 'alpha.example': 'Z1' } }
    const stack = await stackOf(['alpha'], { route53Share: '0.5' }, { route53 })
    const { Environment } = stack.functionNamed('edgemanage-alpha-manage').properties
    expect(Environment).toMatchObject({ Variables: { ROUTE53_NETWORKS: '2' } })
  })
})

describe('15 networks', () => {
  const names = Array.from({ length: 15 }, (_, at) => `network-${at}`)
  const settings = {
    networks: {
      'network-0': { alarms: { email: 'a@example.org' } },
      'network-1': { alarms: { email: 'b@example.org' } },
    },
  }

  test('pass the checks, start one after another, and tell those whom they concern', async () => {
    const stack = await stackOf(names, {}, settings)
    expect(stack.violations).toEqual([])
    const schedules = stack.ofType('AWS::Scheduler::Schedule')
    const chained = schedules.filter(([, { DependsOn }]) =>
      [DependsOn ?? []].flat().some(id => stack.resources[id]?.Type === 'AWS::Scheduler::Schedule'),
    )
    expect(chained).toHaveLength(14)
    // A start date more than five minutes back is refused, and a template has no other.
    expect(schedules.filter(([, { Properties }]) => 'StartDate' in Properties)).toEqual([])
    const addresses = new Map<string, string[]>()
    for (const [, { Properties }] of stack.ofType('AWS::SNS::Subscription')) {
      const topic = textOfValue(Properties.TopicArn)
      addresses.set(topic, [...(addresses.get(topic) ?? []), String(Properties.Endpoint)])
    }
    for (const [, { Properties }] of stack.ofType('AWS::CloudWatch::Alarm')) {
      const topics = (Properties.AlarmActions as unknown[]).map(textOfValue)
      const [topic] = topics
      const name = String(Properties.AlarmName)
      if (name === 'edgemanage-throttled') {
        expect(topics).toHaveLength(3)
        continue
      }
      const wanted = /-0-[a-z]/.test(name) ? ['a@example.org'] : /-1-[a-z]/.test(name) ? ['b@example.org'] : undefined
      expect([name, addresses.get(topic ?? '')]).toEqual([name, wanted])
    }
    expect(stack.warnings.join('\n')).toMatch(
      /nobody is notified of the alarms of network-10, .*network-9: set alarms\.email/,
    )
    expect(stack.warnings.join('\n')).not.toMatch(/network-0/)
    expect(addresses.get(textOfValue((stack.outputs.AlarmTopic as { Value: unknown }).Value))).toBeUndefined()
  })
})

describe('what others may have', () => {
  test('name servers read what is published; people call functions and give orders, in the networks of the stack', async () => {
    const stack = await stackOf(['alpha'])
    const policy = (name: string) => {
      const found = stack.ofType('AWS::IAM::ManagedPolicy').find(([, { Properties }]) => {
        return textOfValue(Properties.ManagedPolicyName) === `edgemanage-<AWS::Region>-${name}`
      })
      const asRole = { Type: '', Properties: { Policies: [found?.[1].Properties as never] } }
      return statementsOf({ ...stack, resources: { own: asRole } }, 'own')
    }
    const table = `<${stack.only('AWS::DynamoDB::Table').id}>.Arn`
    const bucket = `<${stack.only('AWS::S3::Bucket').id}>.Arn`
    const manage = 'arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:function:edgemanage-alpha-manage'
    const zone = { action: 's3:GetObject', resource: `${bucket}/zones/alpha/a.zone` }
    const order = { action: 'dynamodb:PutItem', resource: table, leadingKeys: ['NETWORK#alpha'] }
    const call = { action: 'lambda:InvokeFunction', resource: manage }
    const other = { ...order, leadingKeys: ['NETWORK#beta'] }
    const write = { ...zone, action: 's3:PutObject' }
    expect([zone, order, call, other, write].map(wish => allows(policy('reader'), wish))).toEqual([
      true,
      false,
      false,
      false,
      false,
    ])
    expect(policy('follower')).toEqual([
      { effect: 'Allow', actions: ['s3:GetObject'], resources: [`${bucket}/zones/*`], conditions: {} },
    ])
    expect([zone, order, call, other, write].map(wish => allows(policy('operator'), wish))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })
})

describe('names of adopted storage', () => {
  test('are kept for the next run of the same stack in the same region', () => {
    const folder = mkdtempSync(join(tmpdir(), 'edgemanage-context-'))
    const before = process.cwd()
    const env = { AWS_REGION: 'eu-west-1' }
    try {
      process.chdir(folder)
      writeFileSync('cdk.context.json', '{"other": 1}')
      const given = new App({ context: { tableName: 't', bucketName: 'b' } }).node
      expect(rememberNames(given, 'edgemanage', env)).toContain('cdk.context.json')
      expect(rememberNames(given, 'edgemanage', env)).toBeNull()
      const context = JSON.parse(readFileSync('cdk.context.json', 'utf8'))
      expect(context.other).toBe(1)
      const { node } = new App({ context })
      expect(rememberedNames(node, 'edgemanage', env)).toEqual({ tableName: 't', bucketName: 'b' })
      expect(rememberedNames(node, 'second', env)).toEqual({})
      expect(rememberedNames(node, 'edgemanage', { AWS_REGION: 'us-east-1' })).toEqual({})
    } finally {
      process.chdir(before)
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

test('a template over 1,000,000 bytes is an error (CloudFormation User Guide, "Understand CloudFormation quotas")', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'edgemanage-size-')), 'large.template.json')
  const check = () => checkTemplateSizes({ stacks: [{ stackName: 'edgemanage', templateFullPath: file }] as never })
  writeFileSync(file, 'x'.repeat(1_000_000))
  expect(check).not.toThrow()
  writeFileSync(file, 'x'.repeat(1_000_001))
  expect(check).toThrow(/the template of edgemanage has 1,000,001 bytes.*second stack/)
})
