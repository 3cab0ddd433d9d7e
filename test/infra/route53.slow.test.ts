import { afterEach, describe, expect, test } from 'vitest'
import { readConfiguration } from '../../infra/configuration.ts'
import { type ConfigurationFolder, configurationFolder } from '../helpers/configuration.ts'
import { type Statement, statementsOf } from '../helpers/rights.ts'
import { idOf, type Synthesized, synthesize } from '../helpers/template.ts'

const made: { remove: () => void }[] = []
afterEach(() => {
  for (const one of made.splice(0)) one.remove()
})

const dns = { ns_records: ['ns1.example.com.'], soa_nameserver: 'ns1.example.com.', soa_mailbox: 'zone.example.com.' }
const hostedZoneId = (at: number) => `Z${String(at).padStart(20, '0')}`

/** A network with this many zones (the folder's own is one), all of them pushed, under `@`, `www` and `*`. */
function folderWith(count: number, networks = ['alpha'], labels = ['www', '*'], asks = false): ConfigurationFolder {
  const others = Array.from({ length: count - 1 }, (_, at) => `zone${at}.example`)
  const zones = [...networks.map(name => `${name}.example`), ...others]
  const ids = Object.fromEntries(zones.map((zone, at) => [zone, hostedZoneId(at)]))
  const folder = configurationFolder(networks, {
    dns: { ...dns, rotate_zones: labels },
    route53: { enabled: true, zones: ids },
    served: { route53: asks },
  })
  made.push(folder)
  for (const zone of others) folder.write(`zones/alpha/${zone}.zone`, '')
  return folder
}

async function stackOf(folder: ConfigurationFolder): Promise<Synthesized> {
  const stack = await synthesize(folder.path)
  made.push(stack)
  return stack
}

interface RawPolicy {
  readonly PolicyDocument: { readonly Statement: readonly unknown[] }
}

/** Every statement of a function's role about Route 53, those in policies of their own included. */
function rightsOf(stack: Synthesized, name: string): { statements: Statement[]; sizes: number[]; inline: number } {
  const roleId = idOf(stack.functionNamed(name).properties.Role)
  const role = stack.resources[roleId]?.Properties as { ManagedPolicyArns?: { Ref: string }[]; Policies: RawPolicy[] }
  const policies = (role.ManagedPolicyArns ?? []).map(
    ({ Ref }) => stack.resources[Ref]?.Properties as unknown as RawPolicy,
  )
  const asRole = {
    ...stack,
    resources: { [roleId]: { Type: '', Properties: { Policies: [...role.Policies, ...policies] } } },
  }
  const statements = statementsOf(asRole, roleId).filter(({ actions }) =>
    actions.some(one => one.startsWith('route53:')),
  )
  const size = (policy: RawPolicy) =>
    JSON.stringify(policy.PolicyDocument).replace(
      /\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},"([^"]*)"\]\]\}/g,
      // The longest name of a partition: the same template is deployed in GovCloud.
      '"arn:aws-us-gov$1"',
    ).length
  return { statements, sizes: policies.map(size), inline: role.Policies.reduce((sum, one) => sum + size(one), 0) }
}

interface Wish {
  readonly hostedZone: string
  readonly types: readonly string[]
  readonly actions: readonly string[]
  readonly names: readonly string[]
}

/** Whether a role may make these changes, by the platform's rules for the conditions that are used. */
function mayChange(statements: readonly Statement[], { hostedZone, types, actions, names }: Wish): boolean {
  const asked: Record<string, readonly string[]> = {
    RecordTypes: types,
    Actions: actions,
    NormalizedRecordNames: names,
  }
  const valuesOf = (key: string) => asked[key.replace('route53:ChangeResourceRecordSets', '')] ?? []
  return statements.some(
    ({ actions: allowed, resources, conditions }) =>
      allowed.includes('route53:ChangeResourceRecordSets') &&
      resources.some(resource => resource.endsWith(`:hostedzone/${hostedZone}`)) &&
      Object.entries(conditions['ForAllValues:StringEquals'] ?? { none: [] }).every(([key, wanted]) =>
        valuesOf(key).every(value => [wanted].flat().includes(value)),
      ) &&
      Object.entries(conditions.Null ?? { none: '' }).every(([key]) => valuesOf(key).length > 0),
  )
}

const good: Wish = { hostedZone: hostedZoneId(0), types: ['A'], actions: ['UPSERT'], names: ['www.alpha.example'] }

