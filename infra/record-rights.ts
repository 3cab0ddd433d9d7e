import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Aws } from 'aws-cdk-lib/core'
import type { Network } from '../functions/core/config/network.ts'
import { configuredId } from '../functions/core/route53/record-plan.ts'
import { recordNames } from '../functions/core/zone/record-set.ts'

/** One zone whose records are pushed. */
export interface RecordZone {
  readonly hostedZone: string
  /** As the conditions of a policy want them: lower case, no final dot, everything unusual in octal. */
  readonly names: readonly string[]
}

/** One function's access to Route 53, as documents of statements: the first fits into the role, the rest are policies. */
export interface RecordRights {
  readonly inline: readonly PolicyStatement[]
  readonly policies: readonly (readonly PolicyStatement[])[]
}

/** The most zones that a network may push; with more, its statements fit into no role. */
export const maxZones = 1000
const maxNamedZones = 500
const zonesPerStatement = 60
/** What the platform takes, less some room: characters of a policy, of a role's own one beside its other statements, policies. */
const policyCharacters = 6_090
const inlineCharacters = 7_600
const maxPolicies = 10

const key = (name: string) => `route53:ChangeResourceRecordSets${name}`

/** The zones whose records a network pushes; none where Route 53 is not enabled. */
export function recordZones({ settings, zones }: Network): RecordZone[] {
  if (!settings.route53.enabled) return []
  return zones.map(({ name }) => ({
    hostedZone: String(configuredId(settings.route53.zones, name)),
    names: recordNames(name, settings.dns.rotate_zones).map(policyName),
  }))
}

function policyName(name: string): string {
  const octal = (character: string) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`
  return name.slice(0, -1).replace(/[^a-z0-9_.-]/g, octal)
}

/**
 * The statements for these zones: reading their record sets, and where `access` says so, changing their addresses.
 * `asksServers`: whoever changes them may also read which name servers the hosted zones have (`served.route53`).
 */
export function recordRights(
  zones: readonly RecordZone[],
  access: 'read' | 'write',
  asksServers: boolean,
): RecordRights {
  if (zones.length === 0) return { inline: [], policies: [] }
  const actions = [...(access === 'write' && asksServers ? ['route53:GetHostedZone'] : []), ...readActions]
  const reads = chunksOf(zones, false).map(chunk => readStatement(chunk, actions))
  if (access === 'read') return packed(reads)
  const named = chunksOf(zones, true).map(writeStatement)
  const unnamed = chunksOf(zones, false).map(writeStatement)
  // What has to fit is the right to alter; reading alters nothing, so its list goes first, then that of the names.
  const choices =
    zones.length <= maxNamedZones
      ? [
          [...reads, ...named],
          [anyReadStatement(actions), ...named],
        ]
      : []
  const fitting = choices.map(packed).find(({ policies }) => policies.length <= maxPolicies)
  return fitting ?? packed([anyReadStatement(actions), ...unnamed])
}

interface Chunk {
  readonly hostedZones: readonly string[]
  /** Null: any name. */
  readonly names: readonly string[] | null
}

/**
 * The zones in portions of at most 60, none of them so large that no policy holds its statement. Without names two go into
 * one policy, and the second takes what room the first leaves.
 */
function chunksOf(zones: readonly RecordZone[], named: boolean): Chunk[] {
  const chunks: { hostedZones: string[]; names: string[] | null }[] = []
  const own = named ? namedCharacters : unnamedCharacters
  let left = named ? policyCharacters : inlineCharacters - anyReadCharacters
  let room = 0
  for (const { hostedZone, names } of zones) {
    const size = arnOf(hostedZone).length + 3 + (named ? names.join('","').length + 3 : 0)
    const last = chunks.at(-1)
    if (last === undefined || last.hostedZones.length === zonesPerStatement || size > room) {
      // What is left of the policy after the last statement, or a new one.
      if (last !== undefined) left = room
      if (named || (last !== undefined && left < own + size)) left = policyCharacters
      chunks.push({ hostedZones: [hostedZone], names: named ? [...names] : null })
      room = left - own
    } else {
      last.hostedZones.push(hostedZone)
      last.names?.push(...names)
    }
    room -= size
  }
  return chunks
}

/** How many characters a statement has without its zones, and the one that reads all zones, at most. */
const namedCharacters = 560
const unnamedCharacters = 365
const anyReadCharacters = 180

/** The partition is known only when the stack is deployed: sizes are counted with the longest name of all. */
const maxPartition = 'aws-us-gov'

function arnOf(hostedZone: string): string {
  return `arn:${maxPartition}:route53:::hostedzone/${hostedZone}`
}

function resourcesOf(hostedZones: readonly string[]): string[] {
  return [...new Set(hostedZones)].map(id => `arn:${Aws.PARTITION}:route53:::hostedzone/${id}`)
}

function writeStatement({ hostedZones, names }: Chunk): PolicyStatement {
  const values = {
    [key('RecordTypes')]: ['A', 'AAAA'],
    [key('Actions')]: ['UPSERT', 'DELETE'],
    ...(names === null ? {} : { [key('NormalizedRecordNames')]: names }),
  }
  const present = Object.fromEntries(Object.keys(values).map(name => [name, 'false']))
  return new PolicyStatement({
    effect: Effect.ALLOW,
    actions: ['route53:ChangeResourceRecordSets'],
    resources: resourcesOf(hostedZones),
    // A request without any of these would satisfy "for all values".
    conditions: { 'ForAllValues:StringEquals': values, Null: present },
  })
}

const readActions = ['route53:ListResourceRecordSets']

function readStatement({ hostedZones }: Chunk, actions: readonly string[]): PolicyStatement {
  return new PolicyStatement({ effect: Effect.ALLOW, actions: [...actions], resources: resourcesOf(hostedZones) })
}

function anyReadStatement(actions: readonly string[]): PolicyStatement {
  return readStatement({ hostedZones: ['*'], names: null }, actions)
}

/** As many statements in the role as go in, the rest in as few policies as hold them. */
function packed(statements: readonly PolicyStatement[]): RecordRights {
  const bins: { statements: PolicyStatement[]; room: number }[] = [{ statements: [], room: inlineCharacters }]
  for (const statement of statements) {
    const size = JSON.stringify(statement.toStatementJson()).replaceAll(Aws.PARTITION, maxPartition).length
    let bin = bins.find(({ room }) => room >= size)
    if (bin === undefined) {
      bin = { statements: [], room: policyCharacters }
      bins.push(bin)
    }
    bin.statements.push(statement)
    bin.room -= size
  }
  const [inline, ...policies] = bins.map(bin => bin.statements)
  return { inline: inline ?? [], policies }
}
