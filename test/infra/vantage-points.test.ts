import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalog } from '../../infra/catalog.ts'
import { configurationFolder } from '../helpers/configuration.ts'
import { statementsOf } from '../helpers/rights.ts'
import { idOf, readAssembly, type Synthesized, synthesize } from '../helpers/template.ts'

const folder = configurationFolder(['alpha', 'beta-2', 'gamma'], {
  vantages: ['eu-west-1', 'us-west-2'],
  networks: { 'beta-2': { vantages: ['sa-east-1', 'eu-west-1'] }, gamma: { vantages: [] } },
})
const regions = ['eu-west-1', 'sa-east-1', 'us-west-2']
let main: Synthesized

beforeAll(async () => {
  main = await synthesize(folder.path, { stackName: 'prod' })
})

afterAll(() => {
  main.remove()
  folder.remove()
})

const arnIn = (region: string) => `arn:<AWS::Partition>:lambda:${region}:<AWS::AccountId>:function:prod-vantage`
const invokes = (name: string) =>
  statementsOf(main, idOf(main.functionNamed(name).properties.Role)).filter(({ actions }) =>
    actions.some(action => action.startsWith('lambda:')),
  )

describe.each(regions)('the stack in %s', region => {
  const stack = () => readAssembly(main.outdir, `prod-vantage-${region}`)

  test('has one function that may write its own log and nothing else, without alarms and other things', () => {
    const { resources, only } = stack()
    expect(
      Object.values(resources)
        .map(({ Type }) => Type)
        .sort(),
    ).toEqual(['AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup'])
    const { properties } = only('AWS::Lambda::Function')
    expect(properties).toMatchObject({
      FunctionName: 'prod-vantage',
      Handler: 'vantage.handler',
      Runtime: 'nodejs24.x',
    })
    expect(properties.Environment).toEqual({ Variables: { NODE_OPTIONS: '--enable-source-maps' } })
    const rights = statementsOf({ ...main, ...stack() }, only('AWS::IAM::Role').id)
    expect(rights).toEqual([
      {
        effect: 'Allow',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [`<${only('AWS::Logs::LogGroup').id}>.Arn`],
        conditions: {},
      },
    ])
  })

  test('holds no configuration and knows nothing of the main stack but its name', () => {
    const { resources } = stack()
    expect(JSON.stringify(resources)).not.toMatch(/Fn::ImportValue|Fn::GetStackOutput|TABLE_NAME|BUCKET_NAME|NETWORK/)
    const { folder: code } = stack().functionNamed('prod-vantage')
    expect(readFileSync(join(code, 'vantage.mjs'), 'utf8').length).toBeGreaterThan(1000)
    expect(() => readFileSync(join(code, 'config/edgemanage.yaml'))).toThrow()
  })

  test('comes before the main stack, and goes after it', () => {
    const { artifacts } = JSON.parse(readFileSync(join(main.outdir, 'manifest.json'), 'utf8'))
    expect(artifacts.prod.dependencies).toContain(`prod-vantage-${region}`)
    expect(artifacts[`prod-vantage-${region}`].environment).toMatch(new RegExp(`/${region}$`))
    expect(artifacts[`prod-vantage-${region}`].dependencies ?? []).not.toContain('prod')
  })
})

describe('who may ask', () => {
  test.each([
    ['alpha', ['eu-west-1', 'us-west-2']],
    ['beta-2', ['sa-east-1', 'eu-west-1']],
  ])('manage of %s: exactly its own vantage points', (network, own) => {
    const name = `edgemanage-${network}-manage`
    expect(invokes(name)).toEqual([
      { effect: 'Allow', actions: ['lambda:InvokeFunction'], resources: own.map(arnIn), conditions: {} },
    ])
    const { Variables } = main.functionNamed(name).properties.Environment as { Variables: Record<string, object> }
    const joined = (Variables.VANTAGES as { 'Fn::Join': [string, (string | object)[]] })['Fn::Join'][1]
    expect(
      joined
        .filter(part => typeof part === 'string')
        .join('')
        .match(/[a-z]+-[a-z]+-\d/g),
    ).toEqual(own)
  })

  test('nobody else: no other function, and no network without vantage points', () => {
    const others = catalog.filter(({ name }) => name !== 'manage').flatMap(({ name }) => [`edgemanage-alpha-${name}`])
    for (const name of [...others, 'edgemanage-gamma-manage']) {
      expect(invokes(name), name).toEqual([])
      expect(JSON.stringify(main.functionNamed(name).properties.Environment)).not.toContain('VANTAGES')
    }
  })

  test('every stack passes the checks of AwsSolutions', () => {
    expect(main.violations).toEqual([])
  })
})

test('without vantage points there is one stack, and no function has heard of any', async () => {
  const plain = configurationFolder(['alpha'])
  const stack = await synthesize(plain.path)
  const { artifacts } = JSON.parse(readFileSync(join(stack.outdir, 'manifest.json'), 'utf8'))
  const stacks = Object.entries<{ type: string }>(artifacts).filter(
    ([, { type }]) => type === 'aws:cloudformation:stack',
  )
  expect(stacks.map(([name]) => name)).toEqual(['edgemanage'])
  expect(JSON.stringify(stack.resources)).not.toMatch(/VANTAGES|lambda:InvokeFunction"\],"Resource":\{"Fn::Join"/)
  stack.remove()
  plain.remove()
})
