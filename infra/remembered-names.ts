import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Node } from 'constructs'

/** Names of a table and a bucket that an earlier stack left behind. */
export interface StorageNames {
  readonly tableName: string | undefined
  readonly bucketName: string | undefined
}

/** The file in which the CDK keeps context from one run to the next; it belongs into version control. */
const contextFile = 'cdk.context.json'

/** Where the names of one stack are kept: a stack of the same name in another region has other storage. */
function keyOf(stackName: string, env: NodeJS.ProcessEnv): string {
  const region = env.CDK_DEFAULT_REGION || env.AWS_REGION || env.AWS_DEFAULT_REGION || 'any-region'
  return `edgemanage:storage:${stackName}:${region}`
}

/** The names that the context gives, or else those that an earlier run of this stack was given. */
export function rememberedNames(node: Node, stackName: string, env: NodeJS.ProcessEnv): StorageNames {
  const kept: Partial<StorageNames> = node.tryGetContext(keyOf(stackName, env)) ?? {}
  const given = (key: keyof StorageNames): string | undefined => node.tryGetContext(key) || kept[key] || undefined
  return { tableName: given('tableName'), bucketName: given('bucketName') }
}

/**
 * Keeps names that were given for the next run: without them CloudFormation would make a new table and a new bucket, and
 * leave the adopted ones aside. Gives a line that says so; null where there is nothing new to keep.
 */
export function rememberNames(node: Node, stackName: string, env: NodeJS.ProcessEnv): string | null {
  const names = rememberedNames(node, stackName, env)
  const key = keyOf(stackName, env)
  if (names.tableName === undefined && names.bucketName === undefined) return null
  const context = existsSync(contextFile) ? JSON.parse(readFileSync(contextFile, 'utf8')) : {}
  if (JSON.stringify(context[key]) === JSON.stringify(names)) return null
  writeFileSync(contextFile, `${JSON.stringify({ ...context, [key]: names }, null, 2)}\n`)
  return `${contextFile} now keeps the names of the table and the bucket of ${stackName}: commit it`
}
