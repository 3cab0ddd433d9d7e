import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { configurationFolder } from '../helpers/configuration.ts'
import { type Synthesized, synthesize } from '../helpers/template.ts'

const made: { remove: () => void }[] = []
afterAll(() => {
  for (const one of made) one.remove()
})

/** Where a stack may be deployed; `suffix`: what its addresses end in. */
type Place = readonly [partition: string, region: string, suffix: string]

const places: readonly Place[] = [
  ['aws', 'us-east-1', 'amazonaws.com'],
  ['aws', 'eu-central-1', 'amazonaws.com'],
  ['aws-us-gov', 'us-gov-west-1', 'amazonaws.com'],
  ['aws-cn', 'cn-north-1', 'amazonaws.com.cn'],
]

const reach = {
  vpcId: 'vpc-1a',
  subnetIds: 'subnet-1a,subnet-2b',
  '@aws-cdk/core:permissionsBoundary': { name: 'boundary' },
} as unknown as Record<string, string>

async function textOf(networks: readonly string[], context: Record<string, string>): Promise<[Synthesized, string]> {
  const folder = configurationFolder(networks)
  const stack = await synthesize(folder.path, context)
  made.push(folder, stack)
  return [stack, readFileSync(join(stack.outdir, 'edgemanage.template.json'), 'utf8')]
}

/** The template as CloudFormation reads it there: pseudo parameters have their values. */
function deployedIn(text: string, [partition, region, suffix]: Place): string {
  const values: Record<string, string> = {
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::URLSuffix': suffix,
    'AWS::AccountId': '123456789012',
  }
  return JSON.stringify(JSON.parse(text), (_key, value) => {
    const ref = value?.Ref
    if (typeof ref === 'string' && ref in values) return values[ref]
    const join = value?.['Fn::Join']
    if (!Array.isArray(join)) return value
    const parts = join[1].map((part: { Ref?: string }) => values[part.Ref ?? ''] ?? part)
    return parts.every((part: unknown) => typeof part === 'string')
      ? parts.join(join[0])
      : { 'Fn::Join': [join[0], parts] }
  })
}

describe.each([
  ['one network', ['alpha'], {}],
  ['one network behind a VPC, with a boundary', ['alpha'], reach],
  ['three networks', ['alpha', 'beta', 'gamma'], {}],
  ['fifteen networks', Array.from({ length: 15 }, (_, at) => `network-${at}`), reach],
])('%s', (_what, networks, context) => {
  let synthesized: Promise<[Synthesized, string]> | undefined
  const once = () => {
    synthesized ??= textOf(networks, context)
    return synthesized
  }

  test('names no partition and no region of its own, and passes the checks', async () => {
    const [stack, text] = await once()
    expect(text.match(/arn:aws[a-z-]*:[^"]*/g) ?? []).toEqual([])
    expect(text.match(/\b(us|eu|ap|cn|us-gov)-[a-z]+-\d\b/g) ?? []).toEqual([])
    expect(stack.violations).toEqual([])
  })

  test.each(places)('in %s, %s, every ARN is of that partition, and no policy is too long', async (...place) => {
    const [, text] = await once()
    const there = deployedIn(text, place)
    const partitions = new Set([...there.matchAll(/arn:([a-z-]+):/g)].map(([, partition]) => partition))
    expect([...partitions]).toEqual([place[0]])
    const resources: Record<string, { Type: string; Properties: Record<string, unknown> }> = JSON.parse(there).Resources
    for (const [id, { Type, Properties }] of Object.entries(resources)) {
      // IAM: 6,144 characters without white space in a managed policy, 10,240 in the inline ones of a role together.
      if (Type === 'AWS::IAM::ManagedPolicy') {
        expect([id, JSON.stringify(Properties.PolicyDocument).length <= 6_144]).toEqual([id, true])
      }
      if (Type === 'AWS::IAM::Policy') {
        expect([id, JSON.stringify(Properties.PolicyDocument).length <= 10_240]).toEqual([id, true])
      }
    }
  })
})
