import { RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Node } from 'constructs'
import { UndeployableConfiguration } from './configuration.ts'

/** A network of one's own for the functions that probe. */
export interface Reach {
  /** Needed where no security group is given: one is made there. */
  readonly vpcId: string | undefined
  readonly subnetIds: readonly string[]
  readonly securityGroupIds: readonly string[]
  readonly ipv6: boolean
}

/** What the context of the CDK chooses for the whole stack (infra/README.md, "Context"). */
export interface DeployOptions {
  readonly reach: Reach | null
  readonly logRetention: RetentionDays
  readonly logLevel: (typeof logLevels)[number]
  /** No function has less, in MB. */
  readonly memoryFloor: number
  /** The ARN of a key for table, bucket and logs; null: those of AWS. */
  readonly kmsKeyArn: string | null
  readonly tags: Readonly<Record<string, string>>
  /** This stack's part of the account's rate for Route 53. */
  readonly route53Share: number
}

const logLevels = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const
const retentions = Object.values(RetentionDays).filter(value => typeof value === 'number' && value < 9999)
const keyArn = /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[a-zA-Z0-9-]+$/

/**
 * Reads the options from the context; lists may be given as `a,b`, tags as `key=value,key=value`. Throws
 * `UndeployableConfiguration` with a line for everything that is wrong.
 */
export function deployOptions(node: Node): DeployOptions {
  const faults: string[] = []
  const checked = checkedIn(node, faults)
  const options: DeployOptions = {
    reach: reachOf(node, faults),
    logRetention: checked(
      'logRetentionDays',
      RetentionDays.ONE_MONTH,
      given => retentions.find(days => days === Number(given)) as RetentionDays | undefined,
      `one of ${retentions.join(', ')}`,
    ),
    logLevel: checked(
      'logLevel',
      'INFO',
      given => logLevels.find(level => level === given.toUpperCase()),
      `one of ${logLevels.join(', ')}`,
    ),
    memoryFloor: checked('memoryFloor', 0, numberIn(128, 10_240), 'between 128 and 10240 MB'),
    kmsKeyArn: checked<string | null>(
      'kmsKeyArn',
      null,
      given => (keyArn.test(given) ? given : undefined),
      'the ARN of a KMS key',
    ),
    tags: tagsOf(node.tryGetContext('tags'), faults),
    route53Share: checked('route53Share', 1, numberIn(0.01, 1), 'a share between 0.01 and 1'),
  }
  if (faults.length > 0) throw new UndeployableConfiguration(faults.join('\n'))
  return options
}

/** Reads a key of the context as what `read` makes of it; what it makes nothing of is a fault, and `fallback` counts. */
function checkedIn(node: Node, faults: string[]) {
  return <T>(key: string, fallback: T, read: (given: string) => T | undefined, wanted: string): T => {
    const context: unknown = node.tryGetContext(key)
    if (context === undefined || context === null || context === '') return fallback
    const given = String(context)
    const value = read(given)
    if (value === undefined) faults.push(`context ${key}: '${given}' is not ${wanted}`)
    return value ?? fallback
  }
}

function numberIn(min: number, max: number) {
  return (given: string) => (Number(given) >= min && Number(given) <= max ? Number(given) : undefined)
}

function listOf(value: unknown): string[] {
  const parts: unknown[] = Array.isArray(value) ? value : String(value ?? '').split(',')
  return parts.map(part => String(part).trim()).filter(Boolean)
}

function reachOf(node: Node, faults: string[]): Reach | null {
  const vpcId = String(node.tryGetContext('vpcId') ?? '') || undefined
  const subnetIds = listOf(node.tryGetContext('subnetIds'))
  const securityGroupIds = listOf(node.tryGetContext('securityGroupIds'))
  const ipv6 = String(node.tryGetContext('ipv6AllowedForDualStack') ?? 'false') === 'true'
  const check = (key: string, values: readonly string[], prefix: string) => {
    for (const value of values) {
      if (!new RegExp(`^${prefix}-[0-9a-f]+$`).test(value))
        faults.push(`context ${key}: '${value}' is not an id (${prefix}-…)`)
    }
  }
  check('vpcId', vpcId === undefined ? [] : [vpcId], 'vpc')
  check('subnetIds', subnetIds, 'subnet')
  check('securityGroupIds', securityGroupIds, 'sg')
  if (subnetIds.length === 0) {
    const without = [
      vpcId && 'vpcId',
      securityGroupIds.length > 0 && 'securityGroupIds',
      ipv6 && 'ipv6AllowedForDualStack',
    ]
    for (const key of without) if (key) faults.push(`context ${key}: it takes subnetIds too`)
    return null
  }
  if (vpcId === undefined && securityGroupIds.length === 0) {
    faults.push('context subnetIds: it takes securityGroupIds too, or vpcId, where a security group is made')
  }
  return { vpcId, subnetIds, securityGroupIds, ipv6 }
}

function tagsOf(given: unknown, faults: string[]): Record<string, string> {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
    return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)]))
  }
  return Object.fromEntries(
    listOf(given).flatMap(pair => {
      const at = pair.indexOf('=')
      if (at > 0) return [[pair.slice(0, at), pair.slice(at + 1)]]
      faults.push(`context tags: '${pair}' is not key=value`)
      return []
    }),
  )
}