describe('the rights to Route 53', () => {
  test('manage may change addresses at its own names, and the dry run only reads; the checks pass', async () => {
    const stack = await stackOf(folderWith(2))
    const { statements } = rightsOf(stack, 'edgemanage-alpha-manage')
    expect(mayChange(statements, good)).toBe(true)
    expect(
      mayChange(statements, {
        ...good,
        types: ['A', 'AAAA'],
        actions: ['UPSERT', 'DELETE'],
        names: ['\\052.alpha.example', 'alpha.example'],
      }),
    ).toBe(true)
    const bad: Partial<Wish>[] = [
      { types: ['MX'] },
      { types: ['A', 'MX'] },
      { types: [] },
      { actions: ['CREATE'] },
      { actions: [] },
      { names: ['mail.alpha.example'] },
      { names: ['www.alpha.example', 'mail.alpha.example'] },
      { names: [] },
      { hostedZone: 'ZOTHER' },
    ]
    expect(bad.filter(changes => mayChange(statements, { ...good, ...changes }))).toEqual([])
    const dry = rightsOf(stack, 'edgemanage-alpha-dry-run').statements
    expect(dry.flatMap(({ actions }) => actions)).toEqual(['route53:ListResourceRecordSets'])
    expect(dry.flatMap(({ resources }) => resources)).toHaveLength(2)
    expect(stack.violations).toEqual([])
    const { Variables } = stack.functionNamed('edgemanage-alpha-manage').properties.Environment as { Variables: object }
    expect(Variables).toMatchObject({ ROUTE53_NETWORKS: '1' })
  })

  test('manage may read which name servers its hosted zones have, where they are to be asked, and the dry run not', async () => {
    const readers = async (asks: boolean, name: string) => {
      const { statements } = rightsOf(await stackOf(folderWith(2, ['alpha'], ['www'], asks)), name)
      return statements.filter(({ actions }) => actions.includes('route53:GetHostedZone'))
    }
    const asking = await readers(true, 'edgemanage-alpha-manage')
    expect(asking.flatMap(({ resources }) => resources)).toEqual(
      [0, 1].map(at => `arn:<AWS::Partition>:route53:::hostedzone/${hostedZoneId(at)}`),
    )
    expect(await readers(true, 'edgemanage-alpha-dry-run')).toEqual([])
    expect(await readers(false, 'edgemanage-alpha-manage')).toEqual([])
  })

  test.each([
    [500, true],
    [1000, false],
  ])('of %i zones they fit into the role, at most 60 zones in a statement', async (count, named) => {
    const stack = await stackOf(folderWith(count, ['alpha'], ['www'], true))
    for (const name of ['edgemanage-alpha-manage', 'edgemanage-alpha-dry-run']) {
      const { statements, sizes, inline } = rightsOf(stack, name)
      expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(6144)
      expect(sizes.length).toBeLessThanOrEqual(10)
      expect(inline).toBeLessThanOrEqual(10_240)
      expect(Math.max(...statements.map(({ resources }) => resources.length))).toBeLessThanOrEqual(60)
    }
    const { statements } = rightsOf(stack, 'edgemanage-alpha-manage')
    const every = Array.from({ length: count }, (_, at) => hostedZoneId(at))
    const names = ['alpha.example']
    const reached = every.filter(hostedZone =>
      mayChange(statements, { ...good, hostedZone, names: named ? [] : names }),
    )
    expect(reached).toHaveLength(named ? 0 : count)
    const writable = new Set(
      statements
        .filter(({ actions }) => actions.includes('route53:ChangeResourceRecordSets'))
        .flatMap(({ resources }) => resources),
    )
    expect(writable.size).toBe(count)
    expect(mayChange(statements, { ...good, names: ['mail.alpha.example'] })).toBe(!named)
    expect(mayChange(statements, { ...good, types: ['MX'] })).toBe(false)
    expect(stack.violations).toEqual([])
  })
})

describe('the configuration', () => {
  test('a zone without its hosted zone is an error with its place', () => {
    const folder = folderWith(1)
    folder.write('zones/alpha/more.example.zone', '')
    expect(() => readConfiguration(folder.path)).toThrow(
      /edgemanage\.yaml:\d+:\d+: error: alpha: route53\.zones has no hosted zone id for more\.example: add more\.example: Z…/,
    )
  })

  test('more than 1,000 zones are too many for one network', () => {
    expect(() => readConfiguration(folderWith(1001).path)).toThrow(
      /error: alpha has 1001 zones, and a function can push at most 1000: split the network/,
    )
  })
})
