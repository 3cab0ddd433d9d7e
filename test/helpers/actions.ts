import { basename } from 'node:path'
import type { Bundle } from '../../infra/assets.ts'

/** What the SDK has in its own code and sends only where a client asks for it: none of ours does. */
const ofTheSdk = new Set(['dynamodb:DescribeEndpoints', 's3:CreateSession'])

/** Where an action is not named as its command is (Service Authorization Reference). */
const named = new Map([
  ['lambda:Invoke', 'lambda:InvokeFunction'],
  ['s3:ListObjectsV2', 's3:ListBucket'],
])

/** Prefixes of actions, by client. */
const services = new Map([
  ['eventbridge', 'events'],
  ['route-53', 'route53'],
])

/**
 * The actions that a function's bundled code can ask for: a command of the SDK that is in one of its files, which its
 * source map says.
 */
export function actionsInCode({ files, needs }: Bundle, functionName: string): string[] {
  const maps = (needs.get(functionName) ?? []).filter(file => file.endsWith('.map'))
  const sources = maps.flatMap(file => JSON.parse(Buffer.from(files.get(file) ?? '{}').toString()).sources as string[])
  const actions = sources.flatMap(source => {
    const [, client = '', command] = /@aws-sdk\/client-([\w-]+)\/.*\/commands\/(\w+)Command\.js$/.exec(source) ?? []
    if (command === undefined) return []
    const action = `${services.get(client) ?? client}:${command}`
    return ofTheSdk.has(action) ? [] : [named.get(action) ?? action]
  })
  return [...new Set(actions)].sort()
}

/** Actions that the platform needs of a role, and no code sends: logs, dead letters, interfaces in a VPC, the key of table and bucket. */
const ofThePlatform = /^(logs|sqs|ec2|kms):/

/** Where code and role of a function part: what is granted and never sent, and what may be sent and is not granted. */
export function differencesOfActions(
  functionName: string,
  granted: readonly string[],
  sent: readonly string[],
  known: { readonly withheld?: readonly string[]; readonly unsent?: readonly string[] } = {},
): string[] {
  const { withheld = [], unsent = [] } = known
  const idle = granted.filter(one => !ofThePlatform.test(one) && !sent.includes(one) && !unsent.includes(one))
  const lacking = sent.filter(one => !granted.includes(one) && !withheld.includes(one))
  const over = withheld.filter(one => granted.includes(one) || !sent.includes(one))
  return [
    ...idle.map(one => `${functionName} may ${one}, and its code does not`),
    ...lacking.map(one => `${functionName} may not ${one}, and its code does`),
    ...over.map(one => `${functionName}: ${one} is withheld no more`),
  ]
}

/** The names of the handlers among file names. */
export function handlersAmong(files: readonly string[]): string[] {
  return files.filter(file => file.endsWith('.ts')).map(file => basename(file, '.ts'))
}
