import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundleFunctions } from '../../infra/assets.ts'
import { catalog } from '../../infra/catalog.ts'
import { actionsInCode, differencesOfActions, handlersAmong } from '../helpers/actions.ts'
import { root } from '../helpers/command.ts'
import { configurationFolder } from '../helpers/configuration.ts'
import { statementsOf } from '../helpers/rights.ts'
import { idOf, readAssembly, type Synthesized, synthesize } from '../helpers/template.ts'

// Every function's rights against what its bundled code can ask for, with everything that gives a right switched on.

const handlers = handlersAmong(readdirSync(join(root, 'functions')))
const region = 'eu-west-1'
let stack: Synthesized
let vantage: ReturnType<typeof readAssembly>
let bundle: Awaited<ReturnType<typeof bundleFunctions>>
const made: { remove: () => void }[] = []

beforeAll(async () => {
  const folder = configurationFolder(['alpha'], {
    route53: { enabled: true, zones: { 'alpha.example': 'Z1' } },
    served: { route53: true },
    vantages: [region],
  })
  stack = await synthesize(folder.path)
  made.push(folder, stack)
  vantage = readAssembly(stack.outdir, `edgemanage-vantage-${region}`)
  bundle = await bundleFunctions(handlers)
}, 120_000)

afterAll(() => {
  for (const one of made) one.remove()
})

const rights = (of: Parameters<typeof statementsOf>[0], functionId: string) => {
  const role = idOf(of.resources[functionId]?.Properties.Role)
  return [...new Set(statementsOf(of, role).flatMap(({ actions }) => actions))].sort()
}

function grantedTo(handler: string): string[] {
  if (handler !== 'vantage') return rights(stack, stack.functionNamed(`edgemanage-alpha-${handler}`).id)
  const [[id = ''] = []] = vantage.ofType('AWS::Lambda::Function')
  return rights({ ...stack, ...vantage }, id)
}

const tableWrites = ['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem']
const bucketWrites = ['s3:DeleteObject', 's3:PutObject']
const recordWrites = ['route53:ChangeResourceRecordSets', 'route53:GetHostedZone', 'route53:ListHostedZones']
const answering = ['events:PutEvents', 'lambda:InvokeFunction', ...tableWrites, ...bucketWrites]

/**
 * What is in code that functions share, and is kept from those that have no business with it: whatever went wrong in them,
 * they could not do it. That they never try is seen where they run with these rights (test/e2e/lambda-rights.test.ts).
 */
const withheld: Readonly<Record<string, readonly string[]>> = {
  // Zones are forgotten, and bundles cleared away, by operators; hosted zones of a stack have their ids in the settings.
  manage: ['s3:DeleteObject', 'route53:ListHostedZones'],
  'dry-run': [...answering, ...recordWrites],
  configure: ['lambda:InvokeFunction', 'dynamodb:UpdateItem', ...bucketWrites],
  status: answering,
  query: answering,
}

const differencesOf = (handler: string, more: readonly string[] = [], less: readonly string[] = []) => {
  const granted = [...grantedTo(handler), ...more].filter(one => !less.includes(one))
  return differencesOfActions(handler, granted, actionsInCode(bundle, handler), { withheld: withheld[handler] ?? [] })
}

test('every handler is a function of the catalog, or the vantage point', () => {
  expect(handlers.sort()).toEqual([...catalog.map(({ name }) => name), 'vantage'].sort())
})

describe.each(handlers)('the role of %s', handler => {
  test('has no action that its code does not use, and its code no command without an action', () => {
    expect(differencesOf(handler)).toEqual([])
  })
})

describe('a planted breach is noticed', () => {
  test.each(handlers)('%s: an action that nothing uses', handler => {
    const action = 'dynamodb:DeleteTable'
    expect(differencesOf(handler, [action])).toEqual([`${handler} may ${action}, and its code does not`])
  })

  test.each(catalog.map(({ name }) => name))('%s: a command that is not granted', handler => {
    const action = 'dynamodb:Query'
    expect(differencesOf(handler, [], [action])).toEqual([`${handler} may not ${action}, and its code does`])
  })

  test('an action that is granted, and was to be withheld', () => {
    expect(differencesOf('query', ['s3:PutObject'])).toEqual(['query: s3:PutObject is withheld no more'])
  })

  test("a vantage point's code that would ask for anything", () => {
    const plain = actionsInCode(bundle, 'vantage')
    expect(plain).toEqual([])
    expect(differencesOfActions('vantage', grantedTo('vantage'), ['s3:GetObject'])).toEqual([
      'vantage may not s3:GetObject, and its code does',
    ])
  })
})
