import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { lazily } from '../adapters/aws/lazily.ts'

/** The outputs of a stack by name; asked for once, and again where that failed. */
export function stackOutputs(stack: string): Promise<ReadonlyMap<string | undefined, string | undefined>> {
  const known = asked.get(stack) ?? lazily(() => ask(stack))
  asked.set(stack, known)
  return known()
}

const asked = new Map<string, () => ReturnType<typeof ask>>()

async function ask(stack: string) {
  const client = new CloudFormationClient({ maxAttempts: 3 })
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stack }))
  return new Map(Stacks?.[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]))
}

/** The names of a stack's table and bucket, from its outputs `TableName` and `BucketName`; throws where it has none. */
export async function lookUpStack(stack: string): Promise<{ tableName: string; bucketName: string }> {
  const outputs = await stackOutputs(stack)
  const tableName = outputs.get('TableName')
  const bucketName = outputs.get('BucketName')
  if (tableName === undefined || bucketName === undefined) {
    throw new Error(`the stack ${stack} has no outputs TableName and BucketName`)
  }
  return { tableName, bucketName }
}
